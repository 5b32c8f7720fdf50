"""When a disagreement says more about the reader than about the author.

A line is accused only where the document was understood. An index that is free on one side alone may be
summed by convention, or run over what the line does not say; and where much of a case could not be read and
nothing was declared, a forward pass that was misread is likelier than several errors of the author. What
could not be read is no excuse for a line that rests on none of it: a derivative of what the document defines,
by formulas that were all read as they stand; and a step between two formulas of the same quantities, of which
no line that was not understood tells anything. Whether a small repair is found says nothing here, since a
misread line has one as often as not; a line that has none is left open later, where repairs are looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import isum, reach, rebuild, variables
from gradcheck.expr.forms.reading import Note
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.written.definitions import read_applied, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.tree import BigOperator, Dots, Matrix, Node
from gradcheck.notation.walk import letters_in, of_kind
from gradcheck.patterns import late_pattern
from gradcheck.verdict import Role, Verdict

if TYPE_CHECKING:
    from gradcheck.checking.comparisons.judgement import Judgement, Pair
    from gradcheck.checking.comparisons.prepare import Prepared
    from gradcheck.expr.meaning.scope import Scope

UNDERSTOOD = 0.7
# What says that a formula is meant for matrices.
OF_MATRICES = {"trace", "det", "logdet", "inverse", "transpose"}
ACCUSING = (Verdict.WRONG, Verdict.FOLLOWS)
# What the shapes alone decide is no guess: powers, and products of equal shapes, entry by entry.
_HARMLESS = ("info", "hadamard")
_SCRIPTS, _LETTERS = late_pattern(r"[_^\[('{]"), late_pattern(r"\\?[A-Za-z]+")
_DERIVES = late_pattern(r"\\partial|\\nabla|frac\{\\?(?:mathrm)?\{?d")
DOUBTFUL = "this does not hold as it was read, but too much of this part was not understood to call it wrong"


def lone_indices(expected: Expr, got: Expr) -> tuple[Ix, ...]:
    """The written indices that are free on the right side alone."""
    left = dict(expected.free)
    return tuple(Ix(name, dim) for name, dim in got.free if name not in left and not name.startswith("·"))


def are_bound(indices: Sequence[Ix], got: Expr) -> bool:
    """Whether a formula sums over each of some indices in one of its parts, where others hold them free."""
    counted = {node.attr[0].name for node in got.walk() if node.op == "isum"}
    return all(index.name in counted for index in indices)


def are_summed_beside(indices: Sequence[Ix], left: Node) -> bool:
    """Whether the other side writes a Σ over each of some indices: who writes it does not leave it out."""
    beside = {letter for node in of_kind(left, BigOperator) for letter in bound_letters(node)}
    return beside.issuperset(index.name for index in indices)


def repeats(got: Expr, index: Ix) -> bool:
    """Whether an index stands twice in each term that has it, as what the convention sums does."""
    return _times(got, index) > 1


def _times(node: Expr, index: Ix) -> int:
    """How often an index stands in the term of a formula that has it least often."""
    if index.name not in dict(node.free):
        return 0
    if node.op == "pick":
        own = sum(isinstance(mark, Ix) and mark.name == index.name for mark in node.attr)
        return own + _times(node.args[0], index)
    counts = [times for arg in node.args if (times := _times(arg, index))]
    return min(counts, default=0) if node.op in ("add", "sub") else sum(counts)


def summed(got: Expr, indices: Sequence[Ix]) -> tuple[Expr, Note]:
    """The right side with its lone indices summed, as in the convention that repeated indices are."""
    for index in indices:
        got = _each_term_summed(got, index)
    letters = ", ".join(index.name for index in indices)
    return got, Note("implicit", f"the repeated index {letters} is summed", code="GC307")


def _each_term_summed(node: Expr, index: Ix) -> Expr:
    """A formula with a Σ before each term that holds an index; others, as the θ of a step, are left."""
    if index.name not in dict(node.free):
        return node
    if node.op in ("add", "sub"):
        return rebuild(node, tuple(_each_term_summed(arg, index) for arg in node.args))
    return isum(node, index)


def open_index(indices: Sequence[Ix], *, holds_summed: bool) -> str:
    """What to say of a line with a lone index, which may hold once that is summed."""
    letters = ", ".join(f"`{index.name}`" for index in indices)
    told = "summed over it, this holds" if holds_summed else "what it runs over is not said"
    return f"the index {letters} is free on the right side only: {told}"


def stands_alone(judgement: Judgement, defined: Container[str]) -> bool:
    """Whether a line carries all that it means: a formula for matrices, or in one letter, and its derivative.

    Nothing that the document defines, and no function that it leaves open, stands in it, and nothing had to
    be assumed; so no other part of the document could make it right.
    """
    if judgement.pair is None or judgement.verdict is not Verdict.WRONG:
        return False
    expected, got = judgement.pair
    gradients = expected.derivatives
    if len(gradients) != 1:
        return False
    derived, by = gradients[0].args
    inside = variables(expected)
    in_one_letter = not _is_bare(derived) and inside == variables(by)
    if not in_one_letter and not any(node.op in OF_MATRICES for node in derived.walk()):
        return False
    return (
        not (expected.free or got.free)
        and variables(got) <= inside
        and not any(key in defined or key.startswith("·") for key in inside)
        and not any(node.op in ("unknown", "isum") for node in (*expected.walk(), *got.walk()))
        and all(note.kind == "info" for note in judgement.notes)
    )


def is_closed(judgement: Judgement, scope: Scope) -> bool:
    """Whether a line rests on formulas alone that were read as they stand: nothing else could make it right.

    It tells a derivative of what the document defines. All that it holds goes into that or is made of what
    does, and neither a function nor an error signal is left open, nor had anything to be assumed about it or
    its definitions.
    """
    if judgement.pair is None or any(note.kind != "info" for note in judgement.notes):
        return False
    expected, got = judgement.pair
    derived = {key for node in expected.derivatives for key in variables(node.args[0])}
    if not any(key in scope.program for key in derived):
        return False
    within = _made_of(expected, scope)
    made = within | _made_of(got, scope)
    formulas = [expected, got, *(scope.program[key] for key in made if key in scope.program)]
    readings = [scope.used[key] for key in made if key in scope.used]
    return (
        all(key in within or key in scope.program for key in made)
        and not any(_is_open(key, scope) or _is_problem(key, scope) for key in made)
        and not any(node.op == "unknown" for formula in formulas for node in formula.walk())
        and all(note.kind == "info" for reading in readings for note in reading.notes)
    )


def was_guessed(judgement: Judgement, scope: Scope) -> bool:
    """Whether a line may be meant otherwise than it was read, be all of it understood.

    Something had to be assumed of it or of a definition that it rests on; or it tells of any index, and what
    holds for equal ones alone, or for others, is often said in words.
    """
    if judgement.pair is None:
        return True
    if stands_alone(judgement, scope.program) or is_closed(judgement, scope):
        return False
    expected, got = judgement.pair
    made = _made_of(expected, scope) | _made_of(got, scope)
    readings = (scope.used[key] for key in made if key in scope.used)
    assumed = (*judgement.notes, *(note for reading in readings for note in reading.notes))
    return bool(expected.free or got.free) or any(note.kind not in _HARMLESS for note in assumed)


def is_closed_step(step: Prepared, scope: Scope, open_letters: Container[str]) -> bool:
    """Whether a false step goes from one formula to another of the same quantities: it is false by itself.

    Nothing had to be assumed of either; no function, no error signal and no derivative of a bare name stands
    in them, and nothing that was not understood may tell more of a quantity. An equation that begins with a
    formula and derives nothing may be a condition.

    open_letters   the letters of the lines that were not understood
    """
    pairs = step.step_literal
    if not pairs or step.step_mended:
        return False
    asked = step.claim.link.number > 1 or all(pair[0].derivatives for pair in pairs)
    return asked and all(_is_closed(pair, scope, open_letters) for pair in pairs)


def _is_closed(pair: Pair, scope: Scope, open_letters: Container[str]) -> bool:
    expected, got, notes = pair
    within = _made_of(expected, scope)
    formulas = [expected, got, *(scope.program[key] for key in within if key in scope.program)]
    readings = [scope.used[key] for key in within if key in scope.used]
    return (
        bool(within)
        and _made_of(got, scope) <= within
        and not any(_is_open(key, scope) or _is_problem(key, scope) for key in within)
        and not any(_base_of(key) in open_letters for key in within)
        and not any(node.op == "unknown" for formula in formulas for node in formula.walk())
        and not any(_is_bare(node.args[0]) for formula in (expected, got) for node in formula.derivatives)
        and all(note.kind == "info" for note in (*notes, *(n for reading in readings for n in reading.notes)))
    )


def _is_open(key: str, scope: Scope) -> bool:
    """Whether a key is of what has no name and no formula, an error signal say."""
    return key.startswith("·") and key not in scope.program


def _is_problem(key: str, scope: Scope) -> bool:
    """Whether a definition was not understood that tells more than what entries are called."""
    told = [unboxed(definition.right) for definition in scope.quantities.get(key, ())]
    return key in scope.problems and not (told and all(map(_writes_entries, told)))


def _writes_entries(node: Node) -> bool:
    return isinstance(node, Matrix) and bool(of_kind(node, Dots))


def _is_bare(target: Expr) -> bool:
    """Whether a name or its entries are derived, and no formula."""
    return target.op == "var" or (target.op == "pick" and _is_bare(target.args[0]))


def _base_of(key: str) -> str:
    """The letter of a key, without its scripts."""
    return _SCRIPTS.split(key, maxsplit=1)[0]


def _open_letters(links: Sequence[Judgement], unread: Iterable[str]) -> frozenset[str]:
    """The letters of which more may be told by what was not read, or not understood.

    Those are on its left side: a definition tells of its name, and a condition of what it makes equal. The
    value of a derivative and the step of an update tell nothing of the quantities in them.
    """
    found: set[str] = set()
    for latex in unread:
        head = latex.partition("=")[0]
        if not _DERIVES.search(head):
            found.update(_LETTERS.findall(head))
    for judgement in links:
        equation = judgement.claim.equation
        derives = read_quotient(equation.head) is not None or letters_in(equation.head) & {"partial", "nabla"}
        if judgement.verdict is not Verdict.UNDECIDED or derives:
            continue
        applied, right = read_applied(equation.head), equation.links[0].right
        name = read_name(equation.head)
        if applied is not None:
            found.add(applied.function.base)
        elif name is None or name.key not in {other.key for other in written_names(right)}:
            found.update(name.base for name in written_names(equation.head))
    return frozenset(found)


def _made_of(formula: Expr, scope: Scope) -> set[str]:
    """The keys of all that a formula rests on."""
    return {key for name in variables(formula) for key in reach(name, scope.program)}


def doubt(
    judgements: Sequence[Judgement],
    scope: Scope,
    prepared: Sequence[Prepared],
    *,
    declared: bool,
    unread: Sequence[str],
) -> None:
    """Take back accusations in a case of which too little was understood.

    prepared   what each of the judgements was made of
    declared   shapes were given, so that nothing was guessed
    unread     the mathematics of the document that could not be read at all
    """
    links = [j for j in judgements if j.claim.role is not Role.DECLARATION and not _lists_entries(j)]
    told = _told_alone(links, scope)
    accused = [j for j in links if j.verdict in ACCUSING and j.claim.id not in told and j.cause not in told]
    if declared or not accused:
        return
    open_ones = sum(j.verdict is Verdict.UNDECIDED for j in links) + len(unread)
    understood = 1 - open_ones / (len(links) + len(unread))
    derived = [j for j in links if j.verdict is not Verdict.UNDECIDED and j.role_is_claim]
    if understood >= UNDERSTOOD and (not open_ones or len(accused) <= len(derived) / 2):
        return
    steps = {id(judgement): item for judgement, item in zip(judgements, prepared, strict=True)}
    letters = _open_letters(links, unread)
    alone = {
        j.claim.id for j in accused if _is_false_step(j) and is_closed_step(steps[id(j)], scope, letters)
    }
    for judgement in accused:
        if judgement.claim.id not in alone and judgement.cause not in alone:
            judgement.leave_open(DOUBTFUL)


def _is_false_step(judgement: Judgement) -> bool:
    first = judgement.claim.link.number == 1
    return judgement.verdict is Verdict.WRONG and (first or judgement.step is Verdict.WRONG)


def _lists_entries(judgement: Judgement) -> bool:
    """Whether a line that was not read only writes an array out: X as a column of ones and what else it has.

    What its entries are called decides no gradient: it is neither understood nor misunderstood.
    """
    link = judgement.claim.link
    matrix = unboxed(link.right)
    if judgement.verdict is not Verdict.UNDECIDED:
        return False
    return _writes_entries(matrix) and (name := read_name(link.left)) is not None and name.is_plain


def _told_alone(links: Sequence[Judgement], scope: Scope) -> Collection[str | None]:
    """The lines that are wrong whatever else was not understood.

    None that has several instances is: from which number an author counts the steps may be misread.
    """
    wrong = [j for j in links if j.verdict is Verdict.WRONG]
    counted = Counter(j.claim.id for j in links)
    alone = {j.claim.id for j in wrong if stands_alone(j, scope.program)}
    return alone | {j.claim.id for j in wrong if counted[j.claim.id] == 1 and is_closed(j, scope)}
