"""Ways to write the same derivation: none changes what a line says.

Each takes the text of a document in Markdown or plain text whose formulas stand between dollar signs, and
gives the new text, or None where it has nothing to change. They work on the text and know nothing of the
reader, so that reader and rewriting cannot share a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

FORMULA = re.compile(r"\$\$.+?\$\$|\$.+?\$", re.DOTALL)
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
CLAIM = re.compile(
    r"^\$\$(?P<head>[^=&\n]*(?:\\partial|\\nabla)[^=&\n]*) = (?P<right>[^=&\n]+)\$\$$", re.MULTILINE
)
LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]+")
# Letters that mean something by themselves, or end a word below.
KEPT = frozenset("deijklmnoprtILNTK")


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A name, what is done to the text, and the ending of the new document."""

    name: str
    change: Callable[[str], str | None]
    suffix: str = ".md"


def in_formulas(text: str, change: Callable[[str], str]) -> str:
    """The text with each formula changed; the front matter stays."""
    front = FRONT.match(text)
    start = front.end() if front is not None else 0
    return text[:start] + FORMULA.sub(lambda found: change(found[0]), text[start:])


def letters_of(text: str) -> set[str]:
    """The letters and commands of all formulas and of the front matter."""
    return set(LETTER.findall(text))


def renamed(text: str, new: dict[str, str]) -> str:
    """Letters that stand alone under other names, in formulas and in the front matter."""

    def put(found: re.Match[str]) -> str:
        return new.get(found[0], found[0])

    front = FRONT.match(text)
    head = LETTER.sub(put, front[0]) if front is not None else ""
    rest = text[front.end() :] if front is not None else text
    return head + in_formulas(rest, lambda formula: _outside_words(formula, put))


def _outside_words(formula: str, put: Callable[[re.Match[str]], str]) -> str:
    """A formula with its letters changed, but not the words of `\\text{...}` and environments."""
    words = r"\\(?:text|operatorname|mathrm|mathbb|mathcal|mathbf|begin|end)\s*\{[^{}]*\}"
    parts = re.split(f"({words})", formula)
    return "".join(part if n % 2 else LETTER.sub(put, part) for n, part in enumerate(parts))


def bold(text: str) -> str | None:
    """Every variable in bold."""
    found = {x for x in letters_of(text) if len(x) == 1 and x not in KEPT}
    if "---" in text or "mathbf" in text or not found:
        return None
    return renamed(text, {x: rf"\mathbf{{{x}}}" for x in found})


def greek(text: str) -> str | None:
    """Three letters as Greek ones that are free."""
    new = {"x": r"\xi", "w": r"\theta", "W": r"\Theta", "v": r"\psi", "V": r"\Psi"}
    known = letters_of(text)
    used = {old: other for old, other in new.items() if old in known and other not in known}
    return renamed(text, used) if used and "---" not in text else None


def other_letters(text: str) -> str | None:
    """Variables under other Latin letters, capitals for capitals."""
    free_small = [x for x in "zuvqsabcgh" if x not in letters_of(text) and x.upper() not in letters_of(text)]
    free_large = [x for x in "ZUVQSABCGH" if x not in letters_of(text) and x.lower() not in letters_of(text)]
    used = [x for x in "xwvyWXVU" if x in letters_of(text) and x.swapcase() not in letters_of(text)]
    free = {False: iter(free_small), True: iter([x for x in free_large if x.lower() not in free_small[:4]])}
    new = {old: other for old in used[:4] if (other := next(free[old.isupper()], None)) is not None}
    return renamed(text, new) if new else None


def display_fractions(text: str) -> str | None:
    r"""`\dfrac` for `\frac`."""
    return _changed(text, in_formulas(text, lambda f: f.replace(r"\frac", r"\dfrac")))


def growing_brackets(text: str) -> str | None:
    r"""`\left(` and `\right)` for plain round brackets."""

    def grown(formula: str) -> str:
        if r"\left" in formula or r"\big" in formula.lower() or formula.count("(") != formula.count(")"):
            return formula
        formula = re.sub(r"\^\{?\((\w)\)\}?", r"^{<\1>}", formula)
        formula = formula.replace("(", r"\left( ").replace(")", r" \right)")
        return re.sub(r"\^\{<(\w)>\}", r"^{(\1)}", formula)

    return _changed(text, in_formulas(text, grown))


