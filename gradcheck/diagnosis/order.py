"""The order of repairs: one number each, the lowest is shown first.

A repair is the likelier the less it changes and the more often people make that slip. Costs go by the kind
of edit; a record that describes any edit of its kind costs more than one that says what is wrong. Of
equal ones the smaller change comes first, then the one at the shallower place, then the earlier one.
"""

from __future__ import annotations

from functools import lru_cache

from gradcheck.diagnosis.case import Kind
from gradcheck.diagnosis.edits import GENERAL, REWRITING, Candidate
from gradcheck.diagnosis.setting import Setting
from gradcheck.expr.forms.tree import Expr

_BY_KIND = {"rewrite": 1.0, "rename": 1.2, "insert": 1.5, "remove": 1.4, "add": 1.9, "subtract": 1.4}
# What departs from its kind: rarer or commoner than others.
_BY_CODE = {
    "GC102": 0.2, "GC103": 0.2, "GC104": 0.1, "GC105": 0.1, "GC107": 0.3, "GC203": 0.1, "GC207": 0.8,
    "GC302": 0.1, "GC307": 0.2, "GC309": -0.05, "GC314": 0.15, "GC501": 0.1, "GC502": 0.0, "GC504": 0.2,
    "GC507": 0.2,
}  # fmt: skip
_GENERAL, _SUPERFLUOUS = 0.3, 0.1
# A number that stands in the formula is suspected before one that might be missing.
_NUMBER = -0.5
# People write 1 - a and (prediction - target): a difference that reads so is suspected last.
_HABIT = 0.05
# A difference that stands in the program as it stands here was copied: rather its sign is lost.
_AS_GIVEN = 0.2
# A gradient put in where the line names none: rather what it is made of is missing.
_UNSPOKEN = 0.2
_PER_NODE = 0.02
_PER_LEVEL = 0.005

# A quantity held constant: of a statistic it is the usual slip, of others a lost term says it better.
PATH = {"GC208": 1.2, "GC310": 1.75, "GC407": 1.2}
# Several terms left out together.
SEVERAL = 1.9
# One that stands in the line itself was taken for a constant there.
STANDS = -0.1

TIE = 0.25
CHEAPEST = 0.9


def cost(candidate: Candidate, code: str, old: Expr, wrong: Expr, setting: Setting) -> float:
    """How far-fetched an edit of `old` is; `wrong` is the one of the two that was written."""
    grown = max(0, size(candidate.new) - size(old))
    return (
        _BY_KIND[candidate.kind]
        + _BY_CODE.get(code, 0.0)
        + (0.0 if code not in GENERAL else _SUPERFLUOUS if code in ("GC312", "GC313") else _GENERAL)
        + (_NUMBER if code == "GC206" and candidate.kind == "remove" else 0.0)
        - (_BY_CODE["GC501"] if code == "GC501" and wrong.op == "neg" else 0.0)
        + (_AS_GIVEN if code == "GC502" and setting.is_given(wrong) else 0.0)
        + (_HABIT if code == "GC502" and _is_habitual(wrong, setting) else 0.0)
        + (_UNSPOKEN if _is_unspoken(candidate, setting) else 0.0)
        + _PER_NODE * grown
        + _PER_LEVEL * len(candidate.path)
    )


def least(kind: Kind) -> float:
    """The least that an edit of a kind can cost, whatever it is called."""
    return _BY_KIND[kind] + min(0.0, *_BY_CODE.values()) + (_NUMBER if kind == "remove" else 0.0)


@lru_cache(maxsize=256)
def too_dear(below: float, depth: int) -> frozenset[str]:
    """The codes whose rewritings of a node so far down cost no less than a number, whatever they make."""
    dear = below - _PER_LEVEL * depth
    return frozenset(code for code in REWRITING if _BY_KIND["rewrite"] + _of_code(code) >= dear)


def _of_code(code: str) -> float:
    """What a rewriting costs for its name at least."""
    general = 0.0 if code not in GENERAL else min(_SUPERFLUOUS, _GENERAL)
    return (0.0 if code == "GC501" else _BY_CODE.get(code, 0.0)) + general


def _is_unspoken(candidate: Candidate, setting: Setting) -> bool:
    names = bool(candidate.part.derivatives)
    return candidate.kind == "insert" and names and not setting.speaks_of_gradients


def _is_habitual(difference: Expr, setting: Setting) -> bool:
    first, second = difference.args
    if first.op == "num":
        return True
    return second.op != "num" and setting.is_input(second) and not setting.is_input(first)


def size(expr: Expr) -> int:
    """The number of nodes."""
    return sum(1 for _ in expr.walk())
