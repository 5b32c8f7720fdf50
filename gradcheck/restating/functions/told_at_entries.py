r"""Functions told at an entry and get a prime: `b(\theta_i) = e^{\theta_i}`, `\mu_i = b'(\theta_i)`.

What holds at each entry holds for any number, so the formula is that of the function, with a letter of its
own for the entry. Only where nothing else in it carries the index, and a prime asks for a derivative of the
function, or its parameters stand below it and small letters alone in it, `f_{w,b}(x_i) = w x_i + b`: told at
entries alone, it may as well name the values.

It does where other letters of its formula carry the same index: of `f(x_i) = \\log(1 + e^{-z_i}) - y_i z_i`
no other x has a value, and what is meant is one number for each i, `f_i`, with derivatives `df_i / dz_i`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from gradcheck.expr.written.definitions import read_applied, unboxed, written_names
from gradcheck.expr.written.function_names import is_parameterised
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import derives, read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Fraction, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, rebuilt
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, replace
from gradcheck.restating.functions.models_inlined import FREE_LETTERS
from gradcheck.restating.passages.applications import with_values_put

_LETTER = late_pattern(r"_[a-z]|\^\s*\(?\s*[a-z]\s*\)?")


@dataclass(frozen=True, slots=True)
class _Told:
    """A function's letter, and the entry at which it is told as it is written."""

    function: str
    entry: str


def with_functions_of_entries(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such functions told of any number, or as values; themselves without any."""
    body = _with_values_at_entries(body)
    equations = [item for item in body if isinstance(item, Equation)]
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    primed = {name.base for name in names if name.primes}
    if not primed and not any(map(is_parameterised, names)):
        return body
    written = {name.base for name in names}
    free = next((letter for letter in FREE_LETTERS if letter not in written), None)
    told = {e.number: found for e in equations if (found := _told(e)) is not None}
    if free is None or not told:
        return body
    return [
        rewritten(item, of_any(told[item.number].entry, free))
        if isinstance(item, Equation)
        and item.number in told
        and (told[item.number].function in primed or _is_of_numbers(item))
        else item
        for item in body
    ]


def _is_of_numbers(equation: Equation) -> bool:
    """Whether a function has its parameters below, and its formula holds no matrix and no transpose."""
    applied, right = read_applied(unboxed(equation.head)), equation.links[0].right
    if applied is None or not is_parameterised(applied.function):
        return False
    small = all(name.base.startswith("\\") or name.base.islower() for name in written_names(right))
    plain = not any(node.style for node in of_kind(right, Symbol))
    return small and plain and not any(node.sup is not None for node in of_kind(right, Scripted))


def _with_values_at_entries(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `f_i` for functions `f(x_i)` that are told at entries beside others."""
    heads = [item for item in body if isinstance(item, Equation) and isinstance(item.head, Product)]
    told = dict(filter(None, map(_value_told, heads)))
    if not told:
        return body
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for item in equations for side in item.sides if not letters_in(side).isdisjoint(told)]
    nodes = [node for side in sides for kind in (Product, Scripted) for node in of_kind(side, kind)]
    for function in {function for node in nodes for function in _used_otherwise(node, told)}:
        del told[function]
    change = partial(_with_values, told=told)
    return [rewritten(item, change) if told and isinstance(item, Equation) else item for item in body]


def _value_told(equation: Equation) -> tuple[str, Scripted] | None:
    """A function and the entry at which an equation tells it by other entries of its index."""
    applied = read_applied(unboxed(equation.head))
    if applied is None or len(applied.arguments) != 1 or not _is_entry(entry := applied.arguments[0]):
        return None
    name, letter = applied.function, _base(entry)
    if name.key != name.base or name.base in BUILTIN or letter is None or derives(equation.head):
        return None
    right = equation.links[0].right
    others = [node for node in of_kind(right, Scripted) if _is_entry(node) and _index(node) == _index(entry)]
    bound = {each for node in of_kind(right, BigOperator) for each in bound_letters(node)}
    beside = {_base(node) for node in others} - {letter, name.base, None}
    assert isinstance(entry, Scripted), "an entry has a script"
    return (name.base, entry) if beside and not bound & letters_in(entry) else None


