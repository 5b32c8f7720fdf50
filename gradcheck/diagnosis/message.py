"""What is said of a slip: one headline in the author's symbols, and why people make it.

The headline's words belong to the kind of the edit; a record whose slip has better words gives its own.
It speaks of the formula, not of the person.
"""

from __future__ import annotations

from collections.abc import Callable

from gradcheck.diagnosis.case import Repair, Slip, unspelt
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.diagnosis.readable import readable
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.printing.printer import plain

TEMPLATES = {
    "rewrite": "`{wrong}` stands where `{right}` belongs",
    "rename": "`{wrong}` stands where `{right}` belongs",
    "insert": "the factor `{part}` is missing",
    "remove": "the factor `{part}` does not belong here",
    "add": "the term `{part}` is missing",
    "path": "`{part}` is held constant: the path through it is missing",
    "diagonal": "every entry of `{part}` rests on each entry of `{right}`, not only the one in its place",
    "subtract": "the term `{part}` does not belong here",
}


def headline(
    repair: Repair, name: Callable[[str], str], spelling: Callable[[Expr], str | None] = unspelt
) -> str:
    """What is wrong, in one line."""
    said = "; ".join(dict.fromkeys(_said(slip, name, spelling) for slip in repair.slips))
    return said if len(repair.slips) == 1 else f"two slips: {said}"


def why(repair: Repair) -> str:
    """Why people make the slip that is named first."""
    return MISCONCEPTIONS[repair.slips[0].code].cause


def _said(slip: Slip, name: Callable[[str], str], spelling: Callable[[Expr], str | None]) -> str:
    record = MISCONCEPTIONS[slip.code]
    template = record.headline if record.headline and slip.kind == "rewrite" else TEMPLATES[slip.kind]

    def text(key: str) -> str:
        return readable(name(key))

    exprs = {"wrong": slip.wrong, "right": slip.right, "part": slip.part}
    told = {key: plain(e, text, spelling) for key, e in exprs.items() if f"{{{key}}}" in template}
    return template.format(**told)
