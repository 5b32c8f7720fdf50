r"""Lists of examples under one letter: `y = x^3`, `dy/dx = 3x^2`, then `y = x e^x`, `dy/dx = (1 + x) e^x`.

A name whose derivative was told, and that gets another formula before its derivative is told again, means
something else from there on; so does the output of a layer, `y = W x + b`, through which a gradient that no
line tells was passed back, before that happens again. A formula that the words say to be the same in another
form, or that follows from what stands before it, is no new example, nor is one that only applies a function
that nothing defines. Where an arrow leads from `f_c(x) = c + x` to `df/dx`, the example just told is meant,
whose letter below only tells it from the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gradcheck.expr.written.definitions import Definition, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Prose, Statement, rewritten
from gradcheck.notation.tree import Differential, Node
from gradcheck.notation.walk import mapped
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, field
from gradcheck.restating.passages.functions_told import at_place

SAME: Final = late_pattern(
    r"\b(?:expand\w*|rewrit\w*|rearrang\w*|simplif\w*|equivalent\w*|that is|in other words|factor\w* out"
    r"|be written|we can write|recall\w*|remember|same as|because|since)\b|\bi\.e\.",
    re.IGNORECASE,
)
FOLLOWING: Final = frozenset({"⇒", "⇔", "so", "hence", "thus", "therefore", "because", "since", "as"})
ARROWS: Final = frozenset({"→", "⇒"})
# What functions are called of which a rule holds, whatever they are.
RULES: Final = frozenset("fguv")
SENTENCES: Final = late_pattern(r"[.!?;]\s|\n[ \t]*\n")


def with_examples_called(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the letter of the example just told in what an arrow leads to."""
    made: list[Statement] = []
    before: Equation | None = None
    for item in body:
        if isinstance(item, Equation):
            if before is not None and item.connective in ARROWS:
                item = _of_example(item, before)
            before = item
        made.append(item)
    return body if all(new is old for new, old in zip(made, body, strict=True)) else made


def _of_example(equation: Equation, before: Equation) -> Equation:
    """`df_c(x)/dx` for `df/dx` behind `f_c(x) = …`."""
    applied, quotient = read_applied(before.head), read_quotient(equation.head)
    target = read_name(quotient.target) if quotient is not None and quotient.target is not None else None
    if applied is None or quotient is None or target is None or not target.is_plain or target.sub:
        return equation
    function, old = applied.function, latex(quotient.variables[0])
    by = [latex(argument) for argument in applied.arguments]
    if not function.sub or function.base != target.base or old not in by or len(quotient.variables) > 1:
        return equation

    def called(node: Node) -> Node:
        return at_place(before.head, node.span) if node is quotient.target else mapped(node, called)

    return rewritten(equation, lambda side: called(side) if side is equation.head else side)


@dataclass
class _Told:
    """What was told of a name: its formulas, and whether its derivative was told since the last of them."""

    formulas: set[str] = field(default_factory=set)
    derived: bool = False
    waiting: int | None = None


def taken_anew(body: Sequence[Statement], vocabulary: Vocabulary) -> frozenset[int]:
    """The numbers of the equations with which a name becomes another example of what is differentiated."""
    told: dict[str, _Told] = {}
    found: set[int] = set()
    words: Prose | None = None
    given = {key for item in body if isinstance(item, Equation) for key in _gradient_told(item, vocabulary)}
    for item in body:
        if isinstance(item, Prose):
            words = item
        elif isinstance(item, Equation):
            through = (key for key in passed_back(item, vocabulary) if key not in given)
            for key in (*_derived(item, vocabulary), *through):
                known = told.setdefault(key, _Told())
                known.derived = True
                if known.waiting is not None:
                    found.add(known.waiting)
                    known.waiting = None
            for definition in definitions([item]):
                _define(told, definition, item, _is_new(definition, item, words), vocabulary)
    return frozenset(found)


