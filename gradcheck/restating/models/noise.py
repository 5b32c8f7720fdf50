"""Models of what is observed: `y = X \\beta + \\epsilon` tells what ε is, the rest, and not what y is.

The data do not move with the parameters: were y what the model makes of them, the gradient of `(y - X
\\beta)^T (y - X \\beta)` would be zero, and every right line wrong. Where a loss takes away just what a model
makes, the model defines nothing (`gradcheck.restating.models.models_of_data`); where it takes away another
form of it, matrices beside a model for each example, or adds up the errors, the line is read the other way
round, `\\epsilon = y - X \\beta`. Nothing may be derived by the left side, nor it by anything: a value made
with noise stays what it is, but for what a matrix makes, and an error of which the text tells how it is
drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Group, Node, Product, Sum, Term
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass, replace

ERRORS = frozenset(("\\epsilon", "\\varepsilon", "e", "\\eta", "\\xi", "u", "\\nu"))


@dataclass(frozen=True, slots=True)
class _Model:
    """A line `y = F + \\epsilon`: its two names, and the formula without the error."""

    equation: Equation
    observed: Name
    error: Name
    added: Term
    others: tuple[Term, ...]


def with_errors_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with each model of what is observed read as what its error is."""
    equations = [item for item in body if isinstance(item, Equation)]
    drawn = frozenset(name.base for equation in equations if (name := _drawn(equation)) is not None)
    models = [model for equation in equations if (model := _model(equation, ERRORS | drawn)) is not None]
    if not models:
        return body
    moved = {name.base for equation in equations for name in _derived(equation)}
    told = {
        model.equation.number: _turned(model)
        for model in models
        if _stays(model, moved, drawn) and _is_observed(model, equations)
    }
    return [told.get(item.number, item) if isinstance(item, Equation) else item for item in body]


def _drawn(equation: Equation) -> Name | None:
    """The v of `v \\sim N(0, R)`."""
    return read_name(equation.head) if equation.links[0].relation.sign == "∼" else None


def _stays(model: _Model, moved: Collection[str], drawn: Collection[str]) -> bool:
    """Whether nothing makes what is observed move: a matrix times something, and a drawn error, do not."""
    made = any(isinstance(other.body, Product) for other in model.others)
    by_matrix = made and any(n.base.isupper() for o in model.others for n in written_names(o.body))
    if model.error.base in drawn and by_matrix:
        return model.error.base not in moved
    return model.observed.base not in moved and model.error.base not in moved


def _model(equation: Equation, errors: Collection[str] = ERRORS) -> _Model | None:
    head, right = read_name(equation.head), equation.links[0].right
    if head is None or not head.is_plain or len(equation.links) > 1 or not isinstance(right, Sum):
        return None
    if equation.links[0].relation.sign != "=" or len(right.terms) < 2:
        return None
    for term in right.terms:
        name = read_name(term.body) if term.sign == "+" and not term.struck else None
        if name is None or name.base not in errors or not name.is_plain or name.base == head.base:
            continue
        others = tuple(other for other in right.terms if other is not term)
        if (name.sub, name.sample) == (head.sub, head.sample) and all(o.sign in "+-" for o in others):
            inside = {inner.base for other in others for inner in written_names(other.body)}
            return None if {head.base, name.base} & inside else _Model(equation, head, name, term, others)
    return None


def _derived(equation: Equation) -> Iterator[Name]:
    """What an equation derives, and what it derives by, in quotients and as `dy`."""
    for side in equation.sides:
        for quotient in quotients_in(side):
            nodes = (*quotient.variables, *([quotient.target] if quotient.target is not None else []))
            yield from filter(None, map(read_name, nodes))
        yield from (own for name in written_names(side) if (own := name.differentiated) is not None)


def _is_observed(model: _Model, equations: Sequence[Equation]) -> bool:
    """Whether the left side is compared with what the model makes, or what is added is used elsewhere."""
    made = {name.base for other in model.others for name in written_names(other.body)}
    defined = [e for e in equations if e is not model.equation and _model(e) is None and _tells(e)]
    heads = [(read_name(equation.head), equation.sides[1:]) for equation in defined]
    if any(name is not None and name.base == model.observed.base for name, _ in heads):
        return False  # what is given another formula is made, and not observed
    made |= {
        name.base for name, right in heads if name is not None and any(_writes(side, made) for side in right)
    }
    made |= {f"\\hat{{{model.observed.base}}}"}
    sides = [side for equation in defined for side in equation.sides]
    return any(_writes(side, {model.error.base}) for side in sides) or any(
        _compares(whole, model.observed.base, made) for side in sides for whole in of_kind(side, Sum)
    )


def _tells(equation: Equation) -> bool:
    return all(link.relation.sign == "=" for link in equation.links)


def _writes(node: Node, bases: set[str]) -> bool:
    return any(name.base in bases for name in written_names(node))


def _compares(whole: Sum, observed: str, made: set[str]) -> bool:
    """Whether a letter stands alone in a difference with something that holds others."""
    alone = [term for term in whole.terms if (n := read_name(term.body)) is not None and n.base == observed]
    others = [term for term in whole.terms if term not in alone]
    return len({term.sign for term in whole.terms}) > 1 and bool(alone) and _any_written(others, made)


def _any_written(terms: Sequence[Term], bases: set[str]) -> bool:
    return any(_writes(term.body, bases) for term in terms)


def _turned(model: _Model) -> Equation:
    """`\\epsilon = y - F`, in the place of the line."""
    equation = model.equation
    link = equation.links[0]
    flipped = tuple(replace(term, sign="-" if term.sign == "+" else "+") for term in model.others)
    terms = (Term(equation.head.span, "+", equation.head), *(_boxed(term) for term in flipped))
    new = replace(link, left=model.added.body, right=Sum(link.right.span, terms))
    connective = "" if equation.connective == "condition" else equation.connective
    return replace(equation, head=new.left, links=(new,), connective=connective)


def _boxed(term: Term) -> Term:
    """A term whose sign changed; a sum within it keeps its own signs in brackets."""
    inside: Node = term.body
    return replace(term, body=Group(inside.span, "(", ")", (inside,))) if isinstance(inside, Sum) else term
