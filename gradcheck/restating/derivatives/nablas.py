"""`∇f` without a variable: the one that its author means is put in, where only one can be meant.

That is the argument of `f(x)` where f is defined with it, else the only name that the document derives by. Of
a formula, `\\nabla (a^T x)`, it is the only one of those names in it; where nothing is derived by name, the
only one that stands in each of several formulas that are derived so.
Everything behind this stage sees `∇_x f`. Where several are possible the sign stays bare, and a formula
with a bare sign has no meaning: it never becomes a quantity. A loss that no formula tells is derived by what
stands in its brackets, and is the same without them: `\\nabla J(\\theta)` is `\\nabla_\\theta J`.
A variable that is written behind the sign instead, `\\nabla\\theta J`, `∇λL`, goes below it.
A prime on a function of a whole array, `f'(w)` of `f(w) = w^T A w`, is its gradient, and two its Hessian.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import DEFINING, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, Group, Node, Number, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, of_kind, rebuilt, walk
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated


def with_variables(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with the variable below every `∇` that can mean one only."""
    body = _with_losses_bare(
        [rewritten(item, _without_arrow) if isinstance(item, Equation) else item for item in body]
    )
    body = _with_primes_of_arrays(body)
    equations = [item for item in body if isinstance(item, Equation)]
    sides = (side for each in equations for side in each.sides if "nabla" in letters_in(side))
    if not any(is_bare(node) for side in sides for node in walk(side)):
        return tuple(body)
    body = _with_variables_below(body, equations)
    equations = [item for item in body if isinstance(item, Equation)]
    arguments = _arguments(equations)
    only = _only_variable(equations)
    varied = _varied(equations)

    def completed(side: Node) -> Node:
        return rebuilt(side, Product, lambda node: _completed(node, arguments, only, varied))

    return tuple(rewritten(item, completed) if isinstance(item, Equation) else item for item in body)


def _with_variables_below(body: Sequence[Statement], equations: Iterable[Equation]) -> Sequence[Statement]:
    """The statements with `∇_λ L` for `∇λL`, where λ stands in what tells L and so scales nothing."""
    held: dict[str, set[str]] = {}
    for equation in equations:
        applied, head = read_applied(unboxed(equation.head)), read_name(unboxed(equation.head))
        function = head if applied is None else applied.function
        if function is not None and function.is_plain and equation.links[0].relation.sign in DEFINING:
            told = (*([] if applied is None else applied.arguments), equation.links[0].right)
            held.setdefault(function.key, {name.key for side in told for name in written_names(side)})

    def lowered(node: Product) -> Product:
        sign, variable, function = (*node.factors, node, node)[:3]
        name, of = read_name(variable), read_name(function)
        if not is_bare(sign) or name is None or of is None or any(o.kind for o in node.operators[:2]):
            return node
        if not name.is_plain or name.key in held or name.key not in held.get(of.key, ()):
            return node
        factors = (below(sign, variable), *node.factors[2:])
        return replace(node, factors=factors, operators=node.operators[1:])

    def changed(side: Node) -> Node:
        return rebuilt(side, Product, lowered)

    return [rewritten(item, changed) if isinstance(item, Equation) else item for item in body]


