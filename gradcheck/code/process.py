"""The user's function called in a process of its own, within a time limit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from gradcheck.code.trees import Numbers
from gradcheck.code.user_function import ANSWER, GIVEN, REQUEST, RETURNED, UserCodeError


@dataclass(frozen=True, slots=True)
class Points:
    """What the function is called with.

    arrays   place `run/point` -> key -> array
    names    pairs of a LaTeX name and the key that it stands for
    scalars  keys of plain numbers
    sizes    run -> the sizes' letters and numbers
    """

    arrays: Mapping[str, Mapping[str, Numbers]]
    names: tuple[tuple[str, str], ...]
    scalars: tuple[str, ...]
    sizes: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Returned:
    """What it returned: place -> name -> array, in double and, where that worked, in extended precision."""

    double: Mapping[str, Mapping[str, Numbers]]
    extended: Mapping[str, Mapping[str, Numbers]]
    signature: str


def call(path: Path, function: str, points: Points, seconds: float) -> Returned:
    """Run the user's file and call its function at every point.

    Raises UserCodeError with one sentence if it cannot be run, fails, or takes longer than `seconds`.
    """
    keys = list(next(iter(points.arrays.values())))
    request = {
        "path": str(path.resolve()),
        "function": function,
        "names": points.names,
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
    return Returned(_of("double", found), _of("extended", found), answer["signature"])


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


def _of(precision: str, found: Mapping[str, Numbers]) -> dict[str, dict[str, Numbers]]:
    sorted_out: dict[str, dict[str, Numbers]] = {}
    for full, array in found.items():
        kind, run, point, name = full.split("/", 3)
        if kind == precision:
            sorted_out.setdefault(f"{run}/{point}", {})[name] = array
    return sorted_out
