"""Which equations of a document define something: quantities, and functions by formula or by another name.

`a = b = c` defines a; where b is itself a bare name it may define b, too. `\\log p = a` defines p, and
`J(W,b) = ...` defines J; `g(z) = ...` defines the function g, and so does a value
`a_1 = g(z_1) = 1/(1+e^{-z_1})`. An equation whose right side holds its own left side is an update, and a
derivative on the left is a claim. A square product on the left, `L L^T = A`, defines the name on the right,
and a square, `s^2 = \\frac1n\\sum_i (x_i - m)^2`, its own positive root where nothing else says what that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.function_names import (
    FUNCTION_LETTERS,
    is_parameterised,
    looks_like_function,
    value_at,
)
from gradcheck.expr.written.functions import BUILTIN, FIXED, builtin_of
from gradcheck.expr.written.lists import listed_values
from gradcheck.expr.written.names import DELTAS, Name, index_parts, read_name
from gradcheck.expr.written.negation import minus, negated
from gradcheck.expr.written.quotients import derives_by, read_quotient
from gradcheck.expr.written.rates import has_step_size
from gradcheck.expr.written.roots import is_square_product, root_of, square_root
from gradcheck.expr.written.vocabulary import LOSS_INITIALS, is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import CASE, LISTED, NUMBERS, RECALLED, SOLUTION, Equation, Link
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Call,
    Dots,
    Group,
    Node,
    Number,
    Product,
    Relational,
    Scripted,
    Sum,
    Symbol,
    Wrapped,
)
from gradcheck.notation.walk import of_kind, parts
from gradcheck.records import dataclass, replace

DEFINING = {"=", ":=", "≡"}
# What stands before these may be named by what stands behind: always, and where no name stands before.
NAMES_ITS_RIGHT, MAY_NAME_ITS_RIGHT = "=:", "≡"


@dataclass(frozen=True, slots=True)
class Definition:
    """`name = right`, with its place in the document.

    parameter   the argument's name where a function is defined, else None
    place       (equation number, link number)
    by          the variable on which alone all that depends is told: a derivative by it tells the formula
    by_logarithm  the left side is its logarithm: `\\log L(w) = ...` tells of a likelihood, which is no loss
    is_root     the left side is its square: the right side was put below a root, or has its own square off
    """

    name: Name
    right: Node
    place: tuple[int, int]
    parameter: Name | None = None
    is_function: bool = False
    is_root: bool = False
    by: Name | None = None
    by_logarithm: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """A written application `g(z)`: the function's name and its arguments."""

    function: Name
    arguments: tuple[Node, ...]


def unboxed(node: Node) -> Node:
    """A node without boxes and colours around it."""
    while isinstance(node, Wrapped) and node.kind in ("boxed", "color", "fbox", "colorbox"):
        node = node.body
    return node


def read_applied(node: Node) -> Applied | None:
    """Recognise a name juxtaposed with brackets, and nothing more."""
    node = unboxed(node)
    if not isinstance(node, Product) or len(node.factors) != 2 or [o.kind for o in node.operators] != [""]:
        return None
    name, group = read_name(node.factors[0]), node.factors[1]
    if name is None or not isinstance(group, Group) or group.open not in "([":
        return None
    return Applied(name, group.items)


def definitions(equations: Iterable[Equation]) -> Iterator[Definition]:
    """All candidate definitions of a document in order."""
    return chain.from_iterable(map(_of_equation, equations))


@once_a_node
def _of_equation(equation: Equation) -> tuple[Definition, ...]:
    if equation.connective in ("condition", NUMBERS, RECALLED, CASE, SOLUTION, LISTED):
        return ()
    found = [found for link in equation.links for found in _of_link(equation, link)]
    return (*found, *_through_value(equation, found))


def _through_value(equation: Equation, found: Sequence[Definition]) -> Iterator[Definition]:
    """`g(u) = v = 1 + 2u` defines the function as well as the letter of its value."""
    applied, value = read_applied(equation.head), found[0] if found else None
    if applied is None or value is None or value.place[1] != 2:
        return
    letters = {name.base for node in applied.arguments for name in written_names(node)} | {value.name.base}
    told = _applied_definition(applied, value.right, (equation.number, 1))
    if told is not None and told.is_function and told.name.base not in letters:
        yield told


def _of_link(equation: Equation, link: Link) -> Iterator[Definition]:
    place, sign = (equation.number, link.number), link.relation.sign
    if sign == NAMES_ITS_RIGHT:
        named = negated(unboxed(link.right))  # `u - v =: -E`
        sides = (link.right, link.left) if named is None else (named, minus(link.left))
        found = _definition(*sides, place)
        yield from [found] if found is not None else []
    elif sign in DEFINING and not _is_value(link):
        for listed, value in listed_values(unboxed(link.left), unboxed(link.right)):
            yield Definition(listed, value, place)
        found = _definition(link.left, link.right, place)
        if found is None and sign == MAY_NAME_ITS_RIGHT and read_name(unboxed(link.left)) is None:
            found = _definition(link.right, link.left, place)
        if found is not None:
            yield found
            yield from _values(found)
            yield from _functions(link.left, found)


