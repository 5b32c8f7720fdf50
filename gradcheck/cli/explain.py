"""`gradcheck explain`: what a code means, with a wrong and a right example.

The text is the record of the misconception itself, the one that diagnosis and injection use. Codes, names,
their beginnings, what is nearly one, and words about them are understood: nobody remembers a code.
"""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gradcheck.cli import UsageError
from gradcheck.cli.arguments import parser
from gradcheck.diagnosis.misconceptions import FAMILIES, MISCONCEPTIONS, Misconception
from gradcheck.notation.unicode import unicode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

_ALMOST = 0.8
_DETAILS = """examples:
  gradcheck explain                list all codes by family
  gradcheck explain GC401          what one code means
  gradcheck explain sigmoid-prime  the same by the beginning of its name
  gradcheck explain GC4            list one family

exit status: 0 explained, 2 nothing is known by that name
"""


def main(arguments: list[str]) -> int:
    """Explain one misconception, or list those that a word may mean."""
    options = parser("explain", _DETAILS)
    options.add_argument("word", nargs="?", metavar="CODE|NAME", help="a code or a name, or its beginning")
    word = options.parse_args(arguments).word
    found = list(MISCONCEPTIONS.values()) if word is None else find(word)
    if not found and (nearest := near(word)) is not None:
        print(f"gradcheck: no code or name {word!r}; the nearest is {nearest.name}", file=sys.stderr)
        found = [nearest]
    if not found:
        raise UsageError(_unknown(word))
    console = _console()
    if len(found) == 1:
        _explain(found[0], console)
    else:
        _list(found, console)
    return 0


def find(word: str) -> list[Misconception]:
    """The misconceptions that a word may mean: an exact code or name, else a beginning, a part, a tag."""
    asked = _plain(word)
    records = list(MISCONCEPTIONS.values())
    ways = (
        [r for r in records if asked in (r.code.lower(), r.name)],
        [r for r in records if r.code.lower().startswith(asked) or r.name.startswith(asked)],
        [r for r in records if asked in r.name or asked in _words(r)],
    )
    return next((found for found in ways if found), [])


def near(word: str) -> Misconception | None:
    """The misconception whose code or name a word all but is: `mising-transpose`; None where none is."""
    records = {key: r for r in MISCONCEPTIONS.values() for key in (r.code.lower(), r.name)}
    found = get_close_matches(_plain(word), list(records), n=1, cutoff=_ALMOST)
    return records[found[0]] if found else None


def _plain(word: str) -> str:
    return word.strip().lower().replace("_", "-").replace(" ", "-")


def _words(record: Misconception) -> set[str]:
    """What a record may be asked for by: its name, the words of it, its tags."""
    return {record.name, *record.name.split("-"), *(tag.lower().replace(" ", "-") for tag in record.tags)}


def _unknown(word: str) -> str:
    known = sorted({w for record in MISCONCEPTIONS.values() for w in (*_words(record), record.code.lower())})
    near = [w.upper() if w.startswith("gc") else w for w in get_close_matches(word.lower(), known, n=3)]
    hint = f"did you mean {' or '.join(near)}?" if near else "`gradcheck explain` lists all codes"
    return f"no code or name {word!r}; {hint}"


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def _explain(record: Misconception, console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    def paragraph(title: str, body: str, style: str = "") -> None:
        console.print(Text(title, style="bold"))
        console.print(Padding(Text(body, style=style), (0, 0, 0, 2), expand=False))
        console.print()

    console.print(Text.assemble((record.code, "bold cyan"), "  ", (record.name, "bold")))
    console.print(Text(FAMILIES[record.family], style="dim"))
    console.print()
    paragraph("what it is", record.meaning)
    paragraph("why it happens", record.cause)
    paragraph("how to see it", record.sign)
    paragraph("wrong", unicode(record.example.wrong), "red")
    paragraph("right", unicode(record.example.right), "green")
    paragraph("in LaTeX", f"{record.example.wrong}\n{record.example.right}", "dim")
    if record.tags:
        console.print(Text("see also: " + ", ".join(record.tags), style="dim"))


def _list(records: Iterable[Misconception], console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    by_family: dict[str, list[Misconception]] = {}
    for record in records:
        by_family.setdefault(record.family, []).append(record)
    for family, members in by_family.items():
        console.print(Text(f"{family}xx  {FAMILIES[family]}", style="bold"))
        table = Table.grid(padding=(0, 2))
        for record in members:
            table.add_row(
                Text("  " + record.code, style="cyan"), Text(record.name), Text(record.meaning, style="dim")
            )
        console.print(table)
        console.print()
