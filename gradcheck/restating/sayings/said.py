"""What a document says of its matrices beside their shapes: symmetric, positive definite, diagonal.

`2 A x` is the gradient of `x^T A x` only where A is symmetric, and authors say so in a sentence, by
`A = A^T`, `A \\succ 0` or `A \\in \\mathbb{S}^n`. A word speaks for the names of its own clause: for those
beside it, for all of them where the clause has a plural, and for those of the paragraph where it has none.
Words are matched, sentences not parsed; where that is too generous, a wrong line passes, none is accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from gradcheck.expr.written.declarations import words_of
from gradcheck.expr.written.definitions import definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.indices import is_letter
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.vocabulary import Vocabulary, is_loss_name
from gradcheck.notation.errors import NotationError
from gradcheck.notation.parser import parse, parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Fragment, Heading, Prose, Statement
from gradcheck.notation.tree import Call, Group, Node, Relation, Symbol, Text
from gradcheck.notation.walk import of_kind
from gradcheck.patterns import late_pattern

SYMMETRIC, DEFINITE, DIAGONAL = "symmetric", "definite", "diagonal"
RANKS = (SYMMETRIC, DEFINITE, DIAGONAL)  # what is said later holds only where it says more
MATH = late_pattern(r"\$\$?(.+?)\$\$?|\\\((.+?)\\\)", re.DOTALL)
DENIED = (
    r"(?<!not )(?<!non-)(?<!non)(?<!not necessarily )(?<!need not be )(?<!skew-)(?<!skew )(?<!anti)(?<!\ba)"
)
WORDS = (
    (
        DIAGONAL,
        late_pattern(
            DENIED + r"(?<!block )(?<!block-)(?<!off-)(?<!off )(?<!tri)(?<!bi)"
            r"(diagonal (?:[a-z-]+ )?matri|(?<=is )diagonal\b|(?<=are )diagonal\b)",
            re.IGNORECASE,
        ),
    ),
    (
        DEFINITE,
        late_pattern(
            DENIED + r"(positive[- ](semi-?)?definite|\bs?p\.?s?\.?d\b|(?<!cross-)covariance|"
            r"precision matri|gram matri|kernel matri)",
            re.IGNORECASE,
        ),
    ),
    (SYMMETRIC, late_pattern(DENIED + r"(symmetric|self-adjoint|\bhessian)", re.IGNORECASE)),
)
# Who speaks of symmetry, in whatever language, or of any matrix, does not silently mean a symmetric one.
SYMMETRY = late_pattern(
    r"s[iy]mm?[eé]tr|симметр|симетр|对称|對稱|対称|대칭|(any|arbitrary) [^.$]{0,20}matrix", re.I
)
PLURAL = late_pattern(r"\b(are|both|all|matrices|covariances|each)\b", re.IGNORECASE)
CLAUSES = late_pattern(r"[.;:](?:\s|$)|,\s+(?=where|while|whereas|but|with|then|so)|\n\s*\n")
PIECES = late_pattern(r",|\band\b|\bor\b")
# What joins formulas to one list, `$M$, $R$ and $Q$ symmetric`: the word speaks for all of it.
RUN = late_pattern(r"(?<=\x00)\s*(?:,\s*(?:and\b|or\b)?|\band\b|\bor\b)\s*(?=\x00)")
MAXIMISES = late_pattern(
    r"\bascen(?:t|d)|\bmaximi[sz]|\bmaximier|maximum[- ]likelihood|\bmaximum de vraisemblance|"
    r"\bm[aá]xima verosimilitud|\bhill[- ]climb|最大化|梯度上升|极大似然|最大似然",
    re.IGNORECASE,
)
ASCENT = late_pattern(r"\bascen(?:t|d)|梯度上升", re.IGNORECASE)
LIKELIHOOD = late_pattern(r"\blog[- ]?likelihood", re.IGNORECASE)
MINIMISES = late_pattern(
    r"\bnegative\b|\bminus\b|\bnegated|\bNLL\b|\bminimi[sz]|\bdescen|\bloss|\bcosts?\b|"
    r"\bcross[- ]entropy|\berror",
    re.IGNORECASE,
)
MADE_SMALL = late_pattern(r"\bminimi[sz]|\bminimier|最小化", re.IGNORECASE)
LONE_CAPITAL = late_pattern(r"\b([B-HJ-Z]|A(?= (?:is|be)\b)|(?<=matrix )A)\b(?!\.\w)")
SET_OF_SYMMETRIC = late_pattern(r"\\in\s*\\math(?:bb|cal|bf|rm)\s*\{?S\}?")
# `on $\mathbb{S}^n$`, `$h : \mathbb{S}_{++}^n \to \mathbb{R}$`: where the arguments of a clause are from.
THEIR_DOMAIN = late_pattern(
    r"(?:[^=]*(?::|\\colon))?\s*\\math(?:bb|cal|bf)\s*\{?S\}?[^=\\]*\^[^=\\]*(?:\\(?:to|rightarrow)\b.*)?"
)
DOMAIN_WORDS = ("symmetric matrices", "positive definite matrices")
# What stands before such a word in a sentence that tells of a case, and not of the whole text.
SUPPOSED = late_pattern(
    r"(?:\b(?:if|when|whenever|in case|in the case|provided)\b|如果|假设|若)[^.;。；]*$|\bfor\s*$",
    re.IGNORECASE,
)


def maximises(body: Iterable[Statement]) -> bool:
    """Whether the text says anywhere that something is maximised.

    A log-likelihood is, in a text that speaks of nothing negative and of nothing that is made small.
    """
    texts = [item.text for item in body if isinstance(item, Prose | Heading)]
    likelihood = any(map(LIKELIHOOD.search, texts)) and not any(map(MINIMISES.search, texts))
    return likelihood or any(map(MAXIMISES.search, texts))


def ascended(body: Iterable[Statement]) -> frozenset[int]:
    """The numbers of the equations whose steps may go up: all of a text that says something is maximised.

    Where the paragraph that leads to an equation speaks of minimising alone, the step goes down.
    """
    items = list(body)
    if not maximises(items):
        return frozenset()
    numbers, small = [], False
    for item in items:
        match item:
            case Heading():
                small = False
            case Prose(text=text):
                upwards = MAXIMISES.search(text) or LIKELIHOOD.search(text)
                small = MADE_SMALL.search(text) is not None and not upwards
            case Equation(number=number) if not small:
                numbers.append(number)
    return frozenset(numbers)


def climbing(body: Iterable[Statement]) -> frozenset[int]:
    """The numbers of the equations whose steps have to go up: an ascent is spoken of before them."""
    numbers, up = [], False
    for item in body:
        match item:
            case Heading():
                up = False
            case Prose(text=text):
                up = ASCENT.search(text) is not None and MINIMISES.search(text) is None
            case Equation(number=number) if up:
                numbers.append(number)
    return frozenset(numbers)


def log_likelihoods(equations: Iterable[Equation]) -> frozenset[str]:
    """The keys of what is defined as the logarithm of a likelihood, `\\ell(w) = \\log L(w)`."""
    return frozenset(
        found.name.key
        for found in definitions(equations)
        if is_loss_name(found.name) and _is_logarithm_of_loss(unboxed(found.right))
    )


def _is_logarithm_of_loss(node: Node) -> bool:
    """Whether a formula is the logarithm of what has the name of a loss; only a likelihood has one."""
    if not isinstance(node, Call) or not isinstance(node.function, Symbol):
        return False
    inner = node.argument
    while isinstance(inner, Group) and len(inner.items) == 1:
        inner = inner.items[0]
    applied = read_applied(inner)
    name = read_name(inner) if applied is None else applied.function
    return node.function.name in ("log", "ln") and name is not None and is_loss_name(name)


def said(body: Iterable[Statement], vocabulary: Vocabulary) -> dict[str, str]:
    """Key → domain, for every matrix of which the document says such a thing.

    What is said of a P that no formula holds is said of each `P_t`.
    """
    found: dict[str, str] = {}
    items = list(body)
    for item in items:
        for key, domain in _told(item, vocabulary):
            if RANKS.index(domain) >= RANKS.index(found.get(key, domain)):
                found[key] = domain
    if found:
        equations = (item for item in items if isinstance(item, Equation))
        written = {name.key: name for e in equations for side in e.sides for name in written_names(side)}
        for name in written.values() if found.keys() - written.keys() else ():
            family = vocabulary.canonical(name.without(sub=(), transpose=False, inverse=False))
            if name.sub and family in found.keys() - written.keys():
                found.setdefault(
                    vocabulary.canonical(name.without(transpose=False, inverse=False)), found[family]
                )
    return found


def supposed(
    body: Iterable[Statement], told: Mapping[str, str], vocabulary: Vocabulary
) -> dict[str, frozenset[int]]:
    """Key → the equations that it may be told of, for what is told of a matrix in no more than a case.

    "If A is symmetric, this is 2 A x" speaks of the line before it and of those below, up to a heading.

    told    what is said of matrices anywhere
    """
    of_case: dict[str, set[int]] = {}
    firm: set[str] = set()
    open_now: set[str] = set()
    in_sentence: set[str] = set()
    before: int | None = None
    for item in body if told else ():
        keys = {key for key, _ in _told(item, vocabulary)}
        if isinstance(item, Prose):
            in_sentence = keys if _is_of_case(item) else set()
        if isinstance(item, Heading):
            open_now = set()
        elif keys and not _is_of_case(item) and not keys <= in_sentence:
            firm |= keys
        else:
            open_now |= keys
        number = item.number if isinstance(item, Equation) else None
        for key in keys:
            of_case.setdefault(key, set()).update(filter(None, (before, number)))
        for key in open_now:
            of_case[key].update(filter(None, (number,)))
        before = number
    return {key: frozenset(numbers) for key, numbers in of_case.items() if key in told and key not in firm}


def _is_of_case(item: Statement) -> bool:
    """Whether a statement tells of a case: all a paragraph says behind an "if", or words at a formula."""
    if not isinstance(item, Prose):
        return isinstance(item, Equation) and not any(_by_equation(item))
    places = [found.start() for _, words in WORDS for found in words.finditer(item.text)]
    places += [f.start() for f in MATH.finditer(item.text) if any(True for _ in _in_formula(f[1] or f[2]))]
    return bool(places) and all(SUPPOSED.search(item.text, 0, place) for place in places)


def _told(item: Statement, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The keys of the matrices of which one statement says such a thing, with what it says."""
    told: Iterable[tuple[Name, str]] = ()
    match item:
        case Prose(text=text):
            told = _in_prose(text)
        case Equation(context=context):
            told = (*_by_equation(item), *_in_words(context))
        case Fragment(node=node):
            told = _in_words((node,))
    for name, domain in told:
        base = name.base + "'" * name.primes
        bare = name.without(base=base, primes=0, transpose=False, inverse=False)
        yield vocabulary.canonical(bare), domain