def _is_value(link: Link) -> bool:
    """Whether a chain ends in numbers here, `v = x = 2`; `m = v = 0` is where both start."""
    start = isinstance(link.right, Number) and link.right.text == "0"
    return link.number > 1 and not start and is_closed(link.right)


def _values(function: Definition) -> Iterator[Definition]:
    """`h_\\theta(x) = ...` defines the quantity `h_\\theta`, too: people write `\\partial h_\\theta`."""
    if function.parameter is not None and is_parameterised(function.name):
        yield Definition(value_at(function.name, function.parameter), function.right, function.place)


def _functions(left: Node, quantity: Definition) -> Iterator[Definition]:
    """`s(u) = u^2` or `\\log s(u) = -u^2` defines a function, too, by any letter: `s(w x)` may apply it."""
    left = unboxed(left)
    applied = read_applied(left.argument if quantity.by_logarithm and isinstance(left, Call) else left)
    named = is_loss_name(quantity.name) and quantity.name.base not in LOSS_INITIALS
    if applied is None or quantity.is_function or len(applied.arguments) != 1 or named:
        return
    parameter = read_name(applied.arguments[0])
    if parameter is None or not parameter.is_plain or parameter.sub or parameter.sample is not None:
        return
    if _is_formula_in(quantity.right, applied.arguments[0], quantity.name):
        yield replace(quantity, parameter=parameter, is_function=True)


def _definition(left: Node, right: Node, place: tuple[int, int]) -> Definition | None:
    left = unboxed(left)
    if isinstance(left, Call) and isinstance(left.function, Symbol) and left.function.name in ("log", "ln"):
        exponential = Call(right.span, Symbol(right.span, "exp"), Group(right.span, "(", ")", (right,)))
        found = None if _applies_builtin(left.argument) else _definition(left.argument, exponential, place)
        return None if found is None else replace(found, by_logarithm=True)
    applied = read_applied(left)
    if applied is not None:
        return _another_name(left, right, place) or _applied_definition(applied, right, place)
    name = read_name(left)
    if name is None and is_square_product(left):
        named = read_name(unboxed(right))
        is_free = named is not None and named.is_plain and named.base not in ("I", "\\mathbb{I}", "E")
        return Definition(named, left, place) if named is not None and is_free else None
    if name is None or read_quotient(left) is not None or mentions(right, left) or is_step(right, name):
        return None
    if _is_described(name, right):
        return None
    if not name.is_plain:
        return _root(name, right, place)
    return Definition(name, right, place, is_function=_names_function(name, right))


def _is_described(name: Name, right: Node) -> bool:
    """Whether entries are only told about: by a word, `x_i = input`, or as Kronecker's `\\delta_{ij} = 1`."""
    indexed = [part for part in name.sub if len(part) == 1 and part.islower()]
    if name.base in DELTAS and len(indexed) == 2:
        return isinstance(right, Number) and right.text in ("0", "1")
    return bool(indexed) and isinstance(right, Symbol) and right.style == "word" and right.name.islower()


def _applies_builtin(node: Node) -> bool:
    """Whether a known function is applied: `\\log \\sigma(x) = ...` claims something of it."""
    applied = read_applied(node.items[0] if isinstance(node, Group) and len(node.items) == 1 else node)
    return applied is not None and builtin_of(applied.function) is not None


def _root(name: Name, right: Node, place: tuple[int, int]) -> Definition | None:
    """`\\sigma^2 = ...` as what σ is: the positive root, entry by entry; of `e^2 = (a - b)^2` it is `a - b`.

    What a bare name or a number squares is asked for.
    """
    bare = square_root(name)
    if bare is None or read_name(right) is not None or not written_names(right):
        return None
    return Definition(bare, root_of(unboxed(right)), place, is_root=True)


def _another_name(left: Node, right: Node, place: tuple[int, int]) -> Definition | None:
    """`\\text{softmax}(v) = \\psi(v)` calls a known function by a letter of its own."""
    known, letter = read_applied(left), read_applied(right)
    if known is None or letter is None or not isinstance(left, Product) or not letter.function.is_plain:
        return None
    new = known.function.base in BUILTIN and letter.function.base in FUNCTION_LETTERS - set(BUILTIN)
    names = [read_name(node) for node in (*known.arguments, *letter.arguments)]
    same = len(names) == 2 and None not in names and len({name.key for name in names if name}) == 1
    return Definition(letter.function, left.factors[0], place, is_function=True) if new and same else None


