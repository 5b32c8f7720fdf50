"""`gradcheck show`: how a document was read."""

from __future__ import annotations

from gradcheck.cli.arguments import add_meaning, existing_file, parser
from gradcheck.cli.output import write
from gradcheck.options import Options

_DETAILS = """examples:
  gradcheck show notes.md
  gradcheck show mine.md --assignment problem.md"""


def main(arguments: list[str]) -> int:
    """Print scopes, shapes, definitions and claims of one document."""
    to = parser("show", _DETAILS)
    to.add_argument("path", type=existing_file, metavar="PATH", help="the document")
    add_meaning(to)
    chosen = to.parse_args(arguments)
    from gradcheck.pipeline import show
    from gradcheck.report.visible import visible

    text: str = show(chosen.path, Options(chosen.assignment, chosen.seed))
    write("".join(f"{visible(line)}\n" for line in text.splitlines()))
    return 0
