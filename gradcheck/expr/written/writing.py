"""What the way a formula is written tells of it, before any name in it has a shape."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from gradcheck.expr.written.definitions import read_applied, written_names
from gradcheck.expr.written.function_names import looks_like_function
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import IDENTITIES, RUNNING_LETTERS, Name, is_greek, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Fraction,
    Group,
    Node,
    Number,
    Product,
    Root,
    Scripted,
    Sum,
    Symbol,
)
from gradcheck.notation.walk import of_kind, parts
from gradcheck.records import dataclass

# Greek letters of what scales, mixes or penalises: before a matrix each is a number if it is nothing else.
WEIGHING = frozenset(f"\\{letter}" for letter in ("alpha", "gamma", "eta", "lambda", "tau", "rho", "kappa"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells of its letters as a whole.

    indexed    bases that carry an index somewhere
    sampled    bases that carry a sample mark somewhere
    units      capitals that name the units of layers
    no_rates   letters that learning rates have, but that are no rates here
    derived    bases that something is differentiated by
    counts     keys of what sums run up to
    numbers    keys of plain letters beside vectors in bold, and of what lists derive by: numbers
    bold       bases that are bold somewhere
    entered    bases of which an entry at a sample is written, `x_j^{(i)}`
    functions  bases of functions that the document defines entry by entry
    valued     bases of functions that make something else of arrays, `s(x) = w^T x`
    reducing   bases of functions of all entries, which make the loss
    batched    whether a sampled base is made without a mark, `q = \\sigma(s)` beside `q^{(i)}`
    kinds      whether a transpose, or a letter that is raised, tells matrices from numbers
    """

    indexed: frozenset[str] = frozenset()
    sampled: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    no_rates: frozenset[str] = frozenset()
    derived: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()
    entered: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    valued: frozenset[str] = frozenset()
    reducing: frozenset[str] = frozenset()
    batched: bool = False
    kinds: bool = True


def sampled(equations: Iterable[Equation], *, entries: bool = False) -> frozenset[str]:
    """The base letters that carry a sample mark somewhere, `x^{(i)}`, or one on an entry, `x_j^{(i)}`."""
    return frozenset(
        name.base
        for equation in equations
        for side in equation.sides
        for name in written_names(side)
        if name.sample is not None
        and (not entries or (len(name.sub) == 1 and name.sub[0] in RUNNING_LETTERS and name.layer is None))
    )


def is_transposed(node: Node) -> bool:
    """Whether scripts on brackets transpose what they hold, `(A x)^T`."""
    return isinstance(node, Scripted) and node.sup is not None and split_superscript(node.sup).transpose


def has_transposed(node: Node) -> bool:
    """Whether a formula multiplies by a transposed name, `w^T x_i + b`."""
    return any(name.transpose for name in written_names(node))


@once_a_node
def tells_kinds(node: Node) -> bool:
    """Whether a formula tells matrices from numbers: by a transpose, or by a letter that is raised."""
    scripted = of_kind(node, Scripted)
    raised = any(isinstance(each.base, Symbol) and isinstance(each.sup, Number) for each in scripted)
    return raised or has_transposed(node) or any(map(is_transposed, scripted))


def adds_totals(node: Node) -> bool:
    """Whether a formula adds something to a Σ over a written index: a loss that does so is a number."""
    if not isinstance(node, Sum) or len(node.terms) < 2:
        return False
    ends = (t.body.factors[-1] if isinstance(t.body, Product) else t.body for t in node.terms)
    return any(isinstance(end, BigOperator) and end.lower is not None for end in ends)


def is_of_unit(first: Node, second: Node, units: frozenset[str]) -> bool:
    """Whether a bare letter stands beside a layer's unit, `t - o_k`: it is that unit's, and a number.

    units   letters of the units of layers
    """
    names = [read_name(node) for node in (first, second)]
    entries = [name is not None and name.base in units for name in names]
    return any(entries) and any(name is not None and name.is_plain and not name.sub for name in names)


def is_repeated(factors: Sequence[Node], kinds: Sequence[str], position: int) -> bool:
    """Whether a small letter stands before a vector of ones, `b \\mathbf{1}`, or a Greek one before an `I`.

    It is a number, whatever it is differentiated by: `\\lambda I` is no product of matrices.
    """
    if position + 1 == len(factors) or kinds[position + 1] != "":
        return False
    name, ones = read_name(factors[position]), factors[position + 1]
    behind = read_name(ones)
    if name is not None and behind is not None and behind.is_plain and behind.base in IDENTITIES:
        letter = name.base.lstrip("\\")
        return name.is_plain and is_greek(letter) and letter.islower()
    repeats = isinstance(ones, Symbol) and ones.name == "1" and bool(ones.style)
    return repeats and name is not None and name.is_plain and len(name.base) == 1 and name.base.islower()


