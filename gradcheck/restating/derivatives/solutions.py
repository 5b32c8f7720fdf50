"""Where a loss is least: `w = (X^\\top X)^{-1} X^\\top y` below `∇_w J = …` solves it and defines no w.

Were w defined so, the gradient above would be asked for at the solution alone, where it is zero whatever is
written. Such a line stands below a derivative by its name, and holds nothing but what the derived formula
holds beside that name; a layer `z = W x` below `∂ℓ/∂z` brings in names of its own, and defines. Where a
line or the text between speaks of a zero, means and predictions may stand for their formulas, and the
solution is put to the test. A line of an iteration, which tells a name by what rests on it, as the covariance
of a mixture by its responsibilities, defines nothing either. `∂E/∂b = 0` by itself is a condition where the
text says that it is set, or where an arrow leads on from it. Nor does `u^T S u = λ` define a λ that was
written before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import (
    Applied,
    Definition,
    definitions,
    read_applied,
    unboxed,
    written_names,
)
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import IDENTITIES, Name, core_letter, read_name
from gradcheck.expr.written.quotients import derivative_operator, derives, read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import (
    ASKED_ESTIMATE,
    CASE,
    ESTIMATE,
    SOLUTION,
    Equation,
    Heading,
    Prose,
    Statement,
)
from gradcheck.notation.tree import Fraction, Node, Number, Product, Scripted
from gradcheck.notation.walk import of_kind
from gradcheck.patterns import late_pattern
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated

_ZERO = late_pattern(
    r"zero|\b0\b|optim|minim|maxim|solv|solution|closed|normal equation|stationar|estimat|"
    r"\bnul|annul|résou|\bnull|lös|cero|resolv|нул|ноль|решен|мінім|миним|零|最小|最大|最优|极|解",
    re.IGNORECASE,
)
_SET = late_pattern(
    r"\b(set|setting|sets|equat\w+|put|putting|let|letting|requir\w+|impos\w+|where|when|solv\w+|satisf\w+|"
    r"condition\w*|posons?|gleich|setzen|igualar?|igualando)\b|令|设|приравн",
    re.IGNORECASE,
)
_WORD_BELOW = late_pattern(r"_\{(\\(text|mathrm|rm|operatorname)\{)?[A-Za-z]{2,}\}*$")
_MEANS = ("\\bar{", "\\overline{")
_NEAR = 60  # letters between such a word and the formula


def with_conditions_solved(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, in which a line that tells where a gradient is zero defines nothing."""
    equations = [item for item in body if isinstance(item, Equation)]
    formulas: dict[str, list[Definition]] = {}
    for definition in definitions(equations):
        formulas.setdefault(_apart(definition.name), []).append(definition)
    held: dict[str, set[str]] = {}
    rests: dict[str, set[str]] = {}
    asked: set[str] = set()
    solved: dict[int, str] = {}
    targets: set[str] = set()
    in_words = zero = False
    above: dict[str, list[Definition]] = {}
    for item in body:
        if isinstance(item, Heading):
            zero, above = False, {}
        if not isinstance(item, Equation):
            if isinstance(item, Prose) and _ZERO.search(item.text):
                asked |= set(rests)
                in_words = in_words or _SET.search(item.text) is not None
            continue
        for base, derived in _derived_by(item.links[0].right if _is_zero(item.head) else item.head):
            targets |= derived
            direct = {
                name for target in derived for d in formulas.get(target, ()) for name in _bases(d.right)
            }
            if base in direct:
                held.setdefault(base, set()).update(direct - {base})
            whole = _closed(derived, formulas, base)
            if base in whole:
                rests.setdefault(base, set()).update(_with_capitals(whole) - {base, *derived})
        if any(_is_zero(side) for side in item.sides):
            asked |= set(rests)
            zero = zero or bool(rests)
        for definition in definitions([item]):
            base, inside = _apart(definition.name), _bases(definition.right) - IDENTITIES
            if not inside or base in inside:
                continue
            bare = unmarked(definition.name.key)
            if bare != definition.name.key:
                others = {unmarked(name) for name in inside}
                if bare in asked and bare not in others and _closed(others, formulas, bare) <= rests[bare]:
                    solved[item.number] = ASKED_ESTIMATE if in_words else ESTIMATE
                continue
            if base in asked and _closed(inside, formulas, base) <= rests[base]:
                solved[item.number] = SOLUTION
            elif definition.is_function:
                continue  # a formula at any argument solves for no value
            elif zero and base in _closed(inside, above, base):
                solved[item.number] = SOLUTION  # what it is made of rests on it: an iteration, no definition
            elif (
                zero
                and base in above.keys() - targets
                and inside & asked - above.keys() - _arguments(item.head)
            ):
                solved[item.number] = SOLUTION  # `S = m V` is said of the V at which a gradient is zero
            elif _leaves(inside, formulas, base) <= held.get(base, set()):
                solved[item.number] = "condition"
            elif _holds_means(definition.right) and any(
                {base, *inside} <= _closed({target}, formulas, "") for target in targets
            ):
                solved[item.number] = "condition"  # `b = \\bar y - m \\bar x` is where some loss is least
        for definition in definitions([item]) if item.number not in solved else ():
            above.setdefault(_apart(definition.name), []).append(definition)
        in_words = in_words and item.number in solved

    solved |= dict.fromkeys(_of_known(equations) - solved.keys(), "condition")
    solved |= dict.fromkeys(_told_first(equations, asked, held) - solved.keys(), SOLUTION)
    said = _set_in_words(body) | _set_by_arrow(equations) | _solved_below(equations)

    def told(item: Statement) -> Statement:
        if isinstance(item, Equation) and (item.number in solved or item.number in said):
            return replace(item, connective=solved.get(item.number, "condition"))
        return item

    return tuple(map(told, body))


