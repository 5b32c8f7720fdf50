"""Quantities written with what they depend on: `a_2(z_2) = 1/(1 + e^{-z_2})`, `D(x) = e^u/(1 + e^u)`.

A letter with marks, or one whose formula does not hold what stands in its brackets, is no function: the left
side names a quantity and says of what it is one. Wherever the letter stands before the same brackets again
they say nothing new, so they are left out, and `a_2(z_2)(1 - a_2(z_2))` multiplies two quantities. Before
other brackets the letter keeps them. Functions by formula, losses and known functions keep theirs, and so do
entries, `K(m, n)`. `x = x(t)` only says of what x is a function: of one that nobody knows.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.function_names import is_parameterised, looks_like_function
from gradcheck.expr.written.functions import BUILTIN, FIXED
from gradcheck.expr.written.names import RUNNING_LETTERS, read_name
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind, rebuilt
from gradcheck.records import replace
from gradcheck.restating.functions.functions_apart import CHANGES, with_functions_apart

Written = tuple[str, tuple[str, ...]]
LOSS = "loss of "
# Letters for functions of which nothing is known.
OPEN_FUNCTIONS = ("\\psi", "\\varphi", "\\phi", "\\Psi", "\\Phi", "g", "h", "f")


def without_own_arguments(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements without the brackets that only repeat of what a quantity is one."""
    body = with_functions_apart(body)
    equations = [item for item in body if isinstance(item, Equation)]
    own = {written for equation in equations for written in _of_itself(equation)}
    quantities = {written for equation in equations for written in _defined(equation)}
    own |= quantities - _bound(quantities, equations)
    return without_brackets(_with_functions(body), own | _composed(equations) | _resting(equations))


def _bound(quantities: Iterable[Written], equations: Sequence[Equation]) -> set[Written]:
    """Those of several arguments of which one is told by another: `F(x, y)` beside `y = x^2`.

    Their `∂F/∂x` holds y, which only the brackets of F say.
    """
    several = {each for each in quantities if len(each[1]) > 1 and each[0] != LOSS}
    told: dict[str, set[str]] = {}
    for definition in definitions(equations) if several else ():
        told.setdefault(definition.name.key, set()).update(n.key for n in written_names(definition.right))
    found: set[Written] = set()
    for head in (unboxed(equation.head) for equation in equations if several):
        if not isinstance(head, Product) or not several.intersection(_applied(head)):
            continue
        function, brackets = head.factors[:2]
        if isinstance(brackets, Group) and set(brackets.separators) == {","}:  # `p(y \mid x)` holds no x
            own = [name.key for argument in brackets.items if (name := read_name(argument)) is not None]
            if any(_rests_on_others(key, own, told) for key in own):
                found.add((latex(function), tuple(map(latex, brackets.items))))
    return found


def _rests_on_others(key: str, keys: Sequence[str], told: Mapping[str, set[str]]) -> bool:
    """Whether what a key is told by, and so on, comes to another of some keys."""
    reached: set[str] = set()
    waiting = [key]
    while waiting:
        new = told.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return bool(reached.intersection(keys) - {key})


def _resting(equations: Sequence[Equation]) -> set[Written]:
    """The f and the w of `f(w) = \\sum_i \\log p_i` where a formula of p has the w; of `f(W)` with a `w_c`.

    The formula tells no function of w, but what rests on it; another argument anywhere makes a function of f.
    """
    heads = [(read_applied(unboxed(each.head)), each) for each in equations]
    open_ = [
        (applied, argument, each)
        for applied, each in heads
        if applied is not None and len(applied.arguments) == 1 and isinstance(unboxed(each.head), Product)
        if looks_like_function(applied.function) and applied.function.is_plain and not applied.function.sub
        if applied.function.base not in BUILTIN and each.links[0].relation.sign in ("=", ":=")
        if (argument := read_name(applied.arguments[0])) is not None and argument.is_plain
    ]
    if not open_:
        return set()
    made = {d.name.base: {n.base for n in written_names(d.right)} for d in definitions(equations)}
    found: set[Written] = set()
    for applied, argument, equation in open_:
        held = {name.base for name in written_names(equation.links[0].right)}
        rests = made.keys() & held
        within = {base for each in rests for base in made[each]} - held
        small = argument.base.isupper() and argument.base.lower() in held
        if argument.base in held or argument.sub or not (small or argument.base in within):
            continue
        head = unboxed(equation.head)
        if isinstance(head, Product):
            found.add((latex(head.factors[0]), tuple(map(latex, applied.arguments))))
    products = (node for e in equations for side in e.sides for node in of_kind(side, Product))
    uses = [each for node in products for each in _applied(node)] if found else []
    return {(letter, own) for letter, own in found if all(a == own for each, a in uses if each == letter)}


