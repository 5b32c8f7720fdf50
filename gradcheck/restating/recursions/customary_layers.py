r"""Networks whose way forward is not written: `\delta^l = (W^{l+1})^T \delta^{l+1} \odot \sigma'(z^l)` alone.

Who writes down the way back through layers that a letter counts means `z^l = W^l a^{l-1} + b^l` and
`a^l = \sigma(z^l)`, where no formula says otherwise; some turn the weights, some count them from below. And a
loss of a prediction that nothing makes is one of what the last layer gives. That is another reading of a
document: it is taken where more becomes right, and the line that it makes wrong may rest on another habit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives, quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.scripts import is_transposition
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Node, Product, Relation, Scripted
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass, replace
from gradcheck.restating.models.losses_of_outputs import free_letter
from gradcheck.restating.recursions.families import Mark, Slot, families, marks, names_of
from gradcheck.restating.recursions.layers import bracketed

NOTE = "the way forward is not written in full: it is read as the customary one"
UNSURE = "whether this holds rests on the way forward, which is not written: write it down"
ERROR = "\\delta"
# What these are called; the likeliest first.
WEIGHTS = ("W", "w", "\\Theta", "\\theta")
BIASES = ("b", "B", "\\beta")
VALUES = ("a", "A", "h", "H", "x", "X", "o", "O", "y")
SUMS = ("z", "Z", "s", "S", "u", "net")
PREDICTIONS = ("\\hat{y}", "\\hat{Y}")
FUNCTION = "\\phi"  # where no slope is written
# How a layer's weights meet what comes from below.
COLUMNS, TURNED, ROWS = "({weights}) {below}", "({weights})^T {below}", "{below} {weights}"


@dataclass(frozen=True, slots=True)
class Layers:
    """What layers are written by, and the mark that counts them.

    weighed   how its weights meet what comes from below
    offset    how much lower the weights are counted than the layer that they lead to
    bracket   what opens around a mark above; none where it stands bare
    """

    letter: str
    slot: Slot
    bracket: str
    weights: str
    bias: str | None
    sums: str
    values: str
    function: str
    weighed: str
    offset: int

    def at(self, base: str, shift: int) -> str:
        """A name in its layer, `a^{(l-1)}`."""
        mark = f"{self.letter}{shift:+d}" if shift else self.letter
        if self.slot is Slot.BELOW:
            return f"{base}_{{{mark}}}"
        opened, closed = {"[": "[]", "(": "()", "": ("", "")}[self.bracket]
        return f"{base}^{{{opened}{mark}{closed}}}"


def with_customary_layers(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with the way forward that their author may mean; None where nothing is left out."""
    layered = bracketed(body)
    equations = [item for item in layered if isinstance(item, Equation)]
    bare = _counting(_names(body)) is None
    found = None if families(equations) is not None else _layers(equations, bare)
    if found is None:
        values = _values_made(equations, bare)
        told = None if values is None else _prediction(equations, values)
        return None if told is None else begun_with(body, [told])
    weights, below = found.at(found.weights, -found.offset), found.at(found.values, -1)
    bias = f" + {found.at(found.bias, -found.offset)}" if found.bias else ""
    sums, value = found.at(found.sums, 0), found.at(found.values, 0)
    forward = found.weighed.format(weights=weights, below=below) + bias
    last = replace(found, letter=_last(equations, found))
    told = _prediction(equations, last) or _loss(equations, last)
    lines = [(sums, forward), (value, f"{found.function}({sums})")]
    return begun_with(body, [*lines, *([told] if told is not None else [])])


def _names(body: Iterable[Statement]) -> Iterator[Name]:
    return (name for item in body if isinstance(item, Equation) for name in names_of(item))


def begun_with(body: Sequence[Statement], lines: Iterable[tuple[str, str]]) -> Sequence[Statement]:
    """The statements with some definitions, which no line writes, before the first equation."""
    at = next(place for place, item in enumerate(body) if isinstance(item, Equation))
    first = body[at]
    assert isinstance(first, Equation), "there is one"
    told = [_definition(first, left, right) for left, right in lines]
    return [*body[:at], *(each for each in told if each is not None), *body[at:]]


def _definition(beside: Equation, left: str, right: str) -> Equation | None:
    head, formula = parse_one(left), parse_one(right)
    if head is None or formula is None:
        return None
    link = replace(beside.links[0], number=0, left=head, right=formula, relation=Relation(beside.span, "="))
    return replace(beside, head=head, links=(link,), connective="", context=(), tag=None)