def _of_known(equations: Sequence[Equation]) -> set[int]:
    """The equations `u^T S u = \\lambda` whose right side was written above: they say of λ what holds.

    So does `\\lambda = n` which an arrow draws from the line before, `\\lambda \\sum_k p_k = n`.
    """
    found = set()
    for position, item in enumerate(equations):
        turned = [d for d in definitions([item]) if d.right is unboxed(item.head) and d.place[1] == 1]
        drawn = position > 1 and item.connective == "⇒" and _drawn(equations[position - 1], item)
        named = turned or (list(definitions([item])) if drawn else [])
        if named and item.links[0].relation.sign == "=":
            sides = (side for above in equations[: position - drawn] for side in above.sides)
            if any(name.key == named[0].name.key for side in sides for name in written_names(side)):
                found.add(item.number)
    return found


def _drawn(before: Equation, item: Equation) -> bool:
    """Whether a line solves the one before it for a letter that this holds among others."""
    name = read_name(item.head)
    if name is None or read_name(before.head) is not None or derives(before.head):
        return False
    holds = [name.key in {inner.key for inner in written_names(side)} for side in before.sides]
    inside = _bases(item.links[0].right)
    return holds[0] and not any(holds[1:]) and bool(inside) and _apart(name) not in inside


def _arguments(head: Node) -> frozenset[str]:
    """The letters in the brackets of `g(x) = …`, which tells g of any x."""
    applied = read_applied(unboxed(head))
    return frozenset() if applied is None else frozenset().union(*map(_bases, applied.arguments))


def _told_first(
    equations: Sequence[Equation], asked: Collection[str], held: Mapping[str, set[str]]
) -> set[int]:
    """The numbers of the lines that tell a solution before it is derived: `w = (X^T X)^{-1} X^T y`.

    asked   what is asked where some gradient by it is zero
    held    what stands beside it in what is differentiated

    To solve for a name is to divide, and a layer divides by nothing that its loss holds, too.
    """
    variables = set(map(_apart, differentiated(equations)))
    return {
        item.number
        for item in equations
        for definition in definitions([item])
        if (base := _apart(definition.name)) in asked and base == unmarked(definition.name.key)
        if _divides(definition.right)
        and (inside := _bases(definition.right) - IDENTITIES)
        and inside <= held.get(base, set()) - variables
    }


def _divides(node: Node) -> bool:
    """Whether a formula divides by more than numbers, or holds an inverse."""
    below = (inner.denominator for inner in of_kind(node, Fraction))
    return any(map(_bases, below)) or any(
        inner.sup is not None and latex(inner.sup) == "- 1" for inner in of_kind(node, Scripted)
    )


def unmarked(key: str) -> str:
    """The key of the letter that an estimate is one of: `w` of `\\hat{w}`, `w^{*}` and `w_{MLE}`."""
    bare = _WORD_BELOW.sub("", key).removesuffix("^{*}")
    return bare[len("\\hat{") : -1] if bare.startswith("\\hat{") and bare.endswith("}") else bare


def _set_in_words(body: Sequence[Statement]) -> set[int]:
    """The numbers of the lines `∂E/∂b = 0` that the text before, or around them, says to be set."""
    found: set[int] = set()
    before: Prose | None = None
    for item in body:
        if isinstance(item, Prose):
            before = item
        if not isinstance(item, Equation) or len(item.links) != 1 or before is None:
            continue
        asks = _is_derivative(item.head) and _is_zero(item.links[0].right)
        end = item.head.span.start - before.span.start
        near = before.text[max(0, end - _NEAR) : end] if end <= len(before.text) else before.text[-_NEAR:]
        if asks and end < len(before.text) + _NEAR and _SET.search(near):
            found.add(item.number)
    return found


