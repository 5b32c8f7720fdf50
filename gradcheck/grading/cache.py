"""Evidence kept from run to run, so that new marks need no new checking and a run that was cut short goes on.

A file's key is a hash of everything that the evidence depends on: the submission's bytes, the assignment's,
the seed, the libraries that compute, and the program itself, by its source rather than by its version number.
A file is complete or not there, so a run may be killed at any moment.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import gradcheck
from gradcheck.grading.evidence import Evidence, from_json, to_json
from gradcheck.grading.files import save
from gradcheck.records import dataclass

_COMPUTES = ("numpy", "sympy", "python-flint")


@dataclass(frozen=True, slots=True)
class Cache:
    """The evidence of one assignment's submissions in a folder; `context` is what all of them depend on."""

    folder: Path
    context: str

    @classmethod
    def of(cls, folder: Path, assignment: Path, seed: int) -> Cache:
        """The cache for an assignment, as it stands now."""
        return cls(folder, digest([program().encode(), assignment.read_bytes(), str(seed).encode()]))

    def key(self, submission: Path) -> str:
        """The name of a submission's evidence; raises OSError if it cannot be read."""
        return digest([self.context.encode(), submission.suffix.lower().encode(), submission.read_bytes()])

    def get(self, key: str) -> Evidence | None:
        """The evidence of that name; None if there is none, or if its file is damaged."""
        try:
            return from_json((self.folder / f"{key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def put(self, key: str, evidence: Evidence) -> None:
        """Keep evidence under its name."""
        save(self.folder / f"{key}.json", to_json(evidence), str(os.getpid()))


def digest(parts: Iterable[bytes]) -> str:
    """A hash of several texts, each with its length."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:32]


@cache
def program() -> str:
    """A hash of the program's own source, and of the versions of what it computes with."""
    root = Path(gradcheck.__file__).parent
    own = [path.read_bytes() for path in sorted(root.rglob("*.py")) if not _is_presentation(path, root)]
    return digest([*own, *(f"{name} {_version(name)}".encode() for name in _COMPUTES)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _is_presentation(path: Path, root: Path) -> bool:
    """Whether a file only says how what was found is marked and shown."""
    return path.relative_to(root).parts[0] in ("cli", "grading") and path.name not in (
        "evidence.py",
        "collection.py",
        "correspondence.py",
        "derivatives.py",
        "unseen.py",
    )
