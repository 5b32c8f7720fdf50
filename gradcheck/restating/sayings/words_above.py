"""Words above and below letters: `w^{new} = w^{old} - \\eta g` steps, and `S^{OLS}` is no power.

A line that gives what is new, in words or as `w^{+}`, by what is old is a step of the letter itself, so both
marks are left out of it, unless the new or the old value stands elsewhere: then they are two quantities. Any
other word above a letter tells one quantity from another, as it does below, and is written there. A word that
stands on the line as a quantity of its own is an exponent. A letter does so, `a^u_t` and `a^r_t` of gates,
where the base never stands without one, two have formulas of their own, and none counts anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import base_text, key_of, read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Group, Node, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import mapped, of_kind, parts, walk
from gradcheck.records import replace

NEW = frozenset(("new", "next", "updated", "neu", "nouveau", "nuevo", "nueva", "+"))
OLD = frozenset(("old", "prev", "previous", "current", "alt", "ancien", "viejo", "vieja", "actual"))
# Single words above that mean something else than another quantity.
MARKS = frozenset(("top", "intercal", "prime", "dagger", "ast", "star", "T", "t", "H", "th"))


def with_words_below(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such steps as steps, and other words above letters below them."""
    equations = [item for item in body if isinstance(item, Equation)]
    letters = _told_apart(equations)
    scripted = (node for e in equations for side in e.sides for node in of_kind(side, Scripted))
    if not letters and not any(_word(node.sup) or _word(node.sub) for node in scripted):
        return body
    steps = {e.number: key for e in equations if (key := _stepped(e)) is not None}
    others = [side for e in equations if e.number not in steps for side in e.sides]
    kept = {_bare_key(node) for side in others for node in walk(side) if _is_marked(node)}
    on_the_line = {name for e in equations for side in e.sides for name in _on_the_line(side)}
    return [
        _changed(item, steps.get(item.number), kept, on_the_line, letters)
        if isinstance(item, Equation)
        else item
        for item in body
    ]


def _told_apart(equations: Sequence[Equation]) -> frozenset[str]:
    """The bases that single letters above tell apart, wherever they stand."""
    heads: dict[str, set[str]] = {}
    for equation in equations:
        head = unboxed(equation.head)
        if not isinstance(head, Scripted) or (letter := _letter(head)) is None:
            continue
        if any(letter in _without_scripts(side) for side in equation.sides[1:]):
            continue  # `a^x = e^{x \ln a}` is a power
        heads.setdefault(base_text(head.base) or "", set()).add(letter)
    bases = {base for base, letters in heads.items() if len(letters) > 1} - {""}
    if not bases:
        return frozenset()
    sides = [side for equation in equations for side in equation.sides]
    nodes = [node for side in sides for node in of_kind(side, Scripted)]
    counting = {name for side in sides for name in _counted(side)}
    for node in nodes:
        base = base_text(node.base)
        if base in bases and (_letter(node) is None or _letter(node) in counting):
            bases.discard(base)
    return frozenset(bases - {name for side in sides for name in _without_scripts(side)})


def _letter(node: Scripted) -> str | None:
    """The one small letter that stands above a name, t of `x^t` left out, since it may transpose."""
    sup = node.sup
    if not isinstance(sup, Symbol) or sup.style or len(sup.name) != 1 or not sup.name.islower():
        return None
    return None if sup.name in MARKS else sup.name


def _counted(side: Node) -> Iterator[str]:
    """The letters that a Σ binds or that a script adds something to, `l + 1`."""
    for node in of_kind(side, BigOperator):
        for limit in (node.lower, node.upper):
            yield from (s.name for s in of_kind(limit, Symbol)) if limit is not None else ()
    for scripted in of_kind(side, Scripted):
        for script in (scripted.sub, scripted.sup):
            for total in of_kind(script, Sum) if script is not None else ():
                yield from (s.name for s in of_kind(total, Symbol) if total.terms[1:])


def _without_scripts(node: Node) -> Iterator[str]:
    """The bases that stand without any script."""
    if isinstance(node, Scripted):
        for child in parts(node.base) if base_text(node.base) else (node.base,):
            yield from _without_scripts(child)
    elif (text := base_text(node)) is not None:
        yield text
    else:
        for child in parts(node):
            yield from _without_scripts(child)


def _changed(
    equation: Equation, key: str | None, kept: set[str], quantities: set[str], letters: frozenset[str]
) -> Equation:
    """An equation without the words of its step, and with other words, and letters, below."""
    if key is not None and key not in kept:
        equation = rewritten(equation, lambda node: _unmarked(node, key))
    return rewritten(equation, lambda node: _lowered(node, quantities, letters))