def other_transpose(text: str) -> str | None:
    r"""`^\top` for `^T`, and `^{\mathsf{T}}` for `^\top`."""

    def turned(formula: str) -> str:
        if r"\top" in formula:
            formula = formula.replace(r"{-\top}", r"{-\mathsf{T}}")
            return re.sub(r"\^\\top(?![a-z])", r"^{\\mathsf{T}}", formula)
        return re.sub(r"\^T(?![A-Za-z])", r"^\\top", formula) if "_{t=1}" not in text else formula

    return _changed(text, in_formulas(text, turned))


def circles(text: str) -> str | None:
    r"""`\circ` for `\odot`."""
    return _changed(text, in_formulas(text, lambda f: f.replace(r"\odot", r"\circ")))


def transposed(text: str) -> str | None:
    """Both sides of every gradient transposed."""
    return _changed(text, CLAIM.sub(r"$$\\left( \g<head> \\right)^T = \\left( \g<right> \\right)^T$$", text))


def negated_twice(text: str) -> str | None:
    """Every right side of a gradient with two minus signs."""
    return _changed(text, CLAIM.sub(r"$$\g<head> = -\\left( -\\left( \g<right> \\right) \\right)$$", text))


def turned_around(text: str) -> str | None:
    """Every gradient's sides exchanged."""
    return _changed(text, CLAIM.sub(r"$$\g<right> = \g<head>$$", text))


def in_two_steps(text: str) -> str | None:
    """Every gradient's chain goes on in the next display."""
    chain = r"$$\g<head> = 1 \\cdot \\left( \g<right> \\right)$$\n\n$$= \g<right>$$"
    return _changed(text, CLAIM.sub(chain, text))


def without_front_matter(text: str) -> str | None:
    """No shape is declared; a symmetric matrix stays declared as one."""
    return None if "domains:" in text else _changed(text, FRONT.sub("", text))


def last_part_first(text: str) -> str | None:
    """What is defined stands below its use."""
    front = FRONT.match(text)
    start = front.end() if front is not None else 0
    parts = re.split(r"^(?=# )", text[start:], flags=re.MULTILINE)
    parts = [part for part in parts if part.strip()]
    return text[:start] + "\n".join([*parts[1:], parts[0]]) if len(parts) == 2 else None


def as_latex(text: str) -> str | None:
    """The document as a LaTeX file."""
    if FRONT.match(text):
        return None
    text = re.sub(r"\$\$(.+?)\$\$", r"\\[\1\\]", text, flags=re.DOTALL)
    text = re.sub(r"^# (.*)$", r"\\section{\1}", text, flags=re.MULTILINE)
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{text}\n\\end{{document}}\n"


def with_the_wrong_sign(text: str) -> str | None:
    """The last gradient with the other sign; None where there is none, or it is zero."""
    claims = list(CLAIM.finditer(text))
    if not claims or claims[-1]["right"].strip() == "0":
        return None
    last = claims[-1]
    wrong = rf"$${last['head']} = -\left( {last['right']} \right)$$"
    return text[: last.start()] + wrong + text[last.end() :]


def _changed(old: str, new: str) -> str | None:
    return new if new != old else None


REWRITINGS = (
    Rewriting("as it stands", lambda text: text),
    Rewriting("variables in bold", bold),
    Rewriting("Greek letters", greek),
    Rewriting("other letters", other_letters),
    Rewriting(r"\dfrac", display_fractions),
    Rewriting(r"\left( \right)", growing_brackets),
    Rewriting("another transpose", other_transpose),
    Rewriting(r"\circ for \odot", circles),
    Rewriting("both sides transposed", transposed),
    Rewriting("two minus signs", negated_twice),
    Rewriting("sides exchanged", turned_around),
    Rewriting("a chain over two displays", in_two_steps),
    Rewriting("nothing declared", without_front_matter),
    Rewriting("definitions last", last_part_first),
    Rewriting("LaTeX", as_latex, ".tex"),
)