def _composed(equations: Sequence[Equation]) -> set[Written]:
    """The g and the x of `g(x) = x^2` where `f(g) = \\sin g` is told by it, and the f and the g.

    Then g is what f rests on, and `∂f/∂g` a factor of a chain. A function with another argument anywhere, be
    it a number, stays one.
    """
    told = {written for equation in equations for written in _function(equation)}
    heads = dict(told)
    inner = {(name, arguments) for name, arguments in told if any(other == (name,) for _, other in told)}
    applied = {
        written
        for equation in equations
        for side in equation.sides
        for node in of_kind(side, Product)
        for written in _applied(node)
    }
    kept = {
        (name, arguments)
        for name, arguments in inner
        if heads[name] == arguments and all(other == arguments for each, other in applied if each == name)
    }
    names = {name for name, _ in kept}
    return kept | {(name, arguments) for name, arguments in told if names.intersection(arguments)}


def _function(equation: Equation) -> Iterator[Written]:
    """The function of one name that an equation tells, with that name."""
    head = unboxed(equation.head)
    applied = read_applied(head)
    if applied is not None and isinstance(head, Product) and len(applied.arguments) == 1:
        told = (d.parameter for d in definitions([equation]) if d.is_function)
        if any(parameter is not None and parameter.is_plain and not parameter.sub for parameter in told):
            yield latex(head.factors[0]), tuple(map(latex, applied.arguments))


def _applied(node: Product) -> Iterator[Written]:
    """The names before brackets in a product, each with what the brackets hold."""
    for first, second, operator in zip(node.factors, node.factors[1:], node.operators, strict=False):
        group = second.base if isinstance(second, Scripted) else second
        if isinstance(group, Group) and group.open in ("(", "[") and not operator.kind:
            yield latex(first), tuple(map(latex, group.items))


def _of_itself(equation: Equation) -> Iterator[Written]:
    """The x and the t of `x = x(t)`."""
    right = equation.links[0].right
    applied, head = read_applied(right), read_name(unboxed(equation.head))
    if applied is None or head is None or not isinstance(right, Product) or len(equation.links) > 1:
        return
    names = [read_name(argument) for argument in applied.arguments]
    plain = all(name is not None and name.is_plain and name.key != head.key for name in names)
    if applied.function.key == head.key == head.base and plain:
        yield latex(right.factors[0]), tuple(map(latex, applied.arguments))


def _with_functions(body: Sequence[Statement]) -> list[Statement]:
    """The statements with a letter of functions that is free on the right side of each `x = x(t)`."""
    equations = [item for item in body if isinstance(item, Equation)]
    taken = {name.base for each in equations for side in each.sides for name in written_names(side)}
    free = iter([letter for letter in OPEN_FUNCTIONS if letter not in taken])
    made: list[Statement] = []
    for item in body:
        right = item.links[0].right if isinstance(item, Equation) and any(_of_itself(item)) else None
        letter = next(free, None) if isinstance(right, Product) else None
        if isinstance(item, Equation) and isinstance(right, Product) and letter is not None:
            function = Symbol(right.factors[0].span, letter.removeprefix("\\"))
            item = replace(
                item,
                links=(replace(item.links[0], right=replace(right, factors=(function, *right.factors[1:]))),),
            )
        made.append(item)
    return made


