"""The process in which the user's own function runs: `python -m gradcheck.code.user_function DIRECTORY`.

Promise: it reads a request from the directory, calls the function at every point, in double and in extended
precision, and leaves the arrays there; a fault of the user's code becomes a sentence with its line. What the
code prints goes where it would go anyway. Rejected: calling it in the tool's own process, which it could
end or bring to a halt, and pickled objects, which would run code a second time on the way back.
"""

from __future__ import annotations

import ast
import inspect
import json
import runpy
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck.code.orientation import moved
from gradcheck.code.python_names import Names, Values
from gradcheck.code.trees import as_array
from gradcheck.records import dataclass

SAME = 1e-6  # relative: sums in parallel are not always taken in one order
REQUEST, GIVEN, ANSWER, RETURNED = "request.json", "given.npz", "answer.json", "returned.npz"


class UserCodeError(Exception):
    """The user's function cannot be called, or returns what cannot be named; the message says what to do."""


def main(directory: Path) -> None:
    """Answer the request in a directory."""
    request = json.loads((directory / REQUEST).read_text("utf-8"))
    returned: dict[str, Any] = {}
    answer: dict[str, Any] = {"error": None, "signature": None}
    try:
        returned, answer["signature"] = called(request, np.load(directory / GIVEN))
    except UserCodeError as error:
        answer["error"] = str(error)
    except Exception as error:
        answer["error"] = _where(error, request["path"])
    np.savez(directory / RETURNED, allow_pickle=False, **returned)
    (directory / ANSWER).write_text(json.dumps(answer), "utf-8")