def own_argument(equation: Equation) -> Name | None:
    """The x of `h(x) = ...`: there it is any one x, whatever x is elsewhere."""
    applied = read_applied(equation.head)
    if applied is None or len(applied.arguments) != 1 or not looks_like_function(applied.function):
        return None
    name = read_name(applied.arguments[0])
    return name if name is not None and name.is_plain and not name.sub and name.sample is None else None


def maps_entries(node: Node, indexed: frozenset[str]) -> bool:
    """Whether an unknown function is applied to what has entries: `L = f(x)` does not make x a number.

    indexed   bases that carry an index somewhere
    """
    applied = read_applied(node)
    if applied is None or applied.function.base in BUILTIN:
        return False
    names = (name for item in applied.arguments for name in written_names(item))
    return any(name.base in indexed for name in names)


def sums_all_entries(marks: Sequence[str], body: Node) -> bool:
    """Whether a Σ over several indices adds up a whole array, as no name in it carries any of them."""
    carried = {mark for name in written_names(body) for mark in (*name.sub, name.sample)}
    return len(marks) > 1 and not carried & set(marks)


def is_empty_start(name: Name | None, right: Node) -> bool:
    """Whether the member of a family with which it begins is nothing, `h_0 = 0`: nothing of any shape."""
    numbered = name is not None and len(name.sub) == 1 and name.sub[0].isdigit()
    return numbered and isinstance(right, Number) and right.text == "0"


def is_whole_loss(node: Node, losses: Collection[str]) -> bool:
    """Whether a left side is a loss of all samples, `E` or `E(w)`, and no loss of one of them."""
    applied = read_applied(node)
    name = read_name(node) if applied is None else applied.function
    return name is not None and name.base in losses and not name.sub and name.sample is None


def is_determinant(node: Group) -> bool:
    """Whether `|A|` is a determinant: bars around a capital, Latin or Greek."""
    name = read_name(node.items[0]) if node.open == "|" else None
    letter = "" if name is None else name.base.lstrip("\\")
    return letter[:1].isupper() and (len(letter) == 1 or is_greek(letter))


def forms_arrays(node: Node) -> bool:
    """Whether a formula is of whole arrays: with a sum, a transpose, a norm, a trace or a determinant."""
    match node:
        case Group(open="\\|") | BigOperator():
            return True
        case Scripted(sup=sup) if sup is not None and split_superscript(sup).transpose:
            return True
        case Symbol(name="tr" | "Tr" | "trace" | "det"):
            return True
        case _:
            return any(map(forms_arrays, parts(node)))


def is_number_below(node: Fraction, number_above: bool) -> bool:
    """Whether what divides is a number: a lone name or a root of one below a matrix, a lone capital below 1.

    `m / \\sqrt{v}` between names may go entry by entry; `Q K^T / \\sqrt{d}` never does. Nobody writes the
    inverse of a matrix as `1/N`.
    """
    if number_above:
        return isinstance(node.numerator, Number) and _is_lone_capital(node.denominator)
    below = node.denominator
    if isinstance(below, Root) and isinstance(node.numerator, Product):
        below = below.radicand
    return read_name(below) is not None


def is_weight(factors: Sequence[Node], position: int) -> bool:
    """Whether a factor weighs what is behind it: α of `\\alpha B A x` and `\\frac{\\alpha}{r} B x`.

    λ of `\\lambda t^k` does: who maps a vector by a matrix does not raise its entries to a power before. So
    does a small letter that is squared before an identity, σ of `\\sigma^2 I`.
    """
    if position or len(factors) < 2:
        return False
    first, following = factors[0], read_name(factors[1])
    name = read_name(first.numerator if isinstance(first, Fraction) else first)
    if name is None or following is None:
        return False
    if following.base in IDENTITIES and name.power is not None:
        return is_small(name)
    if not name.is_plain or name.sub or name.sample or name.layer:
        return False
    array = len(following.base) == 1 and (following.base.isupper() or following.power is not None)
    return name.base in WEIGHING and array


def is_small(name: Name) -> bool:
    """Whether a name's letter is a small one."""
    letter = name.base.lstrip("\\")
    return letter[:1].islower() and (len(letter) == 1 or is_greek(letter))


def greek_below(node: Fraction) -> list[Name]:
    """The Greek letters by which a fraction divides, with numbers alone: σ of `1/(2 \\sigma^2)`, bare."""
    below = node.denominator
    factors = below.factors if isinstance(below, Product) else (below,)
    names = [read_name(factor) for factor in factors if not isinstance(factor, Number)]
    found = [name for name in names if name is not None and not (name.transpose or name.inverse)]
    greek = [name.without(power=None) for name in found if is_greek(name.base.lstrip("\\"))]
    return greek if len(greek) == len(names) else []