def without_brackets(body: Sequence[Statement], found: set[Written]) -> Sequence[Statement]:
    """The statements without certain brackets behind certain names.

    found   the names as they are written, each with what its brackets hold
    """
    if not found:
        return body

    def change(side: Node) -> Node:
        return rebuilt(side, Product, lambda node: _bare(node, found))

    return [rewritten(item, change) if isinstance(item, Equation) else item for item in body]


def _defined(equation: Equation) -> Iterator[Written]:
    """The quantity with its arguments that a left side names."""
    head = unboxed(equation.head)
    applied = read_applied(head)
    if applied is None or not isinstance(head, Product):
        return
    made = list(definitions([equation]))
    name = applied.function
    word = name.base in CHANGES | BUILTIN.keys() or name.base.removeprefix("\\") in FIXED
    if is_loss_name(name) and not word:
        yield LOSS, tuple(map(latex, applied.arguments))
        yield f"{LOSS}{latex(head.factors[0])}", ()
    known = word or is_loss_name(name) or looks_like_function(name) or is_parameterised(name)
    by_formula = any(definition.is_function for definition in made)
    if known or by_formula or not (made or isinstance(name.power, Symbol)):
        return
    arguments = [read_name(each) for each in applied.arguments]
    if all(each is not None and each.key not in RUNNING_LETTERS for each in arguments):
        yield latex(head.factors[0]), tuple(map(latex, applied.arguments))


def _bare(node: Product, found: set[Written]) -> Node:
    """A product without the brackets of such quantities; scripts on these are scripts of the quantity."""
    factors: list[Node] = []
    operators: list[Operator] = []
    bared: set[int] = set()
    for position, factor in enumerate(node.factors):
        before = node.operators[position - 1] if position else None
        if before is not None and not before.kind and _is_repeated(node.factors[position - 1], factor, found):
            factors[-1] = _with_scripts(factors[-1], factor)
            bared.add(len(factors) - 1)
            continue
        if before is not None:
            operators.append(before)
        factors.append(factor)
    if len(factors) == len(node.factors):
        return node
    operators += node.operators[len(node.factors) - 1 :]
    if len(factors) == 1 and not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(_multiplying(factors, operators, bared)))


def _is_repeated(first: Node, second: Node, found: set[Written]) -> bool:
    group = second.base if isinstance(second, Scripted) else second
    if not isinstance(group, Group) or group.open not in ("(", "["):
        return False
    scripts = second if isinstance(second, Scripted) else None
    raised = isinstance(first, Scripted) and first.sup is not None
    if scripts is not None and (scripts.sub is not None or raised):
        return False
    written, arguments = latex(first), tuple(map(latex, group.items))
    if (written, arguments) in found:
        return True
    # Parts of a loss: `L_{reg}(w)` beside `L(w) = ...`, where no left side is that part.
    name = read_name(first)
    marked = name is not None and is_loss_name(name) and bool(name.sub)
    return marked and (LOSS, arguments) in found and (f"{LOSS}{written}", ()) not in found


def _with_scripts(first: Node, second: Node) -> Node:
    """A letter with what stood on the brackets behind it, `D(x)^2`."""
    span = first.span.cover(second.span)
    if not isinstance(second, Scripted):
        return replace(first, span=span)
    if isinstance(first, Scripted):
        return replace(first, span=span, sup=second.sup, primes=second.primes)
    return replace(second, span=span, base=first)


def _multiplying(
    factors: Sequence[Node], operators: Sequence[Operator], bared: Container[int]
) -> Iterator[Operator]:
    """The operators of a product, a `·` where a quantity now stands before brackets that multiply it.

    bared   the places of these quantities
    """
    for position, operator in enumerate(operators):
        following = factors[position + 1] if position + 1 < len(factors) else None
        group = following.base if isinstance(following, Scripted) else following
        multiplies = position in bared and not operator.kind and isinstance(group, Group)
        yield replace(operator, kind="cdot") if multiplies else operator
