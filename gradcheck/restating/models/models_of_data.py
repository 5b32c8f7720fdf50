"""Models that data are to follow: `y = w x + \\varepsilon` beside the loss `\\sum_i (y_i - w x_i)^2`.

Were y defined so, what is squared would not change with the parameters. Where a difference that another
formula squares, takes the norm of or gives a name to holds the letter, with indices or without, and takes
away just what it is said to be, but for one term of noise, the equation tells what is wanted of the data,
and defines nothing. What is taken away may have a name: one with a hat where no noise is told, for either
could be the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import DEFINING, definitions, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, core_letter, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import BigOperator, Group, Node, Scripted, Sum
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated

# The terms of a difference: each with its sign and the letters in it, whatever their indices.
Terms = Counter[tuple[str, frozenset[str]]]
Told = tuple[int, str, Terms]  # the number of an equation, the letter that it defines, and by which terms
Ways = tuple[tuple[str, Terms], ...]  # a sum, at first as it stands: the name put in, and the terms
_OTHER = {"+": "-", "-": "+"}


def with_models_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, in which what only a difference of the loss is to make small defines nothing."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = [
        (equation.number, _folded(definition.name), _terms(definition.right))
        for equation in equations
        for definition in definitions([equation])
        if not definition.is_function and unboxed(equation.links[0].right) is definition.right
    ]
    if not told:
        return body
    differences = [(e.number, inner) for e in equations for inner in _made_small(e)]
    sums = [(number, _ways(_terms(inner), told)) for number, inner in differences]
    varied = frozenset(map(_folded, differentiated(equations))) if sums else frozenset[str]()
    found = {
        number
        for number, base, terms in told
        if any(letters for _, letters in terms) and base not in varied  # a number makes no model
        if any(at != number and _follows(ways, base, terms, varied) for at, ways in sums)
    }
    found |= _never_differing(equations, frozenset(latex(inner) for _, inner in differences))
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation) and item.number in found:
            made += _of_prediction(item)
            item = replace(item, connective="condition")
        made.append(item)
    return made


def _never_differing(equations: Sequence[Equation], differences: frozenset[str]) -> set[int]:
    """The equations by which a difference would be zero as it is written, `y - W x` beside `y = W x`."""
    taken_from = {text.partition(" - ")[0] for text in differences}
    alone = [e for e in equations if len(e.links) == 1 and e.links[0].relation.sign in DEFINING]
    measured = [(e, head) for e in alone if (head := latex(e.head)) in taken_from]
    return {e.number for e, head in measured if f"{head} - {latex(e.links[0].right)}" in differences}


def _of_prediction(equation: Equation) -> Iterator[Equation]:
    """`\\hat R = P Q` of `R = P Q = \\hat R`: what is wanted of the data, the model makes."""
    first, *later = equation.links
    head = read_name(unboxed(equation.head))
    for link in later:
        name = read_name(unboxed(link.right))
        if head is not None and name is not None and core_letter(name.base) == head.base != name.base:
            told = replace(first, number=0, left=link.right)
            yield replace(equation, head=link.right, links=(told,), context=())
            return


def _made_small(equation: Equation) -> Iterator[Sum]:
    """The differences that a loss measures: what is squared, stands in a norm, or is an error with a name."""
    for side in equation.sides:
        for node in of_kind(side, Scripted):
            if isinstance(node.base, Group) and node.sup is not None:
                yield from (inner for inner in node.base.items if isinstance(inner, Sum))
        for norm in of_kind(side, Group):
            if norm.open in ("|", "\\|"):
                yield from (inner for inner in norm.items if isinstance(inner, Sum))
    errors = (d.right for d in definitions([equation]) if isinstance(d.right, Sum))
    yield from (right for right in errors if any(term.sign == "-" for term in right.terms))


def _ways(held: Terms, told: Sequence[Told]) -> Ways:
    """A sum as it stands, and with the formula of each name that it holds alone put in."""
    put_in = ((name, _with_put_in(held, name, formula)) for _, name, formula in told)
    return (("", held), *((name, whole) for name, whole in put_in if whole is not None))


def _follows(ways: Ways, base: str, terms: Terms, varied: frozenset[str]) -> bool:
    """Whether a sum is a letter without what it is said to be, but for a term of noise."""
    (_, held), *put_in = ways
    if _takes_away(held, base, terms):
        return True
    without_noise = [
        terms - Counter((noise,))
        for noise in terms
        if len(noise[1]) == 1 and not any(noise[1] & letters for _, letters in held) and not noise[1] & varied
    ]
    if any(rest and _takes_away(held, base, rest) for rest in without_noise):
        return True
    return any(
        (core_letter(name) == base and _takes_away(whole, base, terms))
        or any(rest and _takes_away(whole, base, rest) for rest in without_noise)
        for name, whole in put_in
        if name != base
    )


def _with_put_in(held: Terms, name: str, formula: Terms) -> Terms | None:
    """The terms of a sum with those of a name that it holds alone put in; None where it does not."""
    for sign in "+-":
        lone = (sign, frozenset((name,)))
        if held[lone] == 1:
            turned = Counter(
                {((s if sign == "+" else _OTHER[s]), letters): n for (s, letters), n in formula.items()}
            )
            return held - Counter((lone,)) + turned
    return None


def _terms(node: Node) -> Terms:
    return Counter(_signed(node, "+"))


def _signed(node: Node, sign: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The terms of a formula, those in brackets by themselves; one without letters is told by none."""
    node = unboxed(node)
    if isinstance(node, Group) and len(node.items) == 1:
        yield from _signed(node.items[0], sign)
    elif isinstance(node, Sum):
        for term in node.terms:
            yield from _signed(term.body, _OTHER[sign] if term.sign == "-" else sign)
    else:
        counted = {letter for each in of_kind(node, BigOperator) for letter in bound_letters(each)}
        yield sign, frozenset(map(_folded, written_names(node))) - counted


def _folded(name: Name) -> str:
    """The letter of a name; that of a matrix by the letter of its entries, `r_{ij}` of `R`."""
    letter = core_letter(name.base)
    return name.base.replace(letter, letter.lower()) if len(letter) == 1 else name.base


def _takes_away(held: Terms, base: str, terms: Terms) -> bool:
    """Whether a sum is the name alone and, with the other sign, all that it is said to be."""
    for sign in "+-":
        lone = (sign, frozenset((base,)))
        if held[lone] == 1:
            rest = {((s if sign == "-" else _OTHER[s]), letters): n for (s, letters), n in terms.items()}
            if held - Counter((lone,)) == Counter(rest):
                return True
    return False
