"""What stands below a Σ: the index letters it binds, and the terms that it leaves out.

`k \\neq i` below a Σ binds k and leaves out the term of i; beside another bound, `j = 1, j \\neq i`, it only
leaves out, and so does `i : d_i = 1`. `i : (u, i) \\in S` binds i alone, u being one from outside. `i < j`
binds both, or the one that nothing outside runs over. A sum that is read without what it leaves out is
another sum: where that cannot be told, it has no reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.written.names import index_parts, read_name
from gradcheck.notation.tree import Group, Node, Relational
from gradcheck.records import dataclass

BINDING = {"=", "∈"}
ORDERING = {"<", "≤", ">", "≥"}


@dataclass(frozen=True, slots=True)
class Limits:
    """The letters that a Σ binds, and the conditions that its terms must meet.

    ordered    letters of which one at least is bound, `i < j`
    """

    letters: tuple[str, ...] = ()
    conditions: tuple[Relational, ...] = ()
    ordered: tuple[str, ...] = ()

    def choices(self, outside: frozenset[str]) -> list[tuple[str, ...]]:
        """The letters that may be bound, likeliest first, where some run outside of the Σ."""
        open_ = tuple(letter for letter in self.ordered if letter not in outside)
        if not open_:
            return [self.letters]
        return [self.letters + open_, *((*self.letters, letter) for letter in open_ if len(open_) > 1)]


def read_limits(lower: Node | None) -> Limits:
    """The limits written below a Σ: `i`, `i=1`, `i,j`, `k \\neq i`, `j=1, j \\neq i`, `i < j`.

    Raises MeaningError for a condition that says in another way which terms are meant.
    """
    letters: list[str] = []
    conditions: list[Relational] = []
    for part in _parts(lower):
        if not isinstance(part, Relational):
            letters += _letters(part)
            continue
        signs = {relation.sign for relation in part.relations}
        if signs <= BINDING and _tells_entries(part, letters):
            conditions.append(part)
        elif signs <= BINDING:
            told = _letters(part.operands[0])
            letters += told if set(letters).isdisjoint(told) else []
        elif (signs == {"≠"} and len(part.relations) == 1) or signs <= ORDERING:
            conditions.append(part)
        else:
            raise MeaningError("which terms this sum takes cannot be told", part.span)
    ordered: list[str] = []
    for condition in conditions:
        if letters:
            break
        if condition.relations[0].sign in ORDERING:
            ordered += [letter for operand in condition.operands for letter in _letters(operand)]
        else:
            letters += _letters(condition.operands[0])
    return Limits(tuple(dict.fromkeys(letters)), tuple(conditions), tuple(dict.fromkeys(ordered)))


def _tells_entries(part: Relational, letters: Sequence[str]) -> bool:
    """Whether `d_i = 1` behind a bound i says which terms are meant."""
    name = read_name(part.operands[0])
    return name is not None and bool(name.sub) and {*name.sub} <= {*letters}


def conditions_on_entries(lower: Node | None) -> tuple[Relational, ...]:
    """The conditions behind a bound letter: `t_j \\ge t_i` below `j : t_j \\ge t_i`."""
    parts = list(_parts(lower)) if isinstance(lower, Group) else []
    return tuple(part for part in parts[1:] if isinstance(part, Relational))


def _parts(lower: Node | None) -> Iterator[Node]:
    if isinstance(lower, Group):
        for item in lower.items:
            yield from _parts(item)
    elif lower is not None:
        yield lower


def _letters(node: Node) -> list[str]:
    name = read_name(node)
    if name is not None:
        return [name.base]
    return [part for part in index_parts(node) if len(part) == 1 and part.isalpha()]