def _with_primes_of_arrays(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `∇` for the primes of functions of an array, at the array that tells them."""
    primed = {
        node.base.name.lstrip("\\")
        for item in body
        if isinstance(item, Equation)
        for side in item.sides
        for node in of_kind(side, Scripted)
        if node.primes and isinstance(node.base, Symbol)
    }
    told: dict[str, str] = {}
    for item in body if primed else ():
        applied = read_applied(unboxed(item.head)) if isinstance(item, Equation) else None
        if not isinstance(item, Equation) or applied is None or len(applied.arguments) != 1:
            continue
        argument, function = read_name(applied.arguments[0]), applied.function
        known = function.base.lstrip("\\") in primed and function.is_plain and not function.sub
        if known and argument is not None and _is_array(item.links[0].right, argument):
            told[function.key] = argument.key
    if not told:
        return body

    def gradient(node: Product) -> Product:
        for place, (letter, group) in enumerate(pairwise(node.factors)):
            if not isinstance(letter, Scripted) or letter.primes not in (1, 2) or letter.sub or letter.sup:
                continue
            name = read_name(letter)
            one = isinstance(group, Group) and len(group.items) == 1 and not node.operators[place].kind
            if name is None or not one or not isinstance(group, Group):
                continue
            argument = read_name(group.items[0])
            if argument is not None and argument.is_plain and told.get(name.base) == argument.key:
                sup = Number(letter.span, "2") if letter.primes == 2 else None
                sign = Scripted(letter.span, Symbol(letter.span, "nabla"), group.items[0], sup)
                factors = (*node.factors[:place], sign, letter.base, *node.factors[place + 1 :])
                signs = (*node.operators[:place], Operator(letter.span, ""), *node.operators[place:])
                return replace(node, factors=factors, operators=signs)
        return node

    return [
        rewritten(item, lambda side: rebuilt(side, Product, gradient)) if isinstance(item, Equation) else item
        for item in body
    ]


def _is_array(formula: Node, argument: Name) -> bool:
    """Whether a formula has a name as an array: transposed, in a norm, behind a transposed or a capital."""
    if any(name.key == argument.key and name.transpose for name in written_names(formula)):
        return True
    norms = (node for node in of_kind(formula, Group) if node.open == "\\|")
    if any(name.key == argument.key for node in norms for name in written_names(node)):
        return True
    for node in of_kind(formula, Product):
        for before, behind in pairwise(map(read_name, node.factors)):
            same = before is not None and behind is not None and behind.key == argument.key
            if before is not None and same and (before.transpose or before.base.isupper()):
                return True
    return False


def _with_losses_bare(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the derivatives of losses that no formula tells written without their brackets."""
    known = {d.name.base for d in definitions(item for item in body if isinstance(item, Equation))}

    def bare(node: Product) -> Product:
        for place in range(len(node.factors) - 2):
            kept = _of_loss(node.factors[place : place + 3], known)
            if kept is not None and not any(o.kind for o in node.operators[place : place + 2]):
                factors = (*node.factors[:place], *kept, *node.factors[place + 3 :])
                operators = (*node.operators[: place + 1], *node.operators[place + 2 :])
                return replace(node, factors=factors, operators=operators)
        return node

    def changed(side: Node) -> Node:
        return rebuilt(side, Product, bare)

    return [rewritten(item, changed) if isinstance(item, Equation) else item for item in body]


def _of_loss(factors: Sequence[Node], known: Container[str]) -> tuple[Node, Node] | None:
    """A sign of derivatives and the loss behind it, without the brackets behind that."""
    sign, loss, group = factors
    name = read_name(loss)
    if name is None or not is_loss_name(name) or name.base in known or not isinstance(group, Group):
        return None
    if group.open != "(" or any(read_name(item) is None for item in group.items):
        return None
    quotient = read_quotient(sign)
    if isinstance(sign, Scripted) and sign.base == Symbol(sign.base.span, "nabla") and sign.sub is not None:
        return sign, loss
    if quotient is not None and quotient.target is None:
        return sign, loss
    return (below(sign, group.items[0]), loss) if is_bare(sign) and len(group.items) == 1 else None


def _without_arrow(side: Node) -> Node:
    """A formula with a plain sign for `\\vec\\nabla`."""

    def plain(node: Accent) -> Node:
        match node:
            case Accent(kind="vec", base=Symbol(name="nabla") as sign):
                return replace(sign, span=node.span)
            case _:
                return node

    return rebuilt(side, Accent, plain)


def _varied(equations: Sequence[Equation]) -> Mapping[str, Node]:
    """What formulas may be derived by, by key: what is derived by name, else what stands in all of them."""
    named = {name.key: _written(equations, name) for name in differentiated(equations)}
    if not named:
        formulas = {latex(each): each for equation in equations for each in _derived(equation)}
        letters = [{name.key: name for name in written_names(each)} for each in formulas.values()]
        shared = set(letters[0]).intersection(*letters) if len(letters) > 1 else set()
        named = {key: _written(equations, letters[0][key]) for key in shared} if len(shared) == 1 else {}
    return {key: node for key, node in named.items() if node is not None}


def _derived(equation: Equation) -> Iterator[Node]:
    """The formulas behind bare signs that are no names."""
    for node in (node for side in equation.sides for node in of_kind(side, Product)):
        for sign, behind in zip(node.factors, node.factors[1:], strict=False):
            if is_bare(sign) and read_name(behind) is None:
                yield behind


def _completed(
    product: Product, arguments: Mapping[str, Node | None], only: Node | None, varied: Mapping[str, Node]
) -> Product:
    """A product with the variable below each of its bare signs."""
    product = _with_hessian(product, arguments)
    factors = list(product.factors)
    for position, factor in enumerate(factors[:-1]):
        if is_bare(factor):
            variable = _variable(factors[position + 1 :], arguments, only)
            if variable is None and read_name(factors[position + 1]) is None:
                inside = {name.key for name in written_names(factors[position + 1])} & varied.keys()
                variable = varied[inside.pop()] if len(inside) == 1 else None
            factors[position] = factor if variable is None else below(factor, variable)
    same = all(new is old for new, old in zip(factors, product.factors, strict=True))
    return product if same else replace(product, factors=tuple(factors))


def _with_hessian(product: Product, arguments: Mapping[str, Node | None]) -> Product:
    """A product with `∇_w^2 f(w)` for `∇∇ f(w)` and `∇^2 f(w)`, where f is told by that w."""
    factors = product.factors
    for place, sign in enumerate(factors[:-2]):
        squared = isinstance(sign, Scripted) and isinstance(sign.sup, Number) and sign.sup.text == "2"
        behind = place + (1 if squared else 2)
        if not is_bare(sign) or not (squared or is_bare(factors[place + 1])) or behind + 1 >= len(factors):
            continue
        name, group = read_name(factors[behind]), factors[behind + 1]
        told = None if name is None else arguments.get(name.key)
        if told is None or not isinstance(group, Group) or [*map(latex, group.items)] != [latex(told)]:
            continue
        second = Scripted(sign.span, Symbol(sign.span, "nabla"), told, Number(sign.span, "2"))
        operators = (*product.operators[:place], *product.operators[behind - 1 :])
        return replace(product, factors=(*factors[:place], second, *factors[behind:]), operators=operators)
    return product


def is_bare(node: Node) -> bool:
    """Whether a node is a ∇ that does not say by what it differentiates."""
    match node:
        case Symbol(name="nabla") | Scripted(base=Symbol(name="nabla"), sub=None, primes=0):
            return True
        case _:
            return False


def below(nabla: Node, variable: Node) -> Node:
    """A bare ∇ with a variable below."""
    if isinstance(nabla, Scripted):
        return replace(nabla, sub=variable)
    return Scripted(nabla.span, nabla, sub=variable, sup=None)


def with_hessians_as_nablas(body: Sequence[Statement], known: Container[str]) -> Sequence[Statement]:
    """The statements with `∇^2 f` for the sides `\\mathbf{H} f`, `H f(x, y)` and `H_f(x, y)` of a known f.

    Only where H is this in all of the document: elsewhere it is a letter.
    """
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for each in equations for side in each.sides if "H" in letters_in(side)]
    told = {id(side): sign for side in sides if (sign := _of_hessian(side, known)) is not None}
    if not sides or len(told) < len(sides):
        return body
    return [
        rewritten(item, lambda side: told.get(id(side), side)) if isinstance(item, Equation) else item
        for item in body
    ]