def _in_words(context: Iterable[Node]) -> Iterator[tuple[Name, str]]:
    """What words or relations behind a formula say: `\\text{if } A = A^T`, `(A \\text{ symmetric})`."""
    inner = (n.items[0] if isinstance(n, Group) and len(n.items) == 1 else n for n in context)
    written = [
        node.content if isinstance(node, Text) else " ".join((f"${latex(node)}$", *_words_inside(node)))
        for node in inner
    ]
    if written:
        yield from _in_prose(" ".join(written))


def _words_inside(node: Node) -> Iterator[str]:
    """The words that stand in a formula, in order."""
    yield from (inner.content for inner in of_kind(node, Text))
    yield from (inner.name for inner in of_kind(node, Symbol) if inner.style == "word")


def _in_prose(text: str) -> Iterator[tuple[Name, str]]:
    """What the clauses of a paragraph say; formulas are taken out first, so that no clause ends in one."""
    formulas: list[str] = []

    def taken_out(match: re.Match[str]) -> str:
        formula = match[1] or match[2]
        if THEIR_DOMAIN.fullmatch(formula):
            return DOMAIN_WORDS["+" in formula]
        formulas.append(formula)
        return f"\x00{len(formulas) - 1}\x00"

    masked = MATH.sub(taken_out, text)
    for formula in formulas:
        yield from _in_formula(formula)
    everywhere = list(_names(masked, formulas))
    for clause in CLAUSES.split(masked):
        for domain, words in WORDS:
            for name in _meant(clause, words, formulas) if words.search(clause) else ():
                yield name, domain
            if words.search(clause) and not list(_names(clause, formulas)):
                yield from ((name, domain) for name in everywhere)