def _is_entry(node: Node) -> bool:
    """Whether a letter has one script, and this is one letter: `x_i`, `x^{(i)}`."""
    return (
        isinstance(node, Scripted) and _base(node) is not None and _LETTER.fullmatch(_index(node)) is not None
    )


def _base(node: Node) -> str | None:
    base = node.base if isinstance(node, Scripted) else node
    return base.name if isinstance(base, Symbol) else None


def _index(node: Node) -> str:
    """The one script of a letter as it is written, or nothing."""
    if not isinstance(node, Scripted) or node.primes or (node.sub is None) == (node.sup is None):
        return ""
    return (
        "^" + latex(node.sup) if node.sup is not None else "" if node.sub is None else "_" + latex(node.sub)
    )


def _used_otherwise(node: Node, told: Mapping[str, Scripted]) -> Iterator[str]:
    """The functions that a node primes, or applies to anything but the entries they are told at."""
    if isinstance(node, Scripted):
        base = _base(node)
        if base is not None and base in told:
            yield base
    elif isinstance(node, Product):
        for function, group, sign in zip(node.factors, node.factors[1:], node.operators, strict=False):
            base = _base(function)
            if base is None or base not in told or sign.kind or not isinstance(group, Group):
                continue
            if _entry(group, told[base]) is None:
                yield base


def _entry(group: Group, entry: Scripted) -> Node | None:
    """What brackets hold, if it is the letter that a function is told at with one script, or bare."""
    inside = group.items[0] if len(group.items) == 1 else None
    if inside is None or _base(inside) != _base(entry):
        return None
    return inside if isinstance(inside, Symbol) or _index(inside)[:1] == _index(entry)[:1] else None


def _with_values(side: Node, told: Mapping[str, Scripted]) -> Node:
    """A formula with the values of functions, which have the index of what they are derived by."""

    def value(function: Node, group: Node) -> Node | None:
        base = function.name if isinstance(function, Symbol) else ""
        inside = _entry(group, told[base]) if base in told and isinstance(group, Group) else None
        if inside is None or not isinstance(inside, Scripted):
            return None if inside is None else function
        return replace(inside, span=function.span.cover(group.span), base=function)

    def derived(node: Fraction) -> Node:
        quotient = read_quotient(node)
        target = None if quotient is None else quotient.target
        base = target.name if isinstance(target, Symbol) else ""
        if quotient is None or target is None or base not in told:
            return node
        index = next((v for v in quotient.variables if _index(v) == _index(told[base])), None)
        if not isinstance(index, Scripted):
            return node
        own = replace(index, span=target.span, base=target)
        return replace(node, numerator=_put(node.numerator, target, own))

    return rebuilt(with_values_put(side, value), Fraction, derived)


def _put(node: Node, old: Node, new: Node) -> Node:
    return new if node is old else mapped(node, lambda child: _put(child, old, new))


def _told(equation: Equation) -> _Told | None:
    """The function that an equation tells at an entry alone, `b(\\theta_i)`."""
    applied = read_applied(unboxed(equation.head))
    if applied is None or len(applied.arguments) != 1 or not applied.function.is_plain:
        return None
    entry, right = applied.arguments[0], equation.links[0].right
    name = read_name(entry)
    if name is None or len(name.sub) != 1 or not isinstance(entry, Scripted) or len(equation.links) > 1:
        return None
    written = latex(entry)
    inside = of_any(written, "")(right)
    left_over = letters_in(inside)
    is_letter = name.sub[0].isalpha() and name.sub[0] not in left_over and name.base not in left_over
    return _Told(applied.function.base, written) if is_letter and "" in left_over else None


def of_any(written: str, letter: str) -> Callable[[Node], Node]:
    """A change of formulas that puts a letter in the place of each part that is written so."""

    def change(node: Node) -> Node:
        return Symbol(node.span, letter) if latex(node) == written else mapped(node, change)

    return change
