r"""LaTeX as MathML for the HTML report, or nothing where it cannot be converted.

latex2mathml converts; ziamath draws SVG from it, which cannot be selected, read aloud or marked. Its
result is untrusted: the tree is rebuilt from the elements and attributes of MathML Core named here, so a
`\href` or a `\text{<script>}` of a document stays text. A formula with a command that is unknown, with
macros of its own, or nested too deep is None: the caller shows it as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from gradcheck.patterns import late_pattern
from gradcheck.report.visible import visible

MARKED = "gc-mark"
ADDED = "gc-added"

_LONGEST = 8000
_DEEPEST = 60
_TOKENS = {"mi", "mn", "mo", "mtext", "ms"}
_ELEMENTS = _TOKENS | {
    "math", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom", "mspace", "msub", "msup",
    "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mtable", "mtr", "mtd", "menclose",
}  # fmt: skip
_ARITY = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
}  # fmt: skip
_ATTRIBUTES = {
    "display", "displaystyle", "fence", "form", "height", "depth", "largeop", "linethickness", "lspace",
    "maxsize", "minsize", "movablelimits", "rspace", "scriptlevel", "separator", "stretchy", "symmetric",
    "voffset", "width", "accent", "accentunder",
}  # fmt: skip
_VALUE = late_pattern(r"[\w.+-]{1,24}", re.ASCII)
_CLASSES = {
    ("class", MARKED): MARKED,
    ("class", ADDED): ADDED,
    ("notation", "updiagonalstrike"): "gc-struck",
    ("notation", "downdiagonalstrike"): "gc-struck",
    ("notation", "updiagonalstrike downdiagonalstrike"): "gc-struck",
    ("notation", "box"): "gc-boxed",
    ("columnalign", "left"): "gc-left",
    ("columnalign", "right"): "gc-right",
}
_ALIGNMENT = late_pattern(r"\\(begin|end)\{(?:aligned|alignat|align|split|gathered|gather|eqnarray)\*?\}")
_ESCAPED = late_pattern(r"\\.", re.DOTALL)
_MACRO = late_pattern(r"\\(?:re|provide)?newcommand|\\[gex]?def\b|\\let\b|\\DeclareMathOperator")
_ENVIRONMENT = late_pattern(r"\\(begin|end)\{[a-zA-Z]*(?:matrix|array|cases)\*?\}")
_MATHEMATICS = "http://www.w3.org/1998/Math/MathML"


class _Inconvertible(Exception):
    """A part of a formula has no form in MathML."""


@lru_cache(maxsize=4096)
def mathml(latex: str, *, display: bool = False) -> str | None:
    """The formula as a `<math>` element that is safe in a page; None where it cannot be converted."""
    from latex2mathml.converter import convert_to_element

    if len(latex) > _LONGEST or not _is_shallow(latex) or _MACRO.search(latex):
        return None
    aligned = _ENVIRONMENT.sub(_grouped, _ALIGNMENT.sub(r"\\\1{align*}", latex))
    try:
        tree = convert_to_element(aligned, display="block" if display else "inline")
        return "".join(_written(tree))
    except Exception:  # the converter answers malformed input with whatever its stack holds
        return None


def _grouped(environment: re.Match[str]) -> str:
    """An environment as one group: the converter hangs a script on its last bracket else."""
    return "{" + environment[0] if environment[1] == "begin" else environment[0] + "}"


def marked(latex: str, marks: list[tuple[int, int, str]]) -> str:
    """The formula with classes around parts of it.

    marks  (start, end, added): a part that is marked, or an empty one with what is to be added there
    """
    for start, end, added in sorted(marks, reverse=True):
        name, inner = (ADDED, added) if start == end else (MARKED, latex[start:end])
        latex = f"{latex[:start]}\\class{{{name}}}{{{inner}}}{latex[end:]}"
    return latex


def _is_shallow(latex: str) -> bool:
    """Whether every brace is closed, and none lies too deep for a converter that recurs."""
    deepest = depth = 0
    for char in _ESCAPED.sub("", latex):
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            return False
    return depth == 0 and deepest <= _DEEPEST


def _written(element: Element) -> Iterator[str]:
    if element.tag not in _ELEMENTS:
        raise _Inconvertible(element.tag)
    if len(element) != _ARITY.get(element.tag, len(element)):
        raise _Inconvertible(element.tag)
    text = unescape(element.text or "").strip("\0")
    if element.tag == "mi" and text == "&":  # an alignment mark of a row that was taken out of its table
        return
    if element.tag in _TOKENS and element.tag != "mtext" and text.startswith("\\") and len(text) > 1:
        raise _Inconvertible(text)
    tag = "mrow" if element.tag == "menclose" else element.tag
    yield f"<{tag}{''.join(_attributes(element))}>"
    yield escape(visible(text))
    for child in element:
        yield from _written(child)
    yield f"</{tag}>"


def _attributes(element: Element) -> Iterator[str]:
    if element.tag == "math":
        yield f' xmlns="{_MATHEMATICS}"'
    for name, value in element.attrib.items():
        if known := _CLASSES.get((name, value)):
            yield f' class="{known}"'
        elif name in _ATTRIBUTES and _VALUE.fullmatch(value):
            yield f' {name}="{value}"'
