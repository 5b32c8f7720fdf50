"""A Σ without an index below, `-\\sum y_i \\log p_i` or `\\sum^N v_i^2`: over the free one.

The letter is put below the sign, so that everything behind this stage sees `\\sum_i`. Where the body carries
several, that is the only one that it repeats, h of `\\sum w_{hi} x_h`. Where there is no such letter, or a
sample's mark beside it, what the Σ runs over is left to be told by shapes.
`\\sum_N x_n` names the last index, and runs over n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gradcheck.expr.written.indices import bound_letters, is_letter
from gradcheck.expr.written.names import RUNNING_LETTERS, read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind, parts
from gradcheck.records import replace

# A sample's mark, which a Σ without limits may run over as well.
SAMPLES = "(·)"


def with_indices_below(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with an index below every Σ whose formula leaves no choice."""
    return tuple(_completed(item) if isinstance(item, Equation) else item for item in body)


def _completed(equation: Equation) -> Equation:
    signs = [node for side in equation.sides for node in of_kind(side, BigOperator)]
    if not any(_is_bare(node) or _names_the_last(node) for node in signs):
        return equation
    outside = {letter for side in equation.sides for letter in _letters(side, whole=False)}

    def put(node: Node) -> Node:
        if isinstance(node, BigOperator) and _names_the_last(node):
            assert isinstance(node.lower, Symbol), "it names an index"
            node = replace(node, lower=replace(node.lower, name=node.lower.name.lower()), upper=node.lower)
        node = mapped(node, put)
        if not isinstance(node, BigOperator) or not _is_bare(node):
            return node
        letter = _only(_letters(node.body, whole=True), outside)
        return replace(node, lower=Symbol(node.span, letter)) if letter else node

    return rewritten(equation, put)


def _only(letters: Iterable[str], outside: set[str]) -> str:
    """The only letter that is not outside, else the only one of these that stands twice; "" without one."""
    own = Counter(letter for letter in letters if letter not in outside)
    if SAMPLES in own:
        return ""
    few = [letter for letter in own if letter in RUNNING_LETTERS]
    repeated = [letter for letter, times in own.items() if times > 1]
    return few[0] if len(few) == 1 == len(own) else repeated[0] if len(repeated) == 1 else ""


def _is_bare(node: Node) -> bool:
    return isinstance(node, BigOperator) and node.kind == "sum" and node.lower is None


def _names_the_last(node: Node) -> bool:
    """Whether a Σ or Π over a capital holds the small letter free as an index, and no such capital."""
    if not isinstance(node, BigOperator) or node.upper is not None or not isinstance(node.lower, Symbol):
        return False
    letter = node.lower.name
    if len(letter) != 1 or not letter.isupper() or node.lower.style:
        return False
    small = letter.lower()
    as_set = any(inner.name == letter for inner in of_kind(node.body, Symbol))
    return not as_set and small in RUNNING_LETTERS and small in _letters(node.body, whole=True)


def free_letters(node: Node) -> Iterator[str]:
    """The index letters of a formula that no Σ in it binds, and those below a Σ without limits."""
    return _letters(node, whole=True)


def _letters(node: Node, *, whole: bool) -> Iterator[str]:
    """The index letters of a formula that no Σ in it binds.

    whole   those below a Σ without limits, too
    """
    if isinstance(node, BigOperator):
        if whole or not _is_bare(node):
            yield from (mark for mark in _letters(node.body, whole=whole) if mark not in bound_letters(node))
        return
    if isinstance(node, Scripted):
        name = read_name(node)
        if name is not None:
            yield from (mark for mark in name.sub if is_letter(mark))
            yield from () if name.sample is None else (SAMPLES,)
            if name.base == "nabla" and node.sub is not None:
                yield from _letters(node.sub, whole=whole)  # `\\nabla_{w_k} L` has one for each k
            if name.power is not None:
                yield from _letters(name.power, whole=whole)
            return
    for child in parts(node):
        yield from _letters(child, whole=whole)
