"""Models of one example put in where they are applied: `h_\\theta(x_i)` as `\\theta^T x_i`.

`h_\\theta(x) = \\theta^T x` is told of any one x, and examples are what it is applied to. Read so, its bare x
gets a letter of its own and says nothing of them, and `x_i`, `x^{(i)}` may be the rows of the `X` in
`X \\theta`. Only one of the readings of a document: a function of whole arrays is none of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import read_applied, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped
from gradcheck.records import dataclass, replace
from gradcheck.source import Span

# For the parameter, where the document does not write them.
FREE_LETTERS = "uvszrpq"


@dataclass(frozen=True, slots=True)
class Model:
    """`function(parameter) = right`, and the number of the equation that says so."""

    function: Name
    parameter: Name
    right: Node
    place: int


def with_models_inlined(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with the formulas of linear models at their examples; None where nothing changes."""
    equations = [item for item in body if isinstance(item, Equation)]
    models = {model.function.key: model for e in equations if (model := _model(e)) is not None}
    if not models:
        return None
    own = {model.place: model.parameter for model in models.values()}
    written = {name.base for e in equations for side in e.sides for name in written_names(side)}
    free = next((letter for letter in FREE_LETTERS if letter not in written), None)
    changed = [
        item
        if not isinstance(item, Equation)
        else rewritten(item, lambda side: _inlined(side, models))
        if item.number not in own
        else _of_any(item, own[item.number], free)
        for item in body
    ]
    inlined = (
        new is not old
        for new, old in zip(changed, body, strict=True)
        if not (isinstance(old, Equation) and old.number in own)
    )
    return changed if any(inlined) else None


def _of_any(equation: Equation, parameter: Name, letter: str | None) -> Equation:
    """The formula of a model with another letter for its parameter."""
    if letter is None:
        return equation

    def renamed(node: Node) -> Node:
        if isinstance(node, Symbol) and (name := read_name(node)) is not None and name.base == parameter.base:
            return replace(node, name=letter)
        return mapped(node, renamed)

    return rewritten(equation, renamed)


def _model(equation: Equation) -> Model | None:
    """A function of one plain name that is a weighed sum of it, `\\theta^T x` or by entries, or holds one."""
    applied, right = read_applied(unboxed(equation.head)), equation.links[0].right
    if applied is None or len(applied.arguments) != 1 or not applied.function.is_plain:
        return None
    parameter = read_name(applied.arguments[0])
    if (
        parameter is None
        or parameter != Name(parameter.base, parameter.span)
        or is_loss_name(applied.function)
    ):
        return None
    names = list(written_names(right))
    own = [name for name in names if name.base == parameter.base]
    held = bool(own) and (any(name.transpose for name in names) or all(len(name.sub) == 1 for name in own))
    return Model(applied.function, parameter, right, equation.number) if held else None


def _inlined(node: Node, models: Mapping[str, Model]) -> Node:
    if isinstance(node, Product):
        factors, operators = list(node.factors), list(node.operators)
        place = 0
        while place + 1 < len(factors):
            name, group = read_name(factors[place]), factors[place + 1]
            model = models.get(name.key) if name is not None and name.is_plain else None
            if model is not None and not operators[place].kind and _is_example(group, model):
                span = factors[place].span.cover(group.span)
                assert isinstance(group, Group), "an example stands in brackets"
                factors[place : place + 2] = [_at_argument(model, group.items[0], span)]
                del operators[place]
            place += 1
        if len(factors) == 1:
            return factors[0]
        if len(factors) < len(node.factors):
            node = Product(node.span, tuple(factors), tuple(operators))
    return mapped(node, lambda child: _inlined(child, models))


def _is_example(node: Node, model: Model) -> bool:
    """Whether brackets hold one of several of what a model is told of, `(x_i)`."""
    if not isinstance(node, Group) or len(node.items) != 1:
        return False
    name = read_name(node.items[0])
    marked = name is not None and name.base == model.parameter.base
    return marked and name is not None and bool(name.sub or name.sample)


def _at_argument(model: Model, argument: Node, span: Span) -> Group:
    """The formula of a model with an argument for its parameter."""
    parameter = model.parameter

    def put(node: Node) -> Node:
        name = read_name(node)
        if name is None or name.base != parameter.base:
            return replace(mapped(node, put), span=span)
        if isinstance(node, Scripted) and node.sup is not None and split_superscript(node.sup).transpose:
            return Scripted(span, Group(span, "(", ")", (argument,)), None, node.sup)
        if isinstance(node, Scripted) and node.sub is not None:
            return _entry(argument, node.sub, span)
        return argument

    return Group(span, "(", ")", (put(model.right),))


def _entry(argument: Node, index: Node, span: Span) -> Node:
    """The entry of an example: `x_{ij}` of `x_i`, and `x_j^{(i)}` of `x^{(i)}`."""
    if not isinstance(argument, Scripted):
        return Scripted(span, argument, index, None)
    own = argument.sub
    below = index if own is None else Product(span, (own, index), (Operator(span, ""),))
    return replace(argument, span=span, sub=below)