def _layers(equations: Sequence[Equation], bare: bool) -> Layers | None:
    """What the layers of a way back are written by; None where the way forward is told, or cannot be."""
    names = list(_names(equations))
    counting = _counting(names)
    if counting is None:
        return None
    letter, slot = counting
    carriers: dict[str, set[int]] = {}
    for name in names:
        for mark in _of(name, letter, slot):
            carriers.setdefault(name.base, set()).add(mark.shift)
    slopes = list(_slopes(equations, slot))
    sums = _first(SUMS, _derived_by(equations, slot)) or next((inner.base for _, inner in slopes), None)
    weights, bias = _first(WEIGHTS, carriers), _first(BIASES, carriers)
    taken = {sums, weights, bias}
    values = _first(VALUES, [base for base in carriers if base not in taken]) or _first(
        VALUES, {"a", "h"} - taken
    )
    if sums is None or weights is None or values is None or not {ERROR, sums} & carriers.keys():
        return None
    if any(d.name.base in (sums, values) and not derives(d.right) for d in definitions(equations)):
        return None
    bracket = "" if bare else "[" if any(name.layer is not None for name in names) else "("
    function = next((_written(slope) for slope, _ in slopes), FUNCTION)
    offset = 1 if _is_counted_from_below(equations, weights, letter, slot) else 0
    weighed = _weighed(equations, weights, values)
    return Layers(letter, slot, bracket, weights, bias, sums, values, function, weighed, offset)


def _counting(names: Iterable[Name]) -> tuple[str, Slot] | None:
    """The letter that counts layers, and where it stands: weights carry it, and something shifted by one."""
    shifted: dict[tuple[str, Slot], int] = {}
    weighing: set[tuple[str, Slot]] = set()
    for name in names:
        for mark in marks(name):
            if mark.shift in (-1, 1):
                shifted[mark.letter, mark.slot] = shifted.get((mark.letter, mark.slot), 0) + 1
            if name.base in WEIGHTS:
                weighing.add((mark.letter, mark.slot))
    return max((key for key in shifted if key in weighing), key=lambda key: shifted[key], default=None)


def _of(name: Name, letter: str, slot: Slot) -> Iterator[Mark]:
    return (mark for mark in marks(name) if mark.letter == letter and mark.slot is slot)


def _slopes(equations: Iterable[Equation], slot: Slot) -> Iterator[tuple[Name, Name]]:
    """The functions with a prime, and what of a layer they are taken at: `\\sigma'(z^l)`."""
    for node in (n for e in equations for side in e.sides for n in of_kind(side, Product)):
        for place, operator in enumerate(node.operators):
            applied = read_applied(
                replace(node, factors=node.factors[place : place + 2], operators=(operator,))
            )
            inner = read_name(applied.arguments[0]) if applied and len(applied.arguments) == 1 else None
            if applied and inner and applied.function.primes == 1 and _is_of_layer(inner, slot):
                yield applied.function, inner


def _written(function: Name) -> str:
    """A function without its prime and its layer: one stands for all."""
    return (
        function.base
        if function.base.startswith("\\") or len(function.base) == 1
        else f"\\text{{{function.base}}}"
    )


def _is_of_layer(name: Name, slot: Slot) -> bool:
    """Whether a name has a mark where layers are counted: that of any layer, or of the last."""
    return bool(name.sub) if slot is Slot.BELOW else (name.layer or name.sample) is not None


def _derived_by(equations: Iterable[Equation], slot: Slot) -> list[str]:
    """The letters of layers that derivatives are taken by."""
    quotients = (q for e in equations for side in e.sides for q in quotients_in(side))
    names = (read_name(variable) for quotient in quotients for variable in quotient.variables)
    return [name.base for name in names if name is not None and _is_of_layer(name, slot)]


def _weighed(equations: Iterable[Equation], weights: str, values: str) -> str:
    """How weights meet values: by the order of both with errors on the way back, else by their transposes."""
    upright = False
    for equation in equations:
        quotient = read_quotient(unboxed(equation.head))
        by = read_name(quotient.variables[0]) if quotient is not None else None
        for node in (n for side in equation.sides for n in of_kind(side, Product)):
            names = list(written_names(node))
            bases = [name.base for name in names]
            if bases.count(ERROR) != 1 or derives(node):
                continue
            error = names[bases.index(ERROR)]
            if weights in bases:
                if bases.index(ERROR) < bases.index(weights) and not error.sub:
                    return ROWS
                weighing = names[bases.index(weights)]
                upright = upright or not (weighing.sub or _is_transposed(node.factors[0]))
            elif by is not None and by.base == weights and values in bases:
                if len(by.sub) == 2:
                    return TURNED if error.sub == by.sub[1:] else COLUMNS
                if bases.index(values) > bases.index(ERROR):
                    return COLUMNS
                return TURNED if _is_transposed(node.factors[-1]) else ROWS
    return TURNED if upright else COLUMNS


