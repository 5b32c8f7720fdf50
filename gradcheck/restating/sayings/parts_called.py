r"""Parts of a forward pass that get a name beside it: `a = σ(W x + b)`, and "with z = W x + b, ∂L/∂z = ...".

A derivative by z asks what a does with it, so a is written by z: `a = σ(z)`; so are some terms of a sum,
`(w x + b - y)^2` with `p = w x + b`, and factors side by side, `V W x` with `m = W x`. Only names that are
differentiated by, have one formula, and stand in no other definition are put in, and only for the formula as
it is written: every definition keeps its value.
Some authors never write that formula: beside `h = σ(W_1 x + b_1)`, a `z_1` that only derivatives know is what
the weights of the same number sum up.
What a chain says a model gives, `a = h_w(x) = g(z)`, is that quantity where a loss writes `h_w(x)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives, quotients_in
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Fraction,
    Group,
    Node,
    Operator,
    Product,
    Scripted,
    Sum,
    Term,
)
from gradcheck.notation.walk import mapped
from gradcheck.records import dataclass, replace
from gradcheck.restating.passages.applications import with_values_put
from gradcheck.source import Span

SUMS = ("z", "Z", "s", "S", "u", "net")
WEIGHTS = ("W", "w", "\\Theta", "\\theta", "U", "V")
MADE = (Sum, Product, BigOperator, Fraction)


@dataclass(frozen=True, slots=True)
class _Part:
    """A name as it is written, its formula, and the equation that defines it."""

    name: Node
    formula: Node
    number: int


def with_parts_called(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, whose forward pass is written by the names that its parts get."""
    equations = [item for item in body if isinstance(item, Equation)]
    models = {latex(model): name for equation in equations for model, name in _models(equation)}
    if models and not _have_formulas(equations):
        body = _with_outputs(body, models)
        equations = [item for item in body if isinstance(item, Equation)]
    wanted = set(_differentiated(equations))
    if any(key.startswith(SUMS) for key in wanted):
        body = _with_sums_told(body, equations)
        equations = [item for item in body if isinstance(item, Equation)]
    parts = _parts(equations, wanted) if wanted else {}
    if not parts:
        return body
    return [_by_names(item, parts) if isinstance(item, Equation) else item for item in body]


def _differentiated(equations: Sequence[Equation]) -> Iterator[str]:
    """The keys of what is differentiated by."""
    return (name.key for node in _variables(equations) if (name := read_name(node)) is not None)


def _with_sums_told(body: Sequence[Statement], equations: Sequence[Equation]) -> Sequence[Statement]:
    """The statements with a formula for each sum of a layer that has none, before what is made of it."""
    told = {(d.name.base, _number(d.name)) for d in definitions(equations)}
    wanted: dict[str, Node] = {}
    for node in _variables(equations):
        name = read_name(node)
        if name is None or name.base not in SUMS or not name.is_plain or (mark := _number(name)) is None:
            continue
        if (name.base, mark) not in told:
            wanted.setdefault(mark, node)
    found: list[Statement] = []
    for item in body:
        argument = _argument(item) if isinstance(item, Equation) else None
        names = written_names(argument) if argument is not None else ()
        numbers = {_number(name) for name in names if name.base in WEIGHTS}
        number = numbers.pop() if len(numbers) == 1 else None
        if isinstance(item, Equation) and argument is not None and number is not None and number in wanted:
            head = wanted.pop(number)
            link = replace(item.links[0], number=0, left=head, right=argument)
            found.append(replace(item, head=head, links=(link,), connective="", context=(), tag=None))
        found.append(item)
    return found


def _variables(equations: Sequence[Equation]) -> Iterator[Node]:
    """What is differentiated by, in quotients and as `dz`."""
    for side in (side for equation in equations for side in equation.sides):
        for quotient in quotients_in(side):
            yield from (node for node in quotient.variables if read_name(node) is not None)
        keys = (inner.key for name in written_names(side) if (inner := name.differentiated) is not None)
        yield from filter(None, map(parse_one, keys))


def _number(name: Name) -> str | None:
    """The number that a name carries, below or above."""
    marks = [mark for mark in (name.layer, name.sample, *name.sub) if mark is not None]
    return marks[0] if len(marks) == 1 and marks[0].isdigit() else None


def _argument(equation: Equation) -> Node | None:
    """What a function is applied to, where the formula of a value is nothing else."""
    right = unboxed(equation.links[0].right)
    if len(equation.links) > 1 or derives(equation.head) or derives(right):
        return None
    applied = read_applied(right)
    if applied is not None:
        return applied.arguments[0] if len(applied.arguments) == 1 else None
    inner = right.argument if isinstance(right, Call) else None
    return inner.items[0] if isinstance(inner, Group) and len(inner.items) == 1 else None


def _parts(equations: Sequence[Equation], wanted: set[str]) -> dict[str, _Part]:
    """By its formula, each name that a part of another definition may be called by."""
    listed = list(definitions(equations))
    told = {d.name.key: 0 for d in listed}
    used: set[str] = set()
    for definition in listed:
        told[definition.name.key] += 1
        used |= {name.key for name in written_names(definition.right)}
    heads = {equation.number: equation.head for equation in equations}
    found: dict[str, _Part] = {}
    for definition in listed:
        key, name = definition.name.key, heads[definition.place[0]]
        alone = told[key] == 1 and key in wanted and key not in used and _is(name, definition.name)
        if alone and definition.place[1] == 1 and _is_made(definition):
            found[latex(definition.right)] = _Part(name, definition.right, definition.place[0])
    return found