def _set_by_arrow(equations: Sequence[Equation]) -> set[int]:
    """The numbers of the lines `∂E/∂b = 0` from which an arrow leads on: they are set, and claim nothing."""
    return {
        first.number
        for first, second in pairwise(equations)
        if len(first.links) == 1
        and _is_zero(first.links[0].right)
        and _is_derivative(first.head)
        and second.connective == "⇒"
    }


def _solved_below(equations: Sequence[Equation]) -> set[int]:
    """The numbers of lines that solve the line above, which ends in zero, for what the document derives by.

    What such a line tells once is told by later lines in other words: it stays what is asked for.
    """
    variables = set(map(_apart, differentiated(equations)))
    asked: set[str] = set()
    found: set[int] = set()
    for above, equation in pairwise(equations):
        begins = len(above.links) == 1 and read_name(above.head) is not None  # `h_0 = 0`
        is_set = above.links[-1].relation.sign == "=" and above.connective not in ("condition", CASE)
        if _is_zero(above.sides[-1]) and is_set and not begins:
            held = variables.intersection(base for side in above.sides for base in _bases(side))
            asked |= {_apart(d.name) for d in definitions([equation])} & held
        if any(_apart(d.name) in asked for d in definitions([equation])):
            found.add(equation.number)
    return found


def _with_capitals(names: Collection[str]) -> set[str]:
    """Names with the capital of each small letter: what the rows x of a loss make up may be written X."""
    return {*names, *(name.upper() for name in names if len(name) == 1)}


def _holds_means(node: Node) -> bool:
    return any(name.base.startswith(_MEANS) for name in written_names(node))


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.text == "0"


@once_a_node
def _bases(node: Node) -> frozenset[str]:
    """The letters of a formula, those of exponents with them."""
    names = list(written_names(node))
    above = (_bases(name.power) for name in names if name.power is not None)
    return frozenset(map(_letter, names)).union(*above)


def _letter(name: Name) -> str:
    """What a name is made of, as a letter: a mean of what it is one of."""
    return core_letter(name.base) if name.base.startswith(_MEANS) else _apart(name)


def _apart(name: Name) -> str:
    """A name without its indices, `\\beta_0` and `\\beta_1` apart."""
    return name.key if len(name.sub) == 1 and name.sub[0].isdigit() else name.base


def _closed(names: Collection[str], formulas: Mapping[str, Sequence[Definition]], apart: str) -> set[str]:
    """Names with all that their formulas hold; the formula of one is left apart.

    What another formula tells without that one, `S = m V` beside `S = \\sum_i x_i x_i^T`, is not asked of it.
    """
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        found |= waiting
        inside = [[_bases(d.right) for d in formulas.get(base, ())] for base in waiting - {apart}]
        without = ([held for held in each if apart not in held] or each for each in inside)
        waiting = set[str]().union(*(held for each in without for held in each)) - found
    return found


def _leaves(names: Collection[str], formulas: Mapping[str, Sequence[Definition]], apart: str) -> set[str]:
    """What names rest on by their formulas: those of which none is told, or numbers alone."""
    closed = _closed(names, formulas, apart)
    made = {name for name in closed - {apart} if any(_bases(d.right) for d in formulas.get(name, ()))}
    return closed - made


def _slope(head: Node) -> Applied | None:
    """`f'(y)`; None for another head."""
    applied = read_applied(unboxed(head))
    is_slope = applied is not None and applied.function.primes and len(applied.arguments) == 1
    return applied if is_slope else None


def _is_derivative(head: Node) -> bool:
    return read_quotient(head) is not None or _slope(head) is not None


def _derived_by(head: Node) -> list[tuple[str, frozenset[str]]]:
    """The variables of the derivative that a line begins with, each with the names of what is derived.

    Of `d/dθ \\log P(X \\mid θ)` that is P, with what stands beside it; the variable itself is none.
    """
    if (slope := _slope(head)) is not None:
        return [(variable, frozenset({_apart(slope.function)})) for variable in _named(slope.arguments)]
    quotient = read_quotient(head)
    if quotient is not None and quotient.target is not None:
        below, derived = quotient.variables, quotient.target
    elif isinstance(head, Product) and (operator := derivative_operator(head.factors[0])) is not None:
        below, derived = operator.variables, Product(head.span, head.factors[1:], head.operators[1:])
    else:
        return []
    applied = read_applied(derived)
    target = read_name(derived) if applied is None else applied.function
    if target is None or target.base in BUILTIN:  # `\\log Q` derives Q
        return [(variable, _bases(derived) - {variable}) for variable in _named(below)]
    return [(variable, frozenset({_apart(target)})) for variable in _named(below)]


def _named(variables: Sequence[Node]) -> list[str]:
    return [_apart(name) for variable in variables if (name := read_name(variable)) is not None]
