"""Instances of a claim that leave the recursion at its ends, though none of their marks does.

With `r_i = W_i v_i + b_i`, `v_{i+1} = σ(r_i)` and a loss of `v_n`, r makes nothing at the last step that the
loss depends on, as `r_{i-1}` is made by nothing at the first. Such an instance says nothing about the line:
it is left out where the same line has instances within the recursion. Without a loss no end is told. Nor
does a line say anything of two quantities that are both given before the first step, `k_0` and `s_0`, or of
what a given one is made of. A loss may be told of whole layers, `a^L`, that are defined entry by entry.
Beside `a^L = \\text{softmax}(z^L)` the formula `a^l = ReLU(z^l)` is of the other layers; so are claims by a.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.names import RUNNING_LETTERS, Name, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Statement
from gradcheck.notation.walk import walk
from gradcheck.records import dataclass
from gradcheck.restating.recursions.families import Families


def within_reach(
    body: Sequence[Statement], instances: Mapping[int, str], found: Families
) -> Sequence[Statement]:
    """The statements without such instances.

    instances   equation (by identity) → the steps that it was written out for
    """
    known = list(definitions(_equations(body)))
    kept: list[Statement] = []
    for section in _sections(body):
        told = list(definitions(_equations(section)))
        reach = _reach(told, found) or _reach(known, found)
        kept += _kept(section, instances, found, reach, {_key(d.name) for d in known})
    return kept


def without_own_formulas(
    body: Sequence[Statement], instances: Mapping[int, str], found: Families
) -> tuple[Statement, ...]:
    """The statements without instances that tell of a member, or use one, that a line tells by itself.

    What a name for a derivative is, `\\delta^l = \\partial C / \\partial z^l`, it is at the last step, too.
    """
    single = [e for e in _equations(body) if id(e) not in instances]
    own = {
        _key(d.name): latex(d.right)
        for d in definitions(single)
        if d.name.base in found.defined and any(n.base in found.bases for n in written_names(d.right))
    }
    every = [e for e in _equations(body) if id(e) in instances] if own else []
    named = {d.name.base for d in definitions([*single, *every]) if quotients_in(d.right)} if own else set()
    told = {
        _key(d.name): latex(d.right)
        for d in definitions(every)
        if _key(d.name) in own and d.name.base not in named and d.name.differentiated is None
    }
    others = {key for key, right in told.items() if right != own[key]}
    if not others:
        return tuple(body)
    dropped = {id(e) for e in every if not others.isdisjoint(map(_key, _used(e)))}
    numbers = {e.number for e in every if id(e) not in dropped}
    return tuple(
        item
        for item in body
        if not isinstance(item, Equation) or id(item) not in dropped or item.number not in numbers
    )


def _used(equation: Equation) -> Iterator[Name]:
    """The names that an equation writes, and those whose gradients it writes as `da`."""
    for name in (name for side in equation.sides for name in written_names(side)):
        yield name
        if (inner := name.differentiated) is not None:
            yield inner


@dataclass(frozen=True, slots=True)
class _Reach:
    """What the losses depend on, the base letters of these losses, and all names that are told or used."""

    keys: set[str]
    losses: set[str]
    there: set[str]


def _reach(known: Sequence[Definition], found: Families) -> _Reach | None:
    """What losses depend on by some definitions; None where that is nothing of the recursion."""
    made_of: dict[str, set[str]] = {}
    for definition in known:
        made_of.setdefault(_key(definition.name), set()).update(map(_key, written_names(definition.right)))
    losses = [d.name for d in known if is_loss_name(d.name) and not d.is_function]
    reached = _below(map(_key, losses), made_of)
    if not any(_key(d.name) in reached for d in known if d.name.base in found.defined):
        return None
    there = made_of.keys() | {key for inside in made_of.values() for key in inside}
    return _Reach(reached, {name.base for name in losses}, there)


def _kept(
    section: Sequence[Statement],
    instances: Mapping[int, str],
    found: Families,
    reach: _Reach | None,
    made: Container[str],
) -> Iterator[Statement]:
    """The statements of a section without the instances that leave the recursion."""

    def is_within(equation: Equation) -> bool:
        if _is_of_beginnings(equation, found, made):
            return False
        if reach is None:
            return True
        names = [name for side in equation.sides for name in written_names(side)]
        missing = any(name.base in found.defined and _key(name) not in reach.there for name in names)
        by = _differentiated(equation, found, reach.losses)
        return not missing and all(_key(name) in reach.keys for name in by)

    for _, group in groupby(section, lambda item: item.number if isinstance(item, Equation) else id(item)):
        items = list(group)
        claims = [item for item in _equations(items) if id(item) in instances]
        if len(claims) == len(items) > 1 and not any(True for _ in definitions(claims)):
            items = [item for item in claims if is_within(item)] or items
        yield from items


def _is_of_beginnings(equation: Equation, found: Families, made: Container[str]) -> bool:
    """Whether a line derives by two quantities that are both given at the start, or derives one of these."""
    quotients = [q for side in equation.sides for q in quotients_in(side)]
    for quotient in quotients:
        target = None if quotient.target is None else read_name(quotient.target)
        if target is not None and target.base in found.defined and _key(target) not in made:
            return True
    names = (read_name(variable) for quotient in quotients for variable in quotient.variables)
    given = {n.base for n in names if n is not None and n.base in found.defined and _key(n) not in made}
    return len(given) > 1


def _key(name: Name) -> str:
    """The key of a name with its step, which may look like a sample's mark, without indices of entries."""
    bare = name.without(sub=tuple(part for part in name.sub if part not in RUNNING_LETTERS)).key
    return bare if name.sample is None else f"{bare}({name.sample})"


def _equations(body: Iterable[Statement]) -> list[Equation]:
    return [item for item in body if isinstance(item, Equation)]


def _sections(body: Iterable[Statement]) -> Iterator[list[Statement]]:
    """What stands below each heading."""
    part: list[Statement] = []
    for item in body:
        if isinstance(item, Heading):
            yield part
            part = []
        part.append(item)
    yield part


def _below(names: Iterable[str], made_of: Mapping[str, set[str]]) -> set[str]:
    """The names and all that they are made of."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += made_of.get(key, ())
    return found


def _differentiated(equation: Equation, found: Families, losses: set[str]) -> Iterator[Name]:
    """The members of families by which a loss is differentiated."""
    for side in equation.sides:
        for node in walk(side):
            quotient = read_quotient(node)
            target = None if quotient is None or quotient.target is None else read_name(quotient.target)
            if quotient is None or target is None or target.base not in losses:
                continue
            names = (read_name(variable) for variable in quotient.variables)
            yield from (name for name in names if name is not None and name.base in found.bases)
