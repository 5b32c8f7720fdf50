"""`gradcheck code`: a hand-written backward pass against a derivation; the one command that runs code."""

from __future__ import annotations

from pathlib import Path

from gradcheck.cli import UsageError
from gradcheck.cli.arguments import add_meaning, existing_file, parser
from gradcheck.cli.output import write
from gradcheck.cli.status import FINE, WRONG

_DETAILS = """examples:
  gradcheck code backward.py --against notes.md
  gradcheck code model.py --function gradients --against notes.md --case "Binary classification"

It RUNS the Python file, in a process of its own; no other command runs what it is given. The function's
parameters are named like the quantities of the document (W1 for W^{[1]}, Y, m); one of another name (params,
cache) gets all of them as a dict. It returns a dict {'dW1': ...}, or a tuple of names: return dW1, db1.
Samples may be rows where the document has them in columns, and the other way round.

exit status:
  0  every gradient is right
  1  a gradient is wrong
  2  the file, its function or the document cannot be used"""


def main(arguments: list[str]) -> int:
    """Judge the gradients that a Python function returns."""
    to = parser("code", _DETAILS)
    to.add_argument("path", type=existing_file, metavar="FILE.py", help="the Python file; it is run")
    to.add_argument("--against", type=existing_file, required=True, metavar="FILE", help="the derivation")
    to.add_argument("--function", default="backward", metavar="NAME", help="default: backward")
    to.add_argument(
        "--case", metavar="HEADING", help="the case that is meant; default: the one that fits best"
    )
    add_meaning(to)
    chosen = to.parse_args(arguments)
    return _judge(
        chosen.path,
        chosen.against,
        function=chosen.function,
        case=chosen.case,
        assignment=chosen.assignment,
        seed=chosen.seed or 0,
        seconds=chosen.seconds,
    )


def _judge(path: Path, against: Path, **choices: object) -> int:
    from gradcheck.checking.hearing.problem import ProblemError
    from gradcheck.code.backward import check_backward
    from gradcheck.code.user_function import UserCodeError
    from gradcheck.reading.errors import ReadingError
    from gradcheck.report.visible import visible

    try:
        report = check_backward(path, against, **choices)  # type: ignore[arg-type]
    except (UserCodeError, ProblemError, ReadingError) as error:
        raise UsageError(str(error)) from error
    write("".join(f"{visible(line)}\n" for line in str(report).splitlines()))
    return FINE if report.ok else WRONG
