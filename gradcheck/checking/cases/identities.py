r"""Identities that speak of their own letters: `\nabla_X \log\det X = X^{-T}` in a list of such lines.

Sheets of rules use few letters: x is a number in one line and a vector in the next, X a matrix beside both.
A line that derives a formula as it stands, and of whose letters nothing under its heading says anything but a
shape, holds for any letters of these shapes for which it has a meaning. Where it is not right with the shapes
that the rest of the document gives its letters, it is judged by itself, and that counts where more of it is
right so, or all of it is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import derivative_operator, read_quotient
from gradcheck.notation.statements import Equation, Heading, Statement
from gradcheck.notation.tree import Node, Product
from gradcheck.notation.walk import letters_in
from gradcheck.reading.document import Document
from gradcheck.records import replace
from gradcheck.verdict import Verdict

# What is written like a letter and stands for none.
SIGNS = {"partial", "nabla"}

Check = Callable[[Document], Checked]


def judge_identities(found: Checked, check: Check) -> None:
    """Judge again, each by itself, the identities that are not right among the others.

    check   judges a document; no other document's letters may have a say there
    """
    alone = dict(_alone(found.document.body))
    for case in tuple(found.cases):
        for equation in case.segment.equations:
            if equation.number in alone and not _is_right(case, equation.number):
                _judge_again(found, case, (*alone[equation.number], equation), check)


def _judge_again(found: Checked, case: Case, body: Sequence[Equation], check: Check) -> None:
    *_, equation = body
    own = check(replace(found.document, body=tuple(body)))
    mine = [j for j in case.judgements if j.claim.equation.number == equation.number]
    said = [j for _, j in own.judgements() if j.claim.equation.number == equation.number]
    worth, alone = (sum(judgement.worth for judgement in listed) for listed in (mine, said))
    is_open, stays_open = (
        any(j.verdict is Verdict.UNDECIDED for j in judgements) for judgements in (mine, said)
    )
    if len(own.cases) == 1 and (alone > worth or (is_open and not stays_open and alone == worth)):
        case.judgements = [j for j in case.judgements if j not in mine]
        own.cases[0].judgements = said
        own.cases[0].segment.heading = case.segment.heading
        found.cases.append(own.cases[0])


def _is_right(case: Case, number: int) -> bool:
    return all(j.worth for j in case.judgements if j.claim.equation.number == number)


def _alone(body: Sequence[Statement]) -> Iterator[tuple[int, list[Equation]]]:
    """The numbers of the identities whose letters nothing under their heading says anything of but a shape.

    With each, the equations that declare these shapes.
    """
    for section in _sections(body):
        told = _told(section)
        declared = [e for e in section if e.links[0].relation.sign == "∈" and read_name(e.head) is not None]
        for equation in section:
            names = {name.base for side in equation.sides for name in written_names(side)}
            if _is_derived(equation.head) and not names & told:
                letters = {name.base for name in written_names(equation.head)}
                yield equation.number, [e for e in declared if letters & set(letters_in(e.head))]


def _told(section: Iterable[Equation]) -> set[str]:
    """The letters that definitions and declarations of a section speak of, but for what functions are of."""
    found: set[str] = set()
    for equation in section:
        for definition in definitions([equation]):
            of = definition.parameter
            found |= {name.base for name in written_names(definition.right)} - ({of.base} if of else set())
            found.add(definition.name.base)
        if equation.links[0].relation.sign == "∈" and read_name(equation.head) is None:
            found |= {name.base for name in written_names(equation.head)}
    return found - SIGNS


def _is_derived(head: Node) -> bool:
    """Whether a left side derives a formula that it writes out, `d/dx (x^2 e^x)` and not `dL/dx`."""
    node = unboxed(head)
    quotient = read_quotient(node)
    if quotient is not None and quotient.target is not None:
        return read_name(quotient.target) is None
    if not isinstance(node, Product) or derivative_operator(node.factors[0]) is None:
        return False
    return len(node.factors) > 2 or read_name(node.factors[1]) is None


def _sections(body: Sequence[Statement]) -> Iterator[list[Equation]]:
    """The equations under each heading."""
    found: list[list[Equation]] = [[]]
    for item in body:
        if isinstance(item, Heading):
            found.append([])
        elif isinstance(item, Equation):
            found[-1].append(item)
    yield from found
