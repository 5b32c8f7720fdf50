"""How a document uses the names of functions: what stands before several arguments, and before which.

`∂f/∂x` beside `u = f(x, y)` derives the value that f has there. Where f is written with other arguments
elsewhere, which of its values is meant cannot be told, and the bare name stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.written.definitions import Applied, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import Name, base_text, read_name
from gradcheck.expr.written.quotients import Quotient, quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import Vocabulary, is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.scripts import is_transposition
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Call, Group, Node, Number, Product, Root, Scripted, Sum
from gradcheck.notation.walk import letters_in, of_kind
from gradcheck.records import dataclass, field
from gradcheck.source import Span

# Letters of functions that parameters have, too.
PARAMETERS = {"\\theta", "\\rho"}
# The letter of sigmoids, and of activations in general.
SIGMA = "\\sigma"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a document writes before brackets.

    several     bases of what stands nowhere but before two or more arguments
    applied     key → the application that defines it, else the only one that is written
    arguments   key → the keys of the several arguments with which it is defined
    defined     keys of which `applied` is the left side that defines them
    paths       what a sum over paths derives on the way, and by what: u and m by x
    derived     what a line tells the derivative of, and by what, where that is not zero: `∂u/∂x = c`
    apart       bases of functions that carry a mark wherever they stand, `g_1(z)`, `g^{[2]}(a)`: one for each
    reducing    bases of functions of all entries: they make the loss, `L = f(s)`, or have a gradient
    called      bases of what stands before names in brackets somewhere
    positive    bases of functions of whose values a logarithm, a root or a power by letters is taken
    primed      bases of what has a prime before a name in brackets, `F'(x)`, or a gradient, `\\nabla_x F(x)`
    """

    several: frozenset[str] = frozenset()
    applied: Mapping[str, Node] = field(default_factory=dict)
    arguments: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reducing: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    primed: frozenset[str] = frozenset()
    paths: frozenset[tuple[str, str]] = frozenset()
    positive: frozenset[str] = frozenset()
    derived: frozenset[tuple[str, str]] = frozenset()

    def refuse_bare(self, name: Name) -> None:
        """Raise MeaningError for the letter of a function that stands before brackets elsewhere."""
        if name.base in FUNCTION_LETTERS & self.called and not name.sub:
            raise MeaningError(f"which value of the function {name.base} is meant is not written", name.span)

    @property
    def functions(self) -> frozenset[str]:
        """Bases of what brackets are applied to, by how the document writes it."""
        return self.several | self.apart | self.primed


def usage(equations: Iterable[Equation], several: frozenset[str]) -> Usage:
    """How the equations of a document use the names of functions, without the keys of their arguments."""
    listed = list(equations)
    written: dict[str, dict[str, Node]] = {}
    for key, node in (found for e in listed for side in e.sides for found in _applications(side)):
        written.setdefault(key, {})[latex(node)] = node
    applied = {base: node for base, nodes in written.items() if len(nodes) == 1 for node in nodes.values()}
    defined: set[str] = set()
    for definition in definitions(listed):
        head = next(equation.head for equation in listed if equation.number == definition.place[0])
        if definition.place[1] != 1 or read_applied(head) is None:
            continue
        if definition.parameter is not None:
            applied[definition.name.key] = unboxed(head)
        if latex(applied.get(definition.name.key, head)) == latex(unboxed(head)):
            applied[definition.name.key] = unboxed(head)
            defined.add(definition.name.key)
    marked = {n.base for e in listed for side in e.sides for n in written_names(side) if n.sub}
    applied_to_names = {base for base, nodes in written.items() if any(map(_is_called, nodes.values()))}
    called = frozenset(applied_to_names - marked)
    apart, told = _apart(listed), primed(listed) | of_all_entries(listed)
    paths = frozenset(path for equation in listed for path in _paths(equation))
    wanted = {base for e in listed for side in e.sides for base in _above_zero(side)}
    above_zero = frozenset(b for b in wanted if b[:1] != "-" and f"-{b}" not in wanted)
    bare = frozenset(defined)
    derived = told_slopes(listed)
    return Usage(
        several, applied, {}, reducing(listed), bare, called, apart, told, paths, above_zero, derived
    )


def told_slopes(equations: Iterable[Equation]) -> frozenset[tuple[str, str]]:
    """What lines tell the derivative of, and by what, where it is not zero."""
    return frozenset(found for equation in equations for found in _derived(equation))


