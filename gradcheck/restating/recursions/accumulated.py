"""Gradients that add up: `dW += \\delta_t x_t^T` in the loop over the steps, or `x = u`, then `x += v`.

So do those that go on with their own value, `\\bar v = u`, then `\\bar v = \\bar v + w`, or, in a worked
example, `\\bar v = u = -0.3`, then `\\bar v = -0.3 + w`.

What is added step by step to a gradient without a step is its sum over the steps, and what is added to a
line told just before makes a whole with it. What stands there before more is added is only a part, and
nobody is wrong who writes it. Steps alone are added up so, since what is added for each sample may be divided
by their number later. Rejected: to judge what is added by itself, which is a part, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import PART, Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Fraction, Node, Number, Relation, Sum, Symbol, Term
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace
from gradcheck.restating.recursions.families import Families, families, marks


def with_accumulated(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with what is added up as the sums that it comes to, where these are told."""
    equations = [item for item in body if isinstance(item, Equation)]
    anew = _gone_on_with(equations)
    if anew:
        body = [anew.get(item.number, item) if isinstance(item, Equation) else item for item in body]
    if not any(_adds(equation) for equation in equations):
        return body
    found = families(equations)
    whole = {e.number: told for e in equations if _adds(e) and (told := _summed(e, found)) is not None}
    parts = {_bases(e.head) for e in equations if _adds(e) and e.number not in whole}
    return list(_told(body, whole, parts))


def _told(
    body: Sequence[Statement], whole: dict[int, Equation], parts: set[tuple[str, ...]]
) -> Iterator[Statement]:
    before: dict[str, Node] = {}
    for item in body:
        if not isinstance(item, Equation):
            yield item
            continue
        head = latex(item.head)
        if item.number in whole:
            yield whole[item.number]
        elif _adds(item):
            yield _with_more(item, before[head]) if head in before else item
            before.pop(head, None)
        elif _bases(item.head) in parts and item.links[-1].relation.sign == "=":
            before[head] = item.links[-1].right
            yield replace(item, connective=PART)
        else:
            yield item


def _gone_on_with(equations: Sequence[Equation]) -> dict[int, Equation]:
    """By number, the lines that are only a part, and those that add to them, with the part put in."""
    told: dict[str, Equation] = {}
    found: dict[int, Equation] = {}
    for equation in equations:
        if not is_gradient(equation.head) or equation.links[0].relation.sign not in ("=", ":=", "←"):
            continue
        head, right = latex(equation.head), equation.links[0].right
        part = told.get(head)
        told[head] = equation
        more = _put_in(right, head, part) if part is not None and isinstance(right, Sum) else None
        if part is not None and more is None and _goes_on_otherwise(right, part):
            found[part.number] = replace(found.get(part.number, part), connective=PART)
        if part is None or more is None:
            continue
        found[part.number] = replace(found.get(part.number, part), connective=PART)
        put = partial(_put_in_whole, head=head, part=part)
        told[head] = found[equation.number] = rewritten(_with_sign(equation), put)
    return found


def _put_in_whole(side: Node, head: str, part: Equation) -> Node:
    """A side with the part put in, if it takes it up."""
    more = _put_in(side, head, part) if isinstance(side, Sum) and not is_closed(side) else None
    return side if more is None else more


def _put_in(right: Sum, head: str, part: Equation) -> Node | None:
    """A sum with what was told before in the place of the head itself, or of the number that it was."""
    number = _number(part.links[-1].right)
    for place, term in enumerate(right.terms):
        itself = term.sign == "+" and latex(term.body) == head
        if len(right.terms) > 1 and (itself or (number is not None and _number_of(term) == number)):
            told = Term(term.span, "+", part.links[0].right)
            return replace(right, terms=(*right.terms[:place], told, *right.terms[place + 1 :]))
    return None


def _goes_on_otherwise(right: Node, part: Equation) -> bool:
    """Whether a derivative is added to a number, and another number was told before: that was a part, too."""
    if not isinstance(right, Sum) or len(part.links) == 1 or _number(part.links[-1].right) is None:
        return False
    adds = any(_number_of(term) is not None for term in right.terms)
    return adds and any(map(derives, of_kind(right, Fraction)))


def _number(node: Node) -> str | None:
    """`-0.3` as it is written; None for anything but a number."""
    if isinstance(node, Number):
        return node.text
    return _number_of(node.terms[0]) if isinstance(node, Sum) and len(node.terms) == 1 else None


def _number_of(term: Term) -> str | None:
    sign = "-" if term.sign == "-" else ""
    return f"{sign}{term.body.text}" if isinstance(term.body, Number) else None


def _adds(equation: Equation) -> bool:
    """Whether a line adds something to a gradient."""
    return equation.links[0].relation.sign == "+=" and len(equation.links) == 1 and is_gradient(equation.head)


def is_gradient(head: Node) -> bool:
    """Whether a left side is one for a gradient: `\\partial L/\\partial W`, `\\delta c_t`, `dW`."""
    name = read_name(head)
    return derives(head) or (name is not None and is_gradient_name(name))


def is_gradient_name(name: Name) -> bool:
    """Whether a name is one for a gradient: `\\delta c_t`, `dW`."""
    return name.base.startswith(("\\delta", "\\bar")) or name.differentiated is not None


def _bases(head: Node) -> tuple[str, ...]:
    return tuple(name.base for name in written_names(head))


def _summed(equation: Equation, found: Families | None) -> Equation | None:
    """The line with the sum over the steps that its right side alone carries; None where it carries none."""
    if found is None or _steps(equation.head, found):
        return None
    right = equation.links[0].right
    letters = _steps(right, found)
    if len(letters) != 1:
        return None
    (letter,) = letters
    return _with_right(equation, BigOperator(right.span, "sum", Symbol(right.span, letter), None, right))


def _steps(node: Node, found: Families) -> set[str]:
    """The letters of steps that the names of a formula carry."""
    carried = (mark for name in written_names(node) for mark in marks(name))
    return {mark.letter for mark in carried if found.letters.get(mark.letter) is mark.slot}


def _with_more(equation: Equation, before: Node) -> Equation:
    """The line with what was told before it."""
    more = equation.links[0].right
    terms = tuple(Term(node.span, "+", node) for node in (before, more))
    return _with_right(equation, Sum(more.span, terms))


def _with_right(equation: Equation, right: Node) -> Equation:
    return replace(_with_sign(equation), links=(replace(_with_sign(equation).links[0], right=right),))


def _with_sign(equation: Equation) -> Equation:
    """The line with an equals sign behind its head."""
    first, *others = equation.links
    equals = Relation(first.relation.span, "=")
    return replace(equation, links=(replace(first, relation=equals), *others))
