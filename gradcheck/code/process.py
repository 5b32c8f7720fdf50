"""The user's function called in a process of its own, within a time limit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from gradcheck.code.orientation import Orientation
from gradcheck.code.trees import Numbers
from gradcheck.code.user_function import ANSWER, GIVEN, REQUEST, RETURNED, UserCodeError
from gradcheck.records import dataclass
from gradcheck.shapes import Shape


@dataclass(frozen=True, slots=True)
class Points:
    """What the function is called with.

    arrays   place `run/point` -> key -> array
    names    pairs of a LaTeX name and the key that it stands for
    scalars  keys of plain numbers
    shapes   keys -> shapes by name
    sizes    run -> the sizes' letters and numbers
    """

    arrays: Mapping[str, Mapping[str, Numbers]]
    names: tuple[tuple[str, str], ...]
    scalars: tuple[str, ...]
    sizes: Mapping[str, Mapping[str, int]]
    shapes: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Returned:
    """What it returned: place -> name -> array, in double and, where that worked, in extended precision."""

    double: Mapping[str, Mapping[str, Numbers]]
    extended: Mapping[str, Mapping[str, Numbers]]
    signature: str


def call(
    path: Path, function: str, points: Points, ways: Sequence[Orientation], seconds: float
) -> list[Returned | None]:
    """Run the user's file and call its function at every point, in each of the ways to lay out the arrays.

    returns  what it returned for each, None where it raised an error

    Raises UserCodeError with one sentence if it cannot be run, takes longer than `seconds`, or raises an
    error in every way.
    """
    keys = list(points.shapes)
    request = {
        "path": str(path.resolve()),
        "function": function,
        "names": points.names,
        "ways": [{key: way.move(shape) for key, shape in points.shapes.items()} for way in ways],
        "places": list(points.arrays),
        "arrays": {key: number for number, key in enumerate(keys)},
        "scalars": points.scalars,
        "sizes": points.sizes,
    }
    given: dict[str, Numbers] = {
        f"{place}/{number}": arrays[key]
        for place, arrays in points.arrays.items()
        for number, key in enumerate(keys)
    }
    with TemporaryDirectory(prefix="gradcheck-") as folder:
        directory = Path(folder)
        (directory / REQUEST).write_text(json.dumps(request), "utf-8")
        with (directory / GIVEN).open("wb") as file:
            np.savez(file, allow_pickle=False, **given)
        _run(directory, path, seconds)
        answer = json.loads((directory / ANSWER).read_text("utf-8"))
        if answer["error"] is not None:
            raise UserCodeError(answer["error"])
        with np.load(directory / RETURNED) as returned:
            found = dict(returned)
    return [_returned(str(way), found, answer["signature"]) for way in range(len(ways))]


def _run(directory: Path, path: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "gradcheck.code.user_function", str(directory)]
    package = str(Path(__file__).parents[2])
    search = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": search}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, timeout=seconds, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise UserCodeError(f"{path} takes longer than {seconds:g} s: call it at small sizes only") from None
    if not (directory / ANSWER).is_file():
        raise UserCodeError(f"{path} ended its process (status {done.returncode}) before it returned")


def _returned(way: str, found: Mapping[str, Numbers], signature: str) -> Returned | None:
    sorted_out: dict[str, dict[str, dict[str, Numbers]]] = {"double": {}, "extended": {}}
    for full, array in found.items():
        number, kind, run, point, name = full.split("/", 4)
        if number == way:
            sorted_out[kind].setdefault(f"{run}/{point}", {})[name] = array
    return Returned(**sorted_out, signature=signature) if sorted_out["double"] else None
