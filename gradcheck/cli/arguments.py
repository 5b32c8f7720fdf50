"""What the parsers of the commands have in common."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path

from gradcheck.cli import COMMANDS


def parser(command: str, details: str) -> ArgumentParser:
    """A parser for one command; `details` (examples, exit status) stand below its options."""
    return ArgumentParser(
        prog=f"gradcheck {command}",
        description=COMMANDS[command],
        epilog=details,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_meaning(to: ArgumentParser) -> None:
    """The options that every command understands which reads a document."""
    to.add_argument(
        "--assignment",
        type=existing_file,
        metavar="FILE",
        help="the derivation that states the problem, for documents that name none themselves",
    )
    to.add_argument("--seed", type=seed, metavar="N", help="seed of all random draws (default: 0)")
    to.add_argument(
        "--seconds",
        type=seconds,
        default=60.0,
        metavar="S",
        help="how long one document may take; what comes later is undecided (default: 60)",
    )


def existing_file(text: str) -> Path:
    """A path to a file that is there."""
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(f"no such file: {text}")
    return path


def seed(text: str) -> int:
    """A seed: a whole number that is not negative."""
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"not a whole number: {text!r}")
    return int(text)


def seconds(text: str) -> float:
    """A positive number of seconds."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not number > 0:
        raise ArgumentTypeError(f"not a positive number of seconds: {text!r}")
    return number


def positive(text: str) -> int:
    """A whole number above zero."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(f"not a whole number above zero: {text!r}")
    return int(text)