@once_a_node
def _above_zero(side: Node) -> tuple[str, ...]:
    """The functions whose values have to be positive; those in a difference with a `-` before them.

    These need not be positive, and `\\log f(z)` beside `\\log(1 - f(z))` asks for a probability.
    """
    roots, calls = of_kind(side, Root), of_kind(side, Call)
    inside: list[Node] = [root.radicand for root in roots] if roots else []
    if calls:
        inside += [call.argument for call in calls if base_text(call.function) in ("log", "ln")]
    found: list[str] = []
    for node in inside:
        sign = "-" if of_kind(node, Sum) else ""
        found += [f"{sign}{base}" for base, _ in _applications(node)]
    for node in of_kind(side, Product) if of_kind(side, Scripted) else ():
        for factor, raised in zip(node.factors, node.factors[1:], strict=False):
            power = raised.sup if isinstance(raised, Scripted) and isinstance(raised.base, Group) else None
            base = base_text(factor)
            if power is None or base is None or isinstance(power, Group) or is_transposition(power):
                continue
            found += [base] if letters_in(power) else []
    return tuple(found)


def primed(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters that stand with a prime before brackets that hold one name, and are told no value."""
    listed = list(equations)
    own = {d.name.base for d in definitions(listed) if not d.is_function}
    return frozenset(base for e in listed for side in e.sides for base in _primed(side)) - own


@once_a_node
def _primed(side: Node) -> tuple[str, ...]:
    return tuple(_with_primes(side))


def _with_primes(side: Node) -> Iterator[str]:
    for node in of_kind(side, Product):
        for factor, group, sign in zip(node.factors, node.factors[1:], node.operators, strict=False):
            name = read_name(factor)
            held = group.items if isinstance(group, Group) and sign.kind == "" else ()
            if name is not None and name.primes and [read_name(item) is None for item in held] == [False]:
                yield name.base


def _paths(equation: Equation) -> Iterator[tuple[str, str]]:
    """What each term of `∂L/∂u ∂u/∂x + ∂L/∂m c` goes through, u and m, where the head is `∂L/∂x`."""
    head = read_quotient(unboxed(equation.head))
    names = (None, None) if head is None else _names(head)
    for side in equation.sides[1:] if None not in names else ():
        terms = side.terms if isinstance(side, Sum) else ()
        through = [_through(term.body, names) for term in terms]
        if len(set(through)) > 1 and None not in through:
            yield from ((str(each), str(names[1])) for each in through)


def _derived(equation: Equation) -> Iterator[tuple[str, str]]:
    """The keys of what an equation tells the derivative of, and of what it is derived by."""
    quotient = read_quotient(unboxed(equation.head))
    if quotient is None or quotient.target is None or len(quotient.variables) != 1:
        return
    target, by = read_name(quotient.target), read_name(quotient.variables[0])
    nothing = any(isinstance(side, Number) and side.text == "0" for side in equation.sides[1:])
    if target is not None and by is not None and target.key != by.key and not nothing:
        yield target.key, by.key


def _through(term: Node, ends: tuple[str | None, str | None]) -> str | None:
    """What a product of derivatives from a target to a variable goes through last, else first."""
    body = term.items[0] if isinstance(term, Group) and len(term.items) == 1 else term
    factors = body.factors if isinstance(body, Product) else ()
    read = [_names(found) for factor in factors if (found := read_quotient(factor)) is not None]
    last = [target for target, variable in read if variable == ends[1]]
    return next(iter((*last, *(variable for target, variable in read if target == ends[0]))), None)


def _names(quotient: Quotient) -> tuple[str | None, str | None]:
    """The bare keys of what is derived and of what it is derived by, each where it is one name."""
    by = quotient.variables[0] if len(quotient.variables) == 1 else None
    target, variable = (None if node is None else read_name(node) for node in (quotient.target, by))
    return (target and target.without(sub=()).key, variable and variable.without(sub=()).key)


def reducing(equations: Sequence[Equation]) -> frozenset[str]:
    """The functions that nothing defines and whose values are numbers, whatever they take."""
    return frozenset(_making_losses(equations)) | of_all_entries(equations)


def of_all_entries(equations: Sequence[Equation]) -> frozenset[str]:
    """The R of `\\nabla_w R(w)` that is told no value: a gradient is taken of a number, so R makes one.

    A letter of functions of numbers, `g'` or the g of `\\nabla_x g(a^T x)`, stays what it is.
    """
    sides = [side for equation in equations for side in equation.sides]
    found = frozenset(base for side in sides for base in _with_gradients(side))
    if not found:
        return found
    names = (name for side in sides for name in written_names(side) if name.primes)
    others = (applied for side in sides for applied in _applications(side))
    of_numbers = {base for base, node in others if base in FUNCTION_LETTERS and not _is_called(node)}
    own = {definition.name.base for definition in definitions(equations)}
    return found - own - {name.base for name in names} - of_numbers


@once_a_node
def _with_gradients(side: Node) -> tuple[str, ...]:
    return tuple(_by_their_arguments(side))


def _by_their_arguments(side: Node) -> Iterator[str]:
    for node in of_kind(side, Product):
        for place in range(len(node.factors) - 2):
            three, between = node.factors[place : place + 3], node.operators[place : place + 2]
            quotient = read_quotient(Product(three[0].span.cover(three[2].span), three, between))
            value = quotient and quotient.target and read_applied(quotient.target)
            if quotient and value and _is_of_argument(value, quotient.variables[0]):
                yield value.function.base


def _is_of_argument(value: Applied, variable: Node) -> bool:
    """Whether what is derived is an unknown function of what it is derived by alone."""
    argument, by = read_name(value.arguments[0]) if len(value.arguments) == 1 else None, read_name(variable)
    known = value.function.base in BUILTIN or is_loss_name(value.function)
    same = argument is not None and by is not None and argument.key == by.key
    return same and value.function.is_plain and not known


def _making_losses(equations: Sequence[Equation]) -> Iterator[str]:
    """The functions that a loss is the value of, where neither they nor it are used in another formula."""
    defined = [*definitions(equations)]
    for definition in defined:
        value, loss = read_applied(definition.right), definition.name
        if value is None or len(value.arguments) != 1 or not is_loss_name(loss) or not loss.is_plain:
            continue
        others = [d.right for d in defined if d.right is not definition.right and not _derives(d.right)]
        used = {name.base for right in others for name in written_names(right)}
        name = value.function
        bare = [n for e in equations for side in e.sides for n in written_names(side) if n.base == name.base]
        if name.is_plain and len(bare) == 1 and loss.base not in used:
            yield name.base


def _apart(equations: Sequence[Equation]) -> frozenset[str]:
    """The letters of functions that stand nowhere but with a mark before brackets, and give a value so.

    A σ so marked stands for any activation, too, unless a line uses what holds of one alone, `a (1 - a)`.
    """
    values = (read_applied(definition.right) for definition in definitions(equations))
    giving = {v.function.base for v in values if v is not None and any(read_name(a) for a in v.arguments[:1])}
    general = set() if any(_from_one(side) for e in equations for side in e.sides) else {SIGMA}
    known = (giving & FUNCTION_LETTERS) - (BUILTIN.keys() - general) - PARAMETERS
    for side in (side for equation in equations for side in equation.sides):
        applied = set(_applied(side))
        for name in written_names(side):
            if name.base in known and not (name.span in applied and _is_marked(name)):
                known -= {name.base}
    return frozenset(known)


def _is_marked(name: Name) -> bool:
    """Whether a function carries the mark of its layer: `g_1`, `g^{[1]}` or `g^{(1)}`."""
    return bool(name.sub) or name.layer is not None or name.sample is not None


def _from_one(side: Node) -> bool:
    """Whether something is taken from a number, as in the slope of a sigmoid, or e is raised to a power."""
    return any(
        isinstance(node.terms[0].body, Number) and len(node.terms) > 1 for node in of_kind(side, Sum)
    ) or any(base_text(node.base) == "e" and node.sup is not None for node in of_kind(side, Scripted))


def _applied(side: Node) -> Iterator[Span]:
    """Where the names stand that brackets follow."""
    for node in of_kind(side, Product):
        pairs = zip(node.factors, node.factors[1:], node.operators, strict=False)
        yield from (f.span for f, group, sign in pairs if isinstance(group, Group) and sign.kind == "")


def _derives(node: Node) -> bool:
    return bool(quotients_in(node))


def _applications(side: Node) -> Iterator[tuple[str, Node]]:
    """The names that stand before brackets with plain names in them, each with its brackets."""
    for node in of_kind(side, Product):
        for place, (factor, group) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
            base = base_text(factor)
            if base is None or node.operators[place].kind != "" or not isinstance(group, Group):
                continue
            span = factor.span.cover(group.span)
            yield base, Product(span, (factor, group), (node.operators[place],))


def only_applied(equations: Iterable[Equation]) -> frozenset[str]:
    """The bases of names that stand nowhere but right before brackets, `s(W x + b)`."""
    applied: set[str] = set()
    bare: set[str] = set()
    for side in (side for equation in equations for side in equation.sides):
        before = set(_applied(side))
        for name in written_names(side):
            (applied if name.span in before else bare).add(name.base)
    return frozenset(applied - bare)


def _is_called(application: Node) -> bool:
    """Whether brackets hold names alone, `f(x)`: those of `g (1 - n^2)` may as well be a factor."""
    applied = read_applied(application)
    return applied is not None and all(read_name(argument) is not None for argument in applied.arguments)


def arguments(equations: Iterable[Equation], vocabulary: Vocabulary) -> Iterator[tuple[str, frozenset[str]]]:
    """What the equations of a document define of several arguments, each key with those of its arguments."""
    listed = list(equations)
    places = {(equation.number, 1): equation.head for equation in listed}
    for definition in definitions(listed):
        head = places.get(definition.place)
        applied = read_applied(head) if head is not None else None
        names = [read_name(argument) for argument in applied.arguments] if applied is not None else []
        if len(names) > 1 and applied is not None and applied.function.key == definition.name.key:
            yield (
                vocabulary.canonical(definition.name),
                frozenset(vocabulary.canonical(name) for name in names if name is not None),
            )
