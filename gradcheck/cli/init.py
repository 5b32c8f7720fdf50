"""`gradcheck init`: a commented example to start from, and the settings that go with it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from gradcheck.cli import UsageError
from gradcheck.cli.arguments import parser
from gradcheck.cli.output import write

_EXAMPLE = "example.md"
_DETAILS = """examples:
  gradcheck init                 writes derivations/example.md
  gradcheck init notes/          writes notes/example.md"""


def main(arguments: list[str]) -> int:
    """Write the example into a directory; nothing that is there is written over."""
    to = parser("init", _DETAILS)
    to.add_argument(
        "directory",
        nargs="?",
        type=Path,
        default=Path("derivations"),
        metavar="DIR",
        help="default: derivations/",
    )
    path: Path = to.parse_args(arguments).directory / _EXAMPLE
    if path.exists():
        raise UsageError(f"{path} is there already")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make {path.parent}: {(error.strerror or 'it failed').lower()}") from error
    write((files("gradcheck.cli") / _EXAMPLE).read_text(encoding="utf-8"), path)
    print(f"wrote {path}; next: gradcheck run {path}")
    return 0