def _of_hessian(side: Node, known: Container[str]) -> Node | None:
    """`∇^2 f` with what stands behind, for a side that applies a letter H to a known f; None for others."""
    whole = unboxed(side)
    factors = whole.factors if isinstance(whole, Product) else (whole,)
    signs = whole.operators if isinstance(whole, Product) else ()
    name, first = read_name(factors[0]), factors[0]
    if name is None or name.base != "H" or not name.is_plain or any(o.kind for o in signs):
        return None
    if isinstance(first, Scripted) and first.sub is not None and first.sup is None:
        rest: tuple[Node, ...] = (first.sub, *factors[1:])
    else:
        rest = () if name.sub or isinstance(first, Scripted) else factors[1:]
    function = read_name(rest[0]) if rest else None
    inside = any("H" in letters_in(node) for node in rest)
    if function is None or function.key not in known or len(rest) > 2 or inside:
        return None
    if len(rest) == 2 and not isinstance(rest[1], Group):
        return None
    sign = Scripted(first.span, Symbol(first.span, "nabla"), None, Number(first.span, "2"))
    return Product(side.span, (sign, *rest), tuple(Operator(first.span, "") for _ in rest))


def _variable(behind: Sequence[Node], arguments: Mapping[str, Node | None], only: Node | None) -> Node | None:
    """What a ∇ before these factors differentiates by; None where its argument says it, or nothing does.

    The gradient at another point, `∇f(x_0)`, is not the gradient by the name of that point.
    """
    target = read_name(behind[0])
    if len(behind) > 1 and isinstance(behind[1], Group):
        return None
    return only if target is None else arguments.get(target.key, only)


def _arguments(equations: Iterable[Equation]) -> dict[str, Node | None]:
    """The argument with which each function is defined; None for several."""
    found: dict[str, Node | None] = {}
    for equation in equations:
        applied = read_applied(unboxed(equation.head))
        if applied is not None and all(read_name(argument) is not None for argument in applied.arguments):
            only = applied.arguments[0] if len(applied.arguments) == 1 else None
            found.setdefault(applied.function.key, only)
    return found


def _only_variable(equations: Sequence[Equation]) -> Node | None:
    names = differentiated(equations)
    return _written(equations, names[0]) if len(names) == 1 else None


def _written(equations: Sequence[Equation], name: Name) -> Node | None:
    """The node of a name, somewhere in the equations: one without a sign of a transpose, if there is one."""
    nodes = (node for equation in equations for side in equation.sides for node in walk(side))
    named = [
        (node, found) for node in nodes if (found := read_name(node)) is not None and found.key == name.key
    ]
    plain = next((node for node, found in named if found.is_plain), None)
    if plain is None and named and isinstance(named[0][0], Scripted) and named[0][1].transpose:
        return replace(named[0][0], sup=None) if named[0][0].sub else named[0][0].base
    return plain or (named[0][0] if named else None)