def _is_transposed(node: Node) -> bool:
    if any(name.transpose for name in written_names(node)):
        return True
    scripts = (inner.sup for inner in of_kind(node, Scripted))
    return any(script is not None and is_transposition(script) for script in scripts)


def _is_counted_from_below(equations: Iterable[Equation], weights: str, letter: str, slot: Slot) -> bool:
    """Whether the error of the layer above meets weights that carry the mark of the one below."""
    for node in (n for e in equations for side in e.sides for n in of_kind(side, Product)):
        names = list(written_names(node))
        above = {m.shift for name in names if name.base == ERROR for m in _of(name, letter, slot)}
        weighing = {m.shift for name in names if name.base == weights for m in _of(name, letter, slot)}
        if len(above) == len(weighing) == 1 and not derives(node):
            return above.pop() == weighing.pop() + 1
    return False


def _last(equations: Iterable[Equation], found: Layers) -> str:
    """The letter of the last layer: a capital that marks one, else that of the letter that counts them."""
    own = {found.sums, found.values, ERROR}
    texts = (
        text
        for equation in equations
        for name in names_of(equation)
        if name.base in own
        for text in ((name.layer, name.sample) if found.slot is Slot.BRACKETS else name.sub[:1])
    )
    capitals = (text for text in texts if text is not None and len(text) == 1 and text.isupper())
    return next(capitals, found.letter[-1].upper())


def _values_made(equations: Sequence[Equation], bare: bool) -> Layers | None:
    """The last of the layers whose way forward is written: `a^{(L)}` of `a^{(l)} = f(z^{(l)})`."""
    told = families(equations)
    if told is None or set(told.letters.values()) != {Slot.BRACKETS} or len(told.letters) != 1:
        return None
    (letter,) = told.letters
    made = [d for d in definitions(equations) if d.name.base in told.defined and _applies(d, letter)]
    if not made or len({d.name.base for d in made}) != 1:
        return None
    name = made[0].name
    bracket = "" if bare else "[" if name.layer is not None else "("
    layers = Layers(letter, Slot.BRACKETS, bracket, "", None, "", name.base, "", "", 0)
    return replace(layers, letter=_last(equations, layers))


def _applies(definition: Definition, letter: str) -> bool:
    """Whether a value of any layer is a function of what this layer sums up."""
    applied = read_applied(definition.right)
    of_any = any(_of(definition.name, letter, Slot.BRACKETS))
    return applied is not None and of_any and not definition.is_function


def _prediction(equations: Sequence[Equation], last: Layers) -> tuple[str, str] | None:
    """`\\hat y = a^{(L)}`, where a loss is made of a prediction that nothing makes."""
    known = {d.name.base for d in definitions(equations)}
    losses = [d.right for d in definitions(equations) if is_loss_name(d.name) and not derives(d.right)]
    written = {name.base for right in losses for name in written_names(right) if name.is_plain}
    of_layers = any(last.values == name.base for right in losses for name in written_names(right))
    found = next((base for base in PREDICTIONS if base in written - known), None)
    return None if found is None or of_layers else (found, last.at(last.values, 0))


def _loss(equations: Sequence[Equation], last: Layers) -> tuple[str, str] | None:
    """`C = \\ell(a^{(L)})`, any function of what the last layer gives, where nothing else says what C is."""
    targets = (q.target for e in equations for side in e.sides for q in quotients_in(side))
    names = [name for target in targets if target is not None and (name := read_name(target)) is not None]
    known = {d.name.key for d in definitions(equations)}
    losses = dict.fromkeys(name.key for name in names if is_loss_name(name))
    if len(losses) != 1 or losses.keys() & known:
        return None
    letter = free_letter(equations)
    function = letter if len(letter) == 1 else f"\\{letter}"
    return next(iter(losses)), f"{function}({last.at(last.values, 0)})"


def _first(known: Iterable[str], among: Iterable[str]) -> str | None:
    there = set(among)
    return next((base for base in known if base in there), None)