def is_margin(term: Node, first: Node) -> bool:
    """Whether what is added to a number that is no numeral is one, too.

    A lone Greek letter is, Δ of `s_j - s_i + \\Delta`, and so is what weighs a norm, `\\rho \\|A\\|^2`.
    """
    if isinstance(term, Product):
        bases = (factor.base if isinstance(factor, Scripted) else factor for factor in term.factors)
        return any(isinstance(base, Group) and base.open == "\\|" for base in bases)
    name = read_name(term)
    lone = name is not None and name.is_plain and not name.sub and is_greek(name.base.lstrip("\\"))
    return lone and not isinstance(first, Number)


def _is_lone_capital(node: Node) -> bool:
    name = read_name(node)
    alone = name is not None and name.is_plain and not name.sub and len(name.base) == 1
    return alone and name is not None and name.base.isupper()


def is_by_entries(factors: Sequence[Node], position: int) -> bool:
    """Whether what stands before a factor is multiplied by it entry by entry, whatever their shapes."""
    return is_weighed_log(factors, position) or is_times_its_function(factors, position)


def is_weighed_log(factors: Sequence[Node], position: int) -> bool:
    """Whether `Y \\log A` weighs each logarithm: nobody multiplies by a matrix of logarithms.

    `y^T \\log p` and `y \\log p^T` add them up, and say so by what is transposed.
    """
    here, before = factors[position], factors[position - 1] if position else None
    function, argument = (here.function, here.argument) if isinstance(here, Call) else (here, here)
    if argument is here and position + 1 < len(factors):
        argument = factors[position + 1]
    if before is None or not isinstance(function, Symbol) or function.name not in ("log", "ln"):
        return False
    return not any(_is_turned(node) for node in (before, argument))


def is_times_its_function(factors: Sequence[Node], position: int) -> bool:
    """Whether a function is multiplied by its own argument, `x \\Phi(x)`: that goes entry by entry.

    As a product of matrices it would be of square ones, and small letters are none.
    """
    if position == 0 or not all(isinstance(node, Number) for node in factors[: position - 1]):
        return False
    before, here = factors[position - 1], factors[position]
    argument = here.argument if isinstance(here, Call) else None
    if argument is None and position + 1 < len(factors) and read_name(here) is not None:
        argument = factors[position + 1]
    while isinstance(argument, Group) and len(argument.items) == 1:
        argument = argument.items[0]
    if not isinstance(before, Symbol) or not isinstance(argument, Symbol) or argument is here:
        return False
    return before.name.islower() and latex(argument) == latex(before)


def is_slope(factors: Sequence[Node], position: int, used: int) -> bool:
    """Whether a factor is a slope, `\\sigma'(z)` or one of the two of `A (1 - A)`, that goes entry by entry.

    So does what stands before it, be it a matrix product: a Jacobian would have the identity, or diag.

    used   how many nodes the factor is made of, two of `\\sigma(z)`
    """
    applied = read_name(factors[position]) if used > 1 else None
    primed = applied is not None and applied.primes > 0
    return (
        primed
        or _is_rest(factors, position)
        or _is_rest(factors, position + used)
        or _is_slope_in_brackets(factors[position])
    )


def _is_slope_in_brackets(node: Node) -> bool:
    """Whether brackets hold a whole slope, `(A (1 - A))`, as `\\sigma'(z)` is written out."""
    while isinstance(node, Group) and len(node.items) == 1:
        node = node.items[0]
    return isinstance(node, Product) and _is_rest(node.factors, len(node.factors) - 1)


def _is_rest(factors: Sequence[Node], position: int) -> bool:
    """Whether a factor is the `(1 - A)` behind A."""
    here = factors[position] if position < len(factors) else None
    if not isinstance(here, Group) or len(here.items) != 1 or not isinstance(here.items[0], Sum):
        return False
    first, *others = here.items[0].terms
    if not isinstance(first.body, Number) or len(others) != 1:
        return False
    body = others[0].body
    same = list(body.factors) if isinstance(body, Product) else [body]
    before = factors[max(position - len(same), 0) : position]
    return [latex(node) for node in same] == [latex(node) for node in before]


def _is_turned(node: Node) -> bool:
    """Whether a factor, or what its brackets hold, is transposed."""
    while isinstance(node, Group) and len(node.items) == 1:
        node = node.items[0]
    return isinstance(node, Scripted) and split_superscript(node.sup).transpose