def _define(
    told: dict[str, _Told], definition: Definition, equation: Equation, is_new: bool, vocabulary: Vocabulary
) -> None:
    """Note a formula; of a name whose derivative was told, it waits for the next derivative."""
    known = told.setdefault(_key(definition.name, vocabulary), _Told())
    formula = latex(definition.right)
    if formula not in known.formulas and known.formulas and known.derived and is_new:
        known.waiting = equation.number
        known.formulas = {formula}
        known.derived = False
    known.formulas.add(formula)


def _is_new(definition: Definition, equation: Equation, words: Prose | None) -> bool:
    """Whether a formula may be that of another example, and is not said to be the same as before."""
    if equation.connective in FOLLOWING or definition.place[1] != 1 or definition.is_root:
        return False
    right = unboxed(definition.right)
    applied, name = read_applied(right), read_name(right)
    if (name is not None and name.is_plain) or (applied is not None and applied.function.base not in BUILTIN):
        return False
    if words is None or words.span.start > equation.span.start:
        return True
    before = words.text[: equation.span.start - words.span.start]
    return SAME.search(SENTENCES.split(before)[-1]) is None


def _derived(equation: Equation, vocabulary: Vocabulary) -> Iterator[str]:
    """The keys of what an equation derives: `dy/dx = ...`, `f'(x) = ...`, `y' = ...`, `dy = ...`."""
    head = unboxed(equation.head)
    moved = _name(head.body) if isinstance(head, Differential) else None
    if moved is not None:
        yield _key(moved, vocabulary)
    for target in (quotient.target for quotient in quotients_in(head)):
        name = None if target is None else _name(target)
        if name is not None:
            yield _key(name, vocabulary)
    name = _name(head)
    if name is not None and name.primes:
        yield _key(name.without(primes=0), vocabulary)


def passed_back(equation: Equation, vocabulary: Vocabulary) -> Iterator[str]:
    """The keys of the outputs whose gradient makes that of their inputs: y of `∂L/∂x = W^T ∂L/∂y`."""
    head = unboxed(equation.head)
    quotient, name = read_quotient(head), read_name(head)
    loss = None if quotient is None or quotient.target is None else _name(quotient.target)
    if loss is None and (name is None or name.differentiated is None):
        return
    for link in equation.links:
        if loss is None:
            owners = [each.differentiated for each in written_names(link.right)]
        else:
            targets = [(each, _name(each.target)) for each in quotients_in(link.right) if each.target]
            same = (each for each, target in targets if target is not None and target.base == loss.base)
            owners = [_name(variable) for each in same for variable in each.variables]
        yield from (_key(owner, vocabulary) for owner in owners if owner is not None)


def _gradient_told(equation: Equation, vocabulary: Vocabulary) -> Iterator[str]:
    """The keys of what an equation tells the gradient of: x of `∂L/∂x = ...` and of `dx = ...`."""
    head = unboxed(equation.head)
    quotient, name = read_quotient(head), read_name(head)
    owners = [None if name is None else name.differentiated]
    if quotient is not None:
        owners = [_name(variable) for variable in quotient.variables]
    yield from (_key(owner, vocabulary) for owner in owners if owner is not None)


def _name(node: Node) -> Name | None:
    """The name of a quantity or of a function before its argument."""
    applied = read_applied(node)
    return read_name(node) if applied is None else applied.function


def _key(name: Name, vocabulary: Vocabulary) -> str:
    return vocabulary.canonical(name.without(sample=None))


def is_another_rule(definition: Definition, known: Mapping[str, Sequence[Definition]]) -> bool:
    """Whether `h(x) = g(f(x))` comes after `h(x) = f(x) g(x)`: rules for any f and g have each an own h.

    known   key → the formulas of functions that were told before
    """
    formulas = {latex(other.right) for other in known.get(definition.name.key, [])}
    own = {definition.parameter.base} if definition.parameter is not None else set[str]()
    letters = {name.base for name in written_names(definition.right)} - own
    return bool(formulas and letters & RULES) and latex(definition.right) not in formulas
