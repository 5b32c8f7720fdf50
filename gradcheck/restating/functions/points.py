"""Functions of the points that a sum runs over: `\\sum_{a'} \\pi(a' \\mid s) \\phi(s, a')`.

Nothing can be said of such a point but which one it is, so the function is an array by its points: `\\phi_a`.
An argument that is no point is the same wherever it stands, and what a bare ∇ derives by where it is the only
one that is no small letter. A letter is a point where a Σ (an expectation, an integral) binds it, or stands
where one does, in brackets behind names alone; an equation in which it stands anywhere else is left as it is.
A density that nothing defines, and that is differentiated by what stands below it, is any one that is
normalised: to first order that is a softmax of linear functions. What depends on a policy that is
differentiated, `Q^\\pi`, is not known to be constant, so a line that differentiates beside it stays unread.
At what carries an index of its own, `f(x_i, y_i)`, the function is marked as another: that is no entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from string import ascii_lowercase

from gradcheck.expr.written.names import LAYER_MARK, RUNNING_LETTERS
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.sums_of_values import with_sums
from gradcheck.notation.tree import (
    BigOperator,
    Blank,
    Node,
    Operator,
    Product,
    Relational,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import mapped, of_kind, parts, rebuilt
from gradcheck.records import dataclass, replace
from gradcheck.restating.derivatives.nablas import below, is_bare
from gradcheck.restating.functions.letters_applied import (
    Applied,
    applications,
    applied_to,
    differentiates,
    is_open,
    is_told,
    point_of,
)
from gradcheck.restating.passages.told_before import told_before

MOST = 2


def with_points(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with such functions written as arrays; as they are where there are none."""
    summed = [rewritten(item, with_sums) if isinstance(item, Equation) else item for item in body]
    equations = [item for item in summed if isinstance(item, Equation)]
    arrays = _arrays(equations)
    if not arrays.functions:
        return tuple(body)
    made: list[Statement] = []
    dense = dict(_densities(equations, arrays))
    taken: set[tuple[str, str]] = set()
    for written, item in zip(body, summed, strict=True):
        whole = _rewritten(item, arrays) if isinstance(item, Equation) else None
        if isinstance(item, Equation) and whole is not None:
            uses = [_key(a) for side in item.sides for a in applications(side)]
            made += [told_before(item, *dense.pop(key)) for key in uses if key in dense]
            taken.update(uses)
        made.append(whole or written)
    kept = taken.intersection(arrays.functions)
    return tuple(
        rewritten(item, lambda side: _marked(side, kept)) if isinstance(item, Equation) else item
        for item in made
    )


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a document sums over, and what it writes with that in brackets.

    points      the letters of points
    functions   what is an array by them, by its letter and what stands below, and the letter of the array
    letters     a point with its primes → the index that it is written as
    parameters  what stands below the functions, as LaTeX
    held        what stands in their brackets and is neither a point nor a letter of one: what a ∇ derives by
    """

    points: frozenset[str]
    functions: Mapping[tuple[str, str], str]
    letters: Mapping[tuple[str, int], str]
    parameters: frozenset[str]
    held: tuple[Node, ...] = ()


def _arrays(equations: Sequence[Equation]) -> Arrays:
    sides = [side for equation in equations for side in equation.sides]
    sums = [node for side in sides for node in of_kind(side, BigOperator) if node.kind == "sum"]
    points = {
        point[0]
        for node in sums
        if (point := _bound(node)) is not None
        and any(point in map(point_of, a.arguments) for a in applications(node.body))
    }
    if not points:
        return Arrays(frozenset(), {}, {}, frozenset())
    points |= _beside(sides, points)
    found: dict[tuple[str, str], list[Applied]] = {}
    for applied in (a for side in sides for a in applications(side)):
        if any((p := point_of(item)) is not None and p[0] in points for item in applied.arguments):
            found.setdefault(_key(applied), []).append(applied)
    meant = {(key[0], _arguments(use)) for key, uses in found.items() if key[1] for use in uses}
    kept = {key: uses for key, uses in found.items() if _is_one_array(uses, points)}
    # `\pi(a)` beside `\pi_\theta(a)` may be the same one: what it is is not known.
    kept = {k: u for k, u in kept.items() if k[1] or not any((k[0], _arguments(a)) in meant for a in u)}
    used = {n.name for side in sides for n in of_kind(side, Symbol)}
    free = iter([letter for letter in ascii_lowercase if letter not in used | {"e"}])
    all_points = {p for uses in kept.values() for use in uses for p in map(point_of, use.arguments) if p}
    letters = {p: p[0] if not p[1] else next(free, "") for p in sorted(all_points) if p[0] in points}
    subs = {latex(use.sub) for uses in kept.values() for use in uses if use.sub is not None}
    items = [item for uses in kept.values() for use in uses for item in use.arguments]
    held = {latex(item): item for item in items if point_of(item) is None and not is_open(item)}
    several = Counter(name for name, _ in found)
    named = {key: _letter(key) if several[key[0]] > 1 else key[0] for key in kept}
    return Arrays(frozenset(points), named, letters, frozenset(subs), tuple(held.values()))


def _key(applied: Applied) -> tuple[str, str]:
    """A name by its letter and what stands below: `p_\theta(x)` and `p(x)` are two functions."""
    counted = applied.sub is None or _counts(applied.sub)
    return applied.base.name, "" if applied.sub is None or counted else latex(applied.sub)


def _arguments(applied: Applied) -> tuple[str, ...]:
    return tuple(map(latex, applied.arguments))


def _letter(key: tuple[str, str]) -> str:
    """A letter for an array of which others have the same one."""
    name, below = key
    return f"{name}{LAYER_MARK}{''.join(c for c in below.lower() if c in ascii_lowercase) or 'bare'}"


def _beside(sides: Sequence[Node], points: set[str]) -> set[str]:
    """The letters that stand where a point does: a of `h(s, a, w)` beside `\\sum_b e^{h(s, b, w)}`."""
    uses = [use for side in sides for use in applications(side)]
    places = {
        (use.base.name, len(use.arguments), place)
        for use in uses
        for place, item in enumerate(use.arguments)
        if (p := point_of(item)) is not None and p[0] in points
    }
    return {
        p[0]
        for use in uses
        for place, item in enumerate(use.arguments)
        if (use.base.name, len(use.arguments), place) in places and (p := point_of(item)) is not None
    }


def _is_one_array(uses: Sequence[Applied], points: set[str]) -> bool:
    """Whether a name has the same marks and the same kinds of points wherever it is applied."""
    kinds = {
        tuple(sorted(p[0] for item in use.arguments if (p := point_of(item)) is not None and p[0] in points))
        for use in uses
        if not any(of_kind(item, Blank) for item in use.arguments)
    }
    if len(kinds) > 1 and all(len(kind) == 1 for kind in kinds):
        told = [[point_of(item) for item in use.arguments] for use in uses]
        kinds = {(str(n),) for each in told for n, p in enumerate(each) if p is not None and p[0] in points}
    marks = [{latex(mark) for use in uses if (mark := getattr(use, at)) is not None} for at in ("sub", "sup")]
    lone = all(is_told(item) for use in uses for item in use.arguments if not is_open(item))
    return (
        lone
        and all(len(each) < 2 for each in marks)
        and len(kinds) == 1
        and all(len(kind) <= MOST and len(set(kind)) == len(kind) for kind in kinds)
    )


def _counts(sub: Node) -> bool:
    """Whether what stands below a function is the index of an entry."""
    return isinstance(sub, Symbol) and sub.name in RUNNING_LETTERS and not sub.style


def _holds_open(node: Node) -> bool:
    """Whether a formula holds `\\phi(s, \\cdot)`, which is left as it is."""
    return any(map(is_open, (item for use in applications(node) for item in use.arguments)))


def _bound(node: BigOperator) -> tuple[str, int] | None:
    """The point below a Σ: of `a'` and of `a' \\in A`."""
    lower = node.lower.operands[0] if isinstance(node.lower, Relational) else node.lower
    return None if lower is None else point_of(lower)


def _rewritten(equation: Equation, arrays: Arrays) -> Equation | None:
    """An equation with its arrays; None where a point is used otherwise, or what may be no constant."""
    uses = [applied for side in equation.sides for applied in applications(side)]
    derives = any(differentiates(side, arrays.parameters) for side in equation.sides)
    for use in uses:
        here = [p for item in use.arguments if (p := point_of(item)) is not None and p[0] in arrays.points]
        other = bool(here) and _key(use) not in arrays.functions
        if other or (derives and use.sup is not None):
            return None
    made = rewritten(equation, lambda node: node if _holds_open(node) else _written(node, arrays))
    read = [side for side in made.sides if not _holds_open(side)]
    if uses and len(arrays.held) == 1:
        made = rewritten(made, lambda side: _derived_by(side, arrays.held[0]))
    return None if any(_strays(side, arrays.points) for side in read) else made


def _derived_by(side: Node, variable: Node) -> Node:
    """A formula with a variable below each ∇ that says none: the brackets that told it are gone."""

    def told(node: Product) -> Product:
        factors = [below(each, variable) if is_bare(each) else each for each in node.factors]
        same = all(new is old for new, old in zip(factors, node.factors, strict=True))
        return node if same else replace(node, factors=tuple(factors))

    return rebuilt(side, Product, told)


def _strays(node: Node, points: frozenset[str]) -> bool:
    """Whether a point stands on the line, where no array is told by it."""
    if isinstance(node, Symbol):
        return node.name in points and not node.style
    if isinstance(node, Scripted):
        if isinstance(node.base, Symbol) and node.base.name in ("nabla", "partial") and node.sub is not None:
            return _strays(node.sub, points)
        return _strays(node.base, points) or (node.sup is not None and _strays(node.sup, points))
    below = node.lower if isinstance(node, BigOperator) else None
    return any(_strays(child, points) for child in parts(node) if child is not below)


def _written(node: Node, arrays: Arrays) -> Node:
    if isinstance(node, BigOperator) and node.kind == "sum":
        point = _bound(node)
        if node.lower is None:
            point = _only_point(node.body, arrays)
        letter = arrays.letters.get(point, "") if point is not None else ""
        body = _written(node.body, arrays)
        lower = Symbol((node.lower or node).span, letter) if letter else node.lower
        return BigOperator(node.span, node.kind, lower, node.upper, body)
    if not isinstance(node, Product):
        return mapped(node, lambda child: _written(child, arrays))
    factors: list[Node] = []
    operators: list[Operator] = []
    position = 0
    while position < len(node.factors):
        pair = node.factors[position : position + 2]
        joined = len(pair) == 2 and not node.operators[position].kind
        entry = _entry(pair[0], pair[1], arrays) if joined else None
        factors.append(_written(pair[0], arrays) if entry is None else entry)
        position += 1 if entry is None else 2
        operators += node.operators[position - 1 : position]
    return factors[0] if len(factors) == 1 and not operators else _product(node, factors, operators)


def _product(node: Product, factors: Sequence[Node], operators: Sequence[Operator]) -> Product:
    return Product(node.span, tuple(factors), tuple(operators))


def _marked(side: Node, taken: Collection[tuple[str, str]]) -> Node:
    """A formula with each function that is an array elsewhere marked as another one at `x_i`."""

    def told(node: Product) -> Product:
        factors = list(node.factors)
        for at, (first, second) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
            applied = None if node.operators[at].kind else applied_to(first, second, marked=True)
            if applied is not None and _key(applied) in taken and applied_to(first, second) is None:
                base = replace(applied.base, name=f"{applied.base.name}{LAYER_MARK}elsewhere")
                factors[at] = replace(first, base=base) if isinstance(first, Scripted) else base
        return replace(node, factors=tuple(factors)) if factors != list(node.factors) else node

    return side if not taken or _holds_open(side) else rebuilt(side, Product, told)


def _only_point(body: Node, arrays: Arrays) -> tuple[str, int] | None:
    """The only point of what a Σ without limits sums."""
    inside = {p for use in applications(body) for p in map(point_of, use.arguments) if p in arrays.letters}
    return inside.pop() if len(inside) == 1 else None


def _entry(first: Node, second: Node, arrays: Arrays) -> Node | None:
    """`\\phi_a` for `\\phi(s, a)`, `z_{sa}` for `z(s, a)`; None for any other two factors."""
    applied = applied_to(first, second)
    if applied is None or _key(applied) not in arrays.functions:
        return None
    points = {p for item in applied.arguments if (p := point_of(item)) is not None and p in arrays.letters}
    if not points:
        return None
    span = first.span.cover(second.span)
    marks: tuple[Node, ...] = tuple(
        Symbol(second.span, arrays.letters[point]) for point in sorted(points, reverse=True)
    )
    if len(marks) == 1 and applied.sub is not None and _counts(applied.sub):
        marks += (applied.sub,)  # `f_k(x, y)` is an entry of f(x, y)
    between = tuple(Operator(span, "") for _ in marks[1:])
    sub = marks[0] if len(marks) == 1 else Product(second.span, marks, between)
    base = replace(applied.base, name=arrays.functions[_key(applied)])
    return Scripted(span, base, sub, applied.above)


def _densities(
    equations: Sequence[Equation], arrays: Arrays
) -> Iterator[tuple[tuple[str, str], tuple[Node, Node]]]:
    """By key, an entry of each density that is differentiated and never defined, and what stands for it."""
    defined = {
        _key(use)
        for equation in equations
        for left in (equation.head, *(link.left for link in equation.links))
        if isinstance(left, Product) and len(left.factors) == 2
        if (use := applied_to(*left.factors)) is not None
    }
    differentiated = any(differentiates(s, arrays.parameters) for e in equations for s in e.sides)
    uses = (a for e in equations for side in e.sides for a in applications(side))
    for use in uses if differentiated else ():
        points = [p for p in map(point_of, use.arguments) if p in arrays.letters]
        if use.sub is None or _key(use) in defined or len(points) != 1:
            continue
        if _key(use) in arrays.functions and points[0] is not None:
            letter, by = arrays.letters[points[0]], latex(use.sub)
            other = "i" if letter != "i" else "j"
            below = rf"\sum_{{{other}}} e^{{\Xi_{other}^T {by}}}"
            formula = parse_one(rf"\frac{{e^{{\Xi_{letter}^T {by}}}}}{{{below}}}")
            if formula is not None:
                base = replace(use.base, name=arrays.functions[_key(use)])
                yield _key(use), (Scripted(base.span, base, Symbol(base.span, letter), None), formula)