def called(request: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """All that the function returns, by `way/precision/run/point/name`, and its signature.

    A way to lay out the arrays that makes it raise an error is left out. Raises UserCodeError, also where it
    raises in all of them: with the error of the way in which it came farthest.
    """
    path = Path(request["path"])
    sys.path.insert(0, str(path.parent))
    function = _function(runpy.run_path(str(path), run_name=path.stem), request["function"], path)
    task = _Task(function, Names((latex, key) for latex, key in request["names"]), request, given)
    found: dict[str, Any] = {}
    raised: list[Exception] = []
    for way in range(len(request["ways"])):
        try:
            found |= task.everywhere(way, "double")
        except UserCodeError:
            raise
        except Exception as error:
            raised.append(error)
            continue
        with suppress(Exception):  # extended precision is not asked of anybody's code
            found |= task.everywhere(way, "extended")
    if not found:
        farthest = max(raised, key=lambda error: _line(error, request["path"]))
        raise UserCodeError(_where(farthest, request["path"]) + task.parameters_without_quantity())
    return found, f"{request['function']}{inspect.signature(function)}"


@dataclass(frozen=True, slots=True)
class _Task:
    """A function with what it is to be called with.

    given   `place/number` → array, in the layout of the document
    """

    function: Callable[..., Any]
    names: Names
    request: Mapping[str, Any]
    given: Mapping[str, Any]

    def everywhere(self, way: int, precision: str) -> dict[str, Any]:
        """What the function returns at every point, in one precision."""
        found: dict[str, Any] = {}
        for number, place in enumerate(self.request["places"]):
            result = self._at(way, precision, place)
            if not number and precision == "double":
                _must_repeat(result, self._at(way, precision, place))
            found |= {f"{way}/{precision}/{place}/{name}": value for name, value in result.items()}
        return found

    def _at(self, way: int, precision: str, place: str) -> dict[str, Any]:
        """What the function returns at one point, by name."""
        layout = self.request["ways"][way]
        values = {
            key: moved(_value(self.given[f"{place}/{number}"], precision), layout[key])
            for key, number in self.request["arrays"].items()
        }
        values |= {key: values[key].reshape(-1)[0] for key in self.request["scalars"]}
        values |= self.request["sizes"][place.partition("/")[0]]
        returned = self.function(**arguments(self.function, Values(self.names, values)))
        return {name: _array(name, value) for name, value in named(self.function, returned).items()}

    def parameters_without_quantity(self) -> str:
        """Which parameters name no quantity, since that may be the reason of an error."""
        sizes = next(iter(self.request["sizes"].values()))
        unknown = [
            f"`{name}`"
            for name, parameter in inspect.signature(self.function).parameters.items()
            if parameter.default is inspect.Parameter.empty
            and parameter.kind not in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
            and self.names.quantity(name) not in {*self.request["arrays"], *sizes}
        ]
        if not unknown:
            return ""
        return f" ({', '.join(unknown)}: no quantity of that name in the document, so a dict of all is given)"


def _must_repeat(once: Mapping[str, Any], again: Mapping[str, Any]) -> None:
    """Raise UserCodeError if the function returns something else for the same arrays."""
    for name, array in once.items():
        same = name in again and np.allclose(array, again[name], rtol=SAME, atol=0.0, equal_nan=True)
        if not same:
            raise UserCodeError(
                f"it returns another {name} when called again with the same arrays: fix what it draws "
                "(a seed inside, masks as arguments) and what it remembers"
            )


def arguments(function: Callable[..., Any], values: Values) -> dict[str, Any]:
    """A value for each parameter; one that names no quantity gets all of them, to be asked by name."""
    chosen: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is inspect.Parameter.POSITIONAL_ONLY:
            raise UserCodeError(f"the parameter {name} has no name to call it by: take out the `/`")
        if parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            continue
        try:
            chosen[name] = values[name]
        except KeyError:
            if parameter.default is inspect.Parameter.empty:
                chosen[name] = values
    return chosen


def named(function: Callable[..., Any], result: Any) -> dict[str, Any]:
    """What the function returned, by name: a dict's keys, a named tuple's fields, else the names returned."""
    if isinstance(result, Mapping):
        return {str(name): value for name, value in result.items()}
    if hasattr(result, "_asdict"):
        return dict(result._asdict())
    if result is None:
        raise UserCodeError("it returns nothing: return a dict such as {'dW1': ..., 'db1': ...}")
    values = list(result) if isinstance(result, (tuple, list)) else [result]
    for names in _returned_names(function):
        if len(names) == len(values):
            return dict(zip(names, values, strict=True))
    raise UserCodeError("what it returns has no names: return a dict such as {'dW1': ..., 'db1': ...}")


def _returned_names(function: Callable[..., Any]) -> Iterator[list[str]]:
    """The names in each `return dW1, db1` of the function's source."""
    for node in ast.walk(ast.parse(inspect.cleandoc("\n" + inspect.getsource(function)))):
        if isinstance(node, ast.Return) and node.value is not None:
            parts = node.value.elts if isinstance(node.value, (ast.Tuple, ast.List)) else [node.value]
            names = [part.id for part in parts if isinstance(part, ast.Name)]
            if len(names) == len(parts):
                yield names


def _function(module: Mapping[str, Any], name: str, path: Path) -> Callable[..., Any]:
    function: Callable[..., Any] | None = module.get(name)
    if function is not None and callable(function):
        return function
    others = [key for key, value in module.items() if inspect.isfunction(value) and not key.startswith("_")]
    hint = f"--function chooses one of {', '.join(others)}" if others else "it defines no function"
    raise UserCodeError(f"{path} has no function {name!r}; {hint}")


def _array(name: str, value: Any) -> Any:
    array = as_array(value)
    if array.dtype.kind not in "fiu":
        raise UserCodeError(f"it returns {array.dtype} values for {name}: return arrays of real numbers")
    return array


def _value(numbers: Any, precision: str) -> Any:
    return numbers.astype(np.longdouble if precision == "extended" else float)


def _line(error: Exception, path: str) -> int:
    """The last line of the user's file that an error passed, 0 if none."""
    lines = [
        frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path
    ]
    return lines[-1] if lines else 0


def _where(error: Exception, path: str) -> str:
    """The error in one sentence, with its line in the user's file."""
    line = _line(error, path)
    return (
        f"{path}:{line}: {type(error).__name__}: {error}"
        if line
        else f"{path}: {type(error).__name__}: {error}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