def _is(head: Node, name: Name) -> bool:
    own = read_name(head)
    return own is not None and own.key == name.key


def _is_made(definition: Definition) -> bool:
    """Whether a formula is made of two names or more, by sums and products."""
    right = definition.right
    made = isinstance(right, MADE) and not definition.is_function and not derives(right)
    return made and len({name.key for name in written_names(right)}) > 1


def _by_names(equation: Equation, parts: Mapping[str, _Part]) -> Equation:
    """A definition with its parts by their names; what derives something stays as it is written."""
    if derives(equation.head) or not any(True for _ in definitions([equation])):
        return equation
    others = {formula: part for formula, part in parts.items() if part.number != equation.number}
    if not any(quotients_in(side) for side in equation.sides):
        return rewritten(equation, lambda side: _named(side, others))
    return equation


def _named(node: Node, parts: Mapping[str, _Part]) -> Node:
    part = parts.get(latex(node)) if isinstance(node, MADE) else None
    if part is not None:
        return replace(part.name, span=node.span)
    node = mapped(node, lambda child: _named(child, parts))
    for part in parts.values():
        if isinstance(node, Sum) and isinstance(part.formula, Sum):
            node = _with_terms_named(node, part.formula.terms, part.name)
        if isinstance(node, Product) and isinstance(part.formula, Product):
            node = _with_factors_named(node, part.formula, part.name)
    return node


def _with_factors_named(node: Product, own: Product, name: Node) -> Product:
    """A longer product, in which the name stands for its factors where they stand side by side."""
    count, kinds = len(own.factors), [operator.kind for operator in own.operators]
    formulas, sought = [latex(factor) for factor in node.factors], [latex(factor) for factor in own.factors]
    multiplied = [operator.kind for operator in node.operators]
    if count == len(node.factors) or not {*kinds, *multiplied} <= {"", "cdot"}:
        return node
    for start in range(len(node.factors) - count + 1):
        if formulas[start : start + count] == sought and multiplied[start : start + count - 1] == kinds:
            span = node.factors[start].span.cover(node.factors[start + count - 1].span)
            factors = (*node.factors[:start], replace(name, span=span), *node.factors[start + count :])
            operators = (*node.operators[:start], *node.operators[start + count - 1 :])
            return replace(node, factors=factors, operators=operators)
    return node


def _with_terms_named(node: Sum, own: Sequence[Term], name: Node) -> Sum:
    """A longer sum, in which the name stands for its terms where they stand side by side, or all reversed."""
    count = len(own)
    formulas = [latex(term.body) for term in node.terms]
    sought = [latex(term.body) for term in own]
    for start in range(len(node.terms) - count + 1):
        run = node.terms[start : start + count]
        turned = {(term.sign or "+") != (other.sign or "+") for term, other in zip(run, own, strict=True)}
        if formulas[start : start + count] == sought and len(turned) == 1 and count < len(node.terms):
            span = run[0].span.cover(run[-1].span)
            term = Term(span, "-" if turned.pop() else "+", replace(name, span=span))
            return replace(node, terms=(*node.terms[:start], term, *node.terms[start + count :]))
    return node


@once_a_node
def _models(equation: Equation) -> tuple[tuple[Node, Node], ...]:
    """`h_w(x)` and a of a chain `a = h_w(x) = g(z)` whose formula holds none of what h is applied to."""
    if len(equation.links) < 2 or any(link.relation.sign != "=" for link in equation.links):
        return ()
    sides = [unboxed(side) for side in equation.sides[:2]]
    formula = {name.base for name in written_names(equation.links[-1].right)}
    for called, model in (sides, reversed(sides)):
        name, applied = read_name(called), read_applied(model)
        if name is None or name.is_indexed or applied is None or applied.function.primes:
            continue
        if applied.function.base in BUILTIN:
            continue
        arguments = {each.base for node in applied.arguments for each in written_names(node)}
        if arguments and formula and not formula & {*arguments, applied.function.base}:
            return ((model, called),)
    return ()


def _have_formulas(equations: Sequence[Equation]) -> bool:
    """Whether one of these models is a function that another line gives by formula."""
    letters = {
        applied.function.base
        for e in equations
        for model, _ in _models(e)
        if (applied := read_applied(model))
    }
    others = (e for e in equations if not _models(e))
    return any(d.is_function and d.name.base in letters for d in definitions(others))


def _with_outputs(body: Sequence[Statement], models: Mapping[str, Node]) -> Sequence[Statement]:
    """The statements with the quantity for each model that stands in a formula of another one."""

    def output(letter: Node, marked: Node) -> Node | None:
        below = marked if isinstance(marked, Scripted) and marked.sup is None else None
        group = marked if below is None else below.base
        if not isinstance(group, Group):
            return None
        span = letter.span.cover(group.span)
        nothing = Operator(Span(group.span.start, group.span.start), "")
        called = models.get(latex(Product(span, (letter, group), (nothing,))))
        if called is None:
            return None
        value = Group(span, "(", ")", (replace(called, span=span),))
        return value if below is None else replace(below, base=value)

    # In `a = h_w(x) = g(z)` the model is the value of a, and a would be told by itself.
    return [
        rewritten(item, lambda side: with_values_put(side, output))
        if isinstance(item, Equation) and (latex(unboxed(item.head)) in models or not _models(item))
        else item
        for item in body
    ]