def _meant(clause: str, words: re.Pattern[str], formulas: list[str]) -> list[Name]:
    """The names that a word speaks of: beside it, or all of the clause."""
    if not PLURAL.search(clause):
        pieces = PIECES.split(RUN.sub(" ", clause))
        beside = [n for piece in pieces if words.search(piece) for n in _names(piece, formulas)]
        if beside:
            return beside
    return list(_names(clause, formulas))


def _names(clause: str, formulas: list[str]) -> Iterator[Name]:
    """The names that a clause mentions, before a relation in a formula or as a lone capital."""
    for mark in re.findall(r"\x00(\d+)\x00", clause):
        yield from _leading(formulas[int(mark)])
    for letter in LONE_CAPITAL.findall(re.sub(r"\x00\d+\x00", " ", clause)):
        yield from _leading(letter)


def _leading(formula: str) -> Iterator[Name]:
    """The names of a formula up to its first relation.

    What is its own transpose whatever its letters are, `X^T X` or `A + A^T`, says nothing of them.
    """
    try:
        elements = parse(formula)
    except NotationError:
        return
    before = takewhile(lambda element: not isinstance(element, Relation), elements)
    names = [name for element in before if isinstance(element, Node) for name in written_names(element)]
    marked = [(name.key, name.transpose) for name in names]
    if marked != [(key, not transpose) for key, transpose in reversed(marked)]:
        yield from names