def _applied_definition(applied: Applied, right: Node, place: tuple[int, int]) -> Definition | None:
    name = applied.function
    if not name.is_plain or name.base.removeprefix("\\") in FIXED or _applies_again(right, applied):
        return None
    if _is_known_by_itself(name, right):
        return None
    by_initials = name.base in LOSS_INITIALS  # `RSS(\\beta)` is a value as much as a function, as `J(w)` is
    may_be_function = looks_like_function(name) or is_parameterised(name)
    if len(applied.arguments) == 1 and may_be_function and not by_initials:
        if _is_output(right):
            return Definition(name, right, place)
        parameter = read_name(applied.arguments[0])
        if (
            parameter is None
            or not parameter.is_plain
            or not _is_formula_in(right, applied.arguments[0], name)
        ):
            return Definition(name, right, place) if is_loss_name(name) and parameter is not None else None
        return Definition(name, right, place, parameter, is_function=True)
    if all(read_name(argument) is not None or isinstance(argument, Dots) for argument in applied.arguments):
        return Definition(name, right, place)
    if len(applied.arguments) > 1 and looks_like_function(name):
        return Definition(with_arguments(name, applied.arguments), right, place)
    return None


def _is_known_by_itself(name: Name, right: Node) -> bool:
    """`\\text{softmax}(x) = \\text{softmax}(x + c)` says something of a known function: it defines none."""
    return name.base in BUILTIN and any(inner.key == name.key for inner in written_names(right))


def _is_output(node: Node) -> bool:
    """Whether `f(x) = L` only says by which letter a whole program goes that ends in L."""
    name = read_name(unboxed(node))
    return name is not None and name.is_plain and is_loss_name(name)


def _applies_again(node: Node, applied: Applied) -> bool:
    """Whether a formula holds the application it is to define: `Q(s, a) = Q(s, a) + ...` is an update."""
    sought = [latex(argument) for argument in applied.arguments]
    return any(
        isinstance(group, Group)
        and (name := read_name(factor)) is not None
        and name.key == applied.function.key
        and [latex(item) for item in group.items] == sought
        for inner in of_kind(node, Product)
        for factor, group in zip(inner.factors, inner.factors[1:], strict=False)
    )


def with_arguments(name: Name, arguments: Iterable[Node]) -> Name:
    """`Cost(h(x^{(i)}), y^{(i)})` as the cost of sample i: a quantity written with what it depends on."""
    marks = {n.sample for argument in arguments for n in written_names(argument)} - {None}
    return name.without(sample=marks.pop()) if len(marks) == 1 and name.sample is None else name


def is_step(node: Node, new: Name | None = None) -> bool:
    """Whether a right side is a step of descent; given what is new, `-\\alpha dw`, without its start, too."""
    terms = node.terms if isinstance(node := unboxed(node), Sum) else ()
    steps = [term.body for term in terms[len(terms) > 1 :] if term.sign == "-"]
    is_whole = len(terms) > 1 or (new is not None and derives_by(node, new))
    return is_whole and any(map(has_step_size, steps))


def _names_function(name: Name, right: Node) -> bool:
    """`g^{[1]} = \\text{ReLU}`: a function by another name."""
    other = read_name(right)
    return other is not None and name.base in FUNCTION_LETTERS and other.base in BUILTIN


def mentions(node: Node, sought: Node) -> bool:
    """Whether a name occurs in a formula, be it in an exponent, whatever its spans."""
    wanted = read_name(sought)
    return wanted is not None and any(
        (name.key == wanted.key and name.sample == wanted.sample)
        or (name.power is not None and mentions(name.power, sought))
        for name in written_names(node)
    )


def _mentions_entries(node: Node, argument: Node) -> bool:
    """Whether a formula sums over entries of its argument: `h(x) = \\sum_i \\theta_i x_i`."""
    whole = read_name(argument)
    return whole is not None and any(
        name.sub and name.without(sub=()).key == whole.key and set(name.sub) <= _indices(big)
        for big in of_kind(node, BigOperator)
        for name in written_names(big.body)
    )


def _indices(big: BigOperator) -> set[str]:
    """The letters that a sum binds."""
    below = big.lower.operands[0] if isinstance(big.lower, Relational) else big.lower
    return set() if below is None else set(index_parts(below))


def _is_formula_in(node: Node, argument: Node, function: Name) -> bool:
    """Whether a formula is one in its argument, maybe in an exponent of e.

    `\\sigma(z) = 1/(1 + e^{-z})` says nothing new of a function that is called so everywhere: it is a claim.
    """
    if mentions(node, argument) or _mentions_entries(node, argument):
        return True
    exponents = [n.power for n in written_names(node) if n.base == "e" and n.power is not None]
    return function.base not in BUILTIN and any(mentions(power, argument) for power in exponents)


@once_a_node
def written_names(node: Node) -> tuple[Name, ...]:
    """Every name in a formula, with its scripts; scripts are not searched, but what e is raised to is."""
    if isinstance(node, (Accent, Symbol, Scripted)):
        name = read_name(node)
        if name is not None:
            raised = name.power if name.base == "e" and not name.sub else None
            return (name,) if raised is None else (name, *written_names(raised))
    found: list[Name] = []
    for child in parts(node):
        found += written_names(child)
    return tuple(found)
