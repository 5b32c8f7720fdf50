"""`gradcheck show`: how a document was read."""

from __future__ import annotations

from gradcheck.budget import collect_seldom, without_threads
from gradcheck.cli import UsageError
from gradcheck.cli.arguments import add_meaning, existing_file, parser
from gradcheck.cli.output import write
from gradcheck.options import Options

_DETAILS = """examples:
  gradcheck show notes.md
  gradcheck show mine.md --assignment problem.md"""


def main(arguments: list[str]) -> int:
    """Print scopes, shapes, definitions and claims of one document."""
    collect_seldom()
    without_threads()
    to = parser("show", _DETAILS)
    to.add_argument("path", type=existing_file, metavar="PATH", help="the document")
    add_meaning(to)
    chosen = to.parse_args(arguments)
    from gradcheck.checking.hearing.problem import ProblemError
    from gradcheck.pipeline import show
    from gradcheck.reading.errors import ReadingError
    from gradcheck.report.visible import visible

    try:
        text: str = show(chosen.path, Options(chosen.assignment, chosen.seed or 0, chosen.seconds))
    except (ReadingError, ProblemError) as error:
        from gradcheck.pipeline import file_error

        unread = file_error(chosen.path, error)
        raise UsageError(f"{unread.place}: {unread.message}") from error
    write("".join(f"{visible(line)}\n" for line in text.splitlines()))
    return 0