def _stepped(equation: Equation) -> str | None:
    """The key of the letter that a line gives a new value of by its old one."""
    head, right = unboxed(equation.head), unboxed(equation.links[0].right)
    if not isinstance(head, Scripted) or _mark(head) not in NEW or not isinstance(right, Sum):
        return None
    key = _bare_key(head)
    own = [n for term in right.terms for n in walk(term.body) if _bare_key(n) == key]
    alone = any(_bare_key(term.body) == key and term.sign == "+" for term in right.terms)
    return key if alone and len(right.terms) > 1 and not any(_mark(node) in NEW for node in own) else None


def _is_marked(node: Node) -> bool:
    return _mark(node) in NEW | OLD


def renewed(head: Node) -> str | None:
    """The key of the name that a head calls new, `w` of `w_{new}`; None of any other."""
    return _bare_key(head) if _mark(head) in NEW else None


def _mark(node: Node) -> str:
    """The word above or below a letter, maybe beside an index."""
    if not isinstance(node, Scripted):
        return ""
    found = (word for script in (node.sup, node.sub) for word in _words(script))
    return next((word for word in found if word in NEW | OLD), "")


def _words(script: Node | None) -> Iterator[str]:
    items: tuple[Node, ...] = ()
    match script:
        case Product(factors=items) | Group(items=items):
            pass
        case Symbol():
            items = (script,)
    yield from (i.name for i in items if isinstance(i, Symbol) and (i.style == "word" or i.name == "+"))


def _word(script: Node | None) -> str:
    return next(_words(script), "")


def _bare_key(node: Node) -> str:
    """The key of a name without such words; "" for what is no name."""
    name = read_name(_without(node) if isinstance(node, Scripted) else node)
    return "" if name is None else key_of(name.base, name.layer, name.sub)


def _without(node: Scripted) -> Node:
    """A name without the word that calls it new or old."""
    sub, sup = (_kept(script) for script in (node.sub, node.sup))
    if sub is None and sup is None and not node.primes:
        return replace(node.base, span=node.span)
    return replace(node, sub=sub, sup=sup)


def _kept(script: Node | None) -> Node | None:
    match script:
        case Symbol(name=name) if name in NEW | OLD:
            return None
        case Product(factors=items) | Group(items=items) if {*_words(script)} & (NEW | OLD):
            rest = [i for i in items if not (isinstance(i, Symbol) and i.name in NEW | OLD)]
            return rest[0] if len(rest) == 1 else script
        case _:
            return script


def _unmarked(node: Node, key: str | None) -> Node:
    """A formula in which one letter lost these words."""
    if isinstance(node, Scripted) and _bare_key(node) == key and _is_marked(node):
        return _without(node)
    return mapped(node, lambda child: _unmarked(child, key))


def _on_the_line(node: Node) -> Iterator[str]:
    """The words that stand as quantities, in no script."""
    if isinstance(node, Symbol) and node.style == "word":
        yield node.name
    for child in (node.base,) if isinstance(node, Scripted) else parts(node):
        yield from _on_the_line(child)


def _lowered(node: Node, quantities: set[str], letters: frozenset[str]) -> Node:
    """A formula with the words above its letters below them.

    letters   the bases that single letters tell apart
    """
    node = mapped(node, lambda child: _lowered(child, quantities, letters))
    if not isinstance(node, Scripted) or (base := base_text(node.base)) in (None, "e"):
        return node
    if base in letters and isinstance(node.sup, Symbol):
        word: Symbol | None = replace(node.sup, style="word")
    else:
        word = _label(node.sup)
        if word is not None and word.name in quantities | MARKS:
            return node
    if word is None:
        return node
    match node.sub:
        case None:
            return replace(node, sub=word, sup=None)
        case Group(open="", items=rest):
            pass
        case _:
            rest = (node.sub,)
    commas = tuple("," for _ in rest)
    return replace(node, sub=Group(word.span, "", "", (word, *rest), commas), sup=None)


def _label(script: Node | None) -> Symbol | None:
    """A word above, or capitals that stand for words, `OLS`."""
    match script:
        case Symbol(style="word"):
            return script
        case Product(factors=factors, operators=operators) if not any(o.kind for o in operators):
            letters = [f.name for f in factors if isinstance(f, Symbol) and not f.style]
            text = "".join(letters)
            capitals = len(letters) == len(factors) > 2 and all(len(name) == 1 for name in letters)
            return Symbol(script.span, text, "word") if capitals and text.isupper() else None
        case _:
            return None