def _in_formula(formula: str) -> Iterator[tuple[Name, str]]:
    """`A \\succ 0`, `A \\in \\mathbb{S}^n` and, among words, `A = A^T`."""
    sides = [read_name(node) for text in formula.split("=") if (node := parse_one(text)) is not None]
    if len(sides) == 2:
        yield from _of_sides(*sides)
    before, sign, _ = formula.partition("\\succ")
    if sign:
        yield from ((name, DEFINITE) for name in _leading(before))
    if SET_OF_SYMMETRIC.search(formula):
        kind = DEFINITE if "+" in formula else SYMMETRIC
        yield from ((name, kind) for name in _leading(formula))


def _by_equation(equation: Equation) -> Iterator[tuple[Name, str]]:
    """`A = A^T`, `A^T = A` or `a_{ij} = a_{ji}`; `A \\in \\mathbb{R}^{n \\times n} \\text{ symmetric}`."""
    if equation.links[0].relation.sign == "∈":
        beside = [node.content for node in equation.context if isinstance(node, Text)]
        words = " ".join((*beside, *(words_of(side) for side in equation.sides[1:])))
        told = [domain for domain, pattern in WORDS if pattern.search(words)]
        yield from ((name, domain) for name in written_names(equation.head) for domain in told[:1])
        return
    yield from _of_sides(read_name(equation.head), read_name(equation.links[0].right))


def _of_sides(left: Name | None, right: Name | None) -> Iterator[tuple[Name, str]]:
    """What the two names of an equation say of a matrix: one is the other, turned."""
    if left is None or right is None or left.transpose == right.transpose:
        if left is not None and right is not None and _exchanged(left, right):
            yield left.without(sub=()), SYMMETRIC
    elif left.key == right.key and all(n.without(transpose=False).is_plain for n in (left, right)):
        yield left.without(transpose=False), SYMMETRIC


def _exchanged(left: Name, right: Name) -> bool:
    """Whether names are entries of one matrix that change places, `a_{ij}` and `a_{ji}`."""
    letters = len(left.sub) == 2 and left.sub[0] != left.sub[1] and all(map(is_letter, left.sub))
    return letters and left.sub == right.sub[::-1] and left.without(sub=right.sub).key == right.key
