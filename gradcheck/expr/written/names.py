"""Names as mathematics writes them: a base letter with layer, sample, component and other marks.

`W_{jk}^{[2]T}` is the base `W` in layer 2, its components j and k, transposed. A name's key (base,
layer, literal subscripts) says which quantity it is; everything else says what is done with that
quantity. Rejected: one string for the whole written name, since then `W^{[2]T}` and `W^{[2]}` would be
unrelated, and splitting on characters, since scripts nest.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.scripts import Superscript, split_superscript
from gradcheck.notation.tree import (
    Accent,
    Blank,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Relational,
    Scripted,
    Sum,
    Symbol,
    Text,
    Wrapped,
)
from gradcheck.patterns import late_pattern
from gradcheck.source import Span

# Alphabets that only decorate; the calligraphic and the double-struck ones name other things.
PLAIN_STYLES = {"", "mathbf", "boldsymbol", "bm", "mathrm", "mathit", "mathsf", "pmb", "bold", "word", "vec"}
CAPITAL_STYLES = {"mathcal", "mathscr"}
NO_ACCENTS = {"\\mathcal", "\\mathscr", "\\mathbb", "\\mathfrak"}
# Letters that handwriting and its transcription exchange.
LOOK_ALIKES = {"\\omega": "w", "\\nu": "v", "\\upsilon": "v", "\\chi": "x", "\\kappa": "k", "\\ell": "l"}

# What indices of entries are called.
RUNNING_LETTERS = frozenset("ijklmnpqrs")
# How a subscript that is a word begins.
WORD = "\\text{"
# A subscript in which several letters count together, `i+k-1`, or one by more than one, `2i+1`.
MIXED = late_pattern(r"[+-]?(?:\d*[a-z]|\d+)(?:[+-](?:\d*[a-z]|\d+))+")
# What entries of the identity are written by, with two indices below.
DELTAS = frozenset(("\\delta", "I", "\\mathbb{I}"))
IDENTITIES = frozenset(("I", "\\mathbb{I}"))
# Stands between a base and the letters that make it another layer's; no letter of any document.
LAYER_MARK = "·"
# Behind the letter of a number that only holds the place of an argument.
PLACEHOLDER = f"{LAYER_MARK}argument"
LAYER_MARKS = late_pattern(rf"(?<=.){LAYER_MARK}[a-z]+")

_MOST_KEPT = 1 << 12  # keys and spellings; a document has a few hundred names


class Name(NamedTuple):
    """A written name, taken apart.

    base        its letter as LaTeX (`W`, `\\hat{y}`, `\\mathcal{L}`) or word (`ReLU`)
    layer       `2`, `l`, `l+1`, or None
    sub         subscripts in order: digits, index letters or words
    sample      `i` or `3` of `x^{(i)}`, or None
    size        a size written as a subscript, `n_1 \\times m`, or None
    power       what else stands in the superscript, to be read as an exponent
    """

    base: str
    span: Span
    layer: str | None = None
    sub: tuple[str, ...] = ()
    sample: str | None = None
    size: tuple[str, str] | None = None
    primes: int = 0
    transpose: bool = False
    inverse: bool = False
    power: Node | None = None

    @property
    def key(self) -> str:
        """The quantity's identity as LaTeX: base, subscripts, layer."""
        bare = self.layer is None and not self.sub
        return self.base if bare else key_of(self.base, self.layer, self.sub)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is done with the quantity: no prime, transpose, inverse or power."""
        return not (self.primes or self.transpose or self.inverse or self.power)

    @property
    def is_indexed(self) -> bool:
        """Whether something below it may count; a word, or initials, only tell it from others."""
        return any(len(mark) == 1 and not mark.isupper() for mark in self.sub)

    @property
    def differentiated(self) -> Name | None:
        """The name behind the `d` of `dW` or `d\\gamma`; None where no `d` is glued to one."""
        if self.base[:1] != "d" and "{d" not in self.base:
            return None
        accent, glued = _below_accent(self.base)
        letter = glued[1:]
        if not letter or glued[0] != "d":
            return None
        letter = f"\\{letter}" if is_greek(letter) else letter
        return self._replace(base=f"{accent}{{{letter}}}" if accent else letter)

    @property
    def numbered(self) -> Name | None:
        """`a_1` of its entry `a_{1j}`, `s_{\\text{a}}` of `s_{\\text{a},k}`; None where none is written."""
        letters = self.sub[1:]
        is_entry = 1 <= len(letters) <= 2 and all(letter in RUNNING_LETTERS for letter in letters)
        told = is_entry and (self.sub[0].isdigit() or self.is_worded)
        return self._replace(sub=self.sub[:1]) if told else None

    @property
    def is_worded(self) -> bool:
        """Whether a word stands first below it, which tells it from others."""
        return bool(self.sub) and self.sub[0].startswith(WORD)

    @property
    def places(self) -> tuple[str, ...]:
        """What below it may choose an entry: all but a word that stands first."""
        return self.sub[1:] if self.is_worded else self.sub

    def without(self, **changes: Any) -> Name:
        """The name with marks taken off or changed; itself where it has none of them."""
        for mark, value in changes.items():
            if getattr(self, mark) != value:
                return self._replace(**changes)
        return self


@lru_cache(maxsize=_MOST_KEPT)
def is_mixed(mark: str) -> bool:
    """Whether a subscript selects by several indices together, `i+k-1`; `t-1` is an index and its shift."""
    counted = re.findall(r"\d*[a-z]", mark)
    return (len(counted) > 1 or any(len(c) > 1 for c in counted)) and MIXED.fullmatch(mark) is not None


def unmarked(key: str) -> str:
    """A key as its author writes it, without the marks that tell quantities of different layers apart."""
    return LAYER_MARKS.sub("", key)


def _below_accent(base: str) -> tuple[str, str]:
    """`\\hat{dx}` as its accent and what that stands over; no accent for any other base."""
    accent, brace, rest = base.partition("{")
    return (accent, rest[:-1]) if brace and rest.startswith("d") and accent != "\\mathcal" else ("", base)


@lru_cache(maxsize=_MOST_KEPT)
def key_of(base: str, layer: str | None, sub: tuple[str, ...]) -> str:
    """`W_{jk}^{[2]}` from its parts."""
    written = base
    if sub:
        joined = ",".join(sub) if any(len(part) > 1 for part in sub) else "".join(sub)
        written += f"_{joined}" if len(joined) == 1 else f"_{{{joined}}}"
    if layer is not None:
        written += f"^{{[{layer}]}}"
    return written


def letter_of(key: str) -> str:
    """The letter of a member of a recursion, `a` of `a_0` and of `a^{[0]}`."""
    return key.partition("^{[")[0].partition("_")[0]


def core_letter(base: str) -> str:
    """The letter of a base without its accents and marks: y of `\\hat{y}`, w of `w^{*}` and `w'`."""
    accent, brace, rest = base.partition("{")
    inner = rest[:-1] if brace and accent[-1] != "^" and accent not in NO_ACCENTS else base
    return inner.removesuffix("^{*}").rstrip("'")


@once_a_node
def base_text(node: Node) -> str | None:
    """The base letter of a name as LaTeX without decoration, or None where no name stands."""
    match node:
        case Symbol(name=name, style=style):
            if style == "command":
                return f"\\{name}"
            spelled = f"\\{name}" if name in GREEK else name
            # Calligraphic alphabets have capitals alone: around another letter the command decorates.
            decorates = style in PLAIN_STYLES or (style in CAPITAL_STYLES and not name[:1].isupper())
            return spelled if decorates else f"\\{style}{{{spelled}}}"
        case Accent(kind=kind, base=base):
            inner = base_text(base)
            if inner is None or kind == "prime":
                return None if inner is None else f"{inner}'"
            return inner if kind in PLAIN_STYLES else f"\\{kind}{{{inner}}}"
        case Wrapped(body=body, note=None, kind=kind) if kind != "cancel":
            return base_text(body)
        case _:
            return None


def is_greek(name: str) -> bool:
    """Whether a symbol's name is a Greek letter's LaTeX command."""
    return name in GREEK


GREEK = frozenset((
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota",
    "kappa", "lambda", "mu", "nu", "xi", "pi", "uppi", "varpi", "rho", "varrho", "sigma", "varsigma", "tau",
    "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi",
    "Sigma", "Upsilon", "Phi", "Psi", "Omega", "upGamma", "uppsi", "ell",
))  # fmt: skip


def is_command(base: str) -> bool:
    """Whether a base is a LaTeX command that stands for no letter."""
    return base.startswith("\\") and base[1:].isalpha() and not is_greek(base[1:])


def is_square(name: Name) -> bool:
    """Whether a name is written as a square, as variances are: `\\sigma^2`, `s_j^2`; no matrix's entry is."""
    two = isinstance(name.power, Number) and name.power.text == "2"
    letter = name.base.lstrip("\\")[:1].islower() and name.base not in ("e", "d")
    return two and letter and len(name.sub) < 2 and name.without(power=None).is_plain


@once_a_node
def read_name(node: Node) -> Name | None:
    """Take a name apart, or None where the node is no name (a number, a group, a product)."""
    if not isinstance(node, Scripted):
        base = base_text(node)
        return None if base is None else Name(base, node.span)
    base = base_text(node.base)
    if base is None:
        return _boxed_scripts(node)
    size, sub = subscripts(node.sub)
    marks = split_superscript(node.sup) if node.sup is not None else None
    name = Name(base, node.span, sub=sub, size=size, primes=node.primes)
    if marks is None:
        return name
    if marks == Superscript(power=marks.power):  # the power is no part of the name
        name = name._replace(span=node.base.span.cover((node.sub or node.base).span))
    return name._replace(
        base=f"{base}^{{{marks.mark}}}" if marks.mark else base,
        layer=script_text(marks.layers[0]) if marks.layers else None,
        sample=script_text(marks.samples[0]) if marks.samples else None,
        transpose=marks.transpose,
        inverse=marks.inverse and base != "e",  # `e^{-1}` is a number
        primes=node.primes + marks.primes,
        power=node.sup if marks.inverse and base == "e" else marks.power,
    )


@once_a_node
def names_of_factors(product: Product) -> tuple[Name | None, ...]:
    """The name that each factor of a product is, None for those that are none."""
    return tuple(map(read_name, product.factors))


def _boxed_scripts(node: Scripted) -> Name | None:
    """Scripts around scripts, `{W^{[1]}}^T`: the inner name with the outer marks added."""
    inner = read_name(node.base) if isinstance(node.base, Scripted) else None
    if inner is None or node.sub is not None or node.sup is None:
        return None
    marks = split_superscript(node.sup)
    if marks.layers or inner.power is not None:
        return None
    return inner._replace(
        span=node.span,
        transpose=inner.transpose != marks.transpose,
        inverse=inner.inverse != marks.inverse,
        power=marks.power,
        sample=script_text(marks.samples[0]) if marks.samples else inner.sample,
        primes=inner.primes + marks.primes + node.primes,
    )


def subscripts(node: Node | None) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """Split a subscript into a written size, if it is one, and component marks."""
    if node is None or isinstance(node, Blank):
        return None, ()
    if isinstance(node, Product) and [o.kind for o in node.operators] == ["times"]:
        return (script_text(node.factors[0]), script_text(node.factors[1])), ()
    # The sign of `k_+` is as good as a word; `s_{k,\\text{out}}` and `s_{\\text{out},k}` are one entry.
    parts = (WORD + part + "}" if part in ("+", "-") else part for part in index_parts(node))
    return None, tuple(sorted(parts, key=lambda part: not part.startswith(WORD)))


def index_parts(node: Node) -> list[str]:
    """The single marks of a subscript in order: `jk` is j and k."""
    match node:
        case Product(factors=factors, operators=operators) if all(o.kind == "" for o in operators):
            return [part for factor in factors for part in index_parts(factor)]
        case Product(factors=(Blank(), other), operators=(Operator(kind="cdot"),)):
            return ["", *index_parts(other)]  # `X_{\\cdot j}`
        case Product(factors=(other,), operators=(Operator(kind="cdot"),)) if not isinstance(other, Blank):
            return [*index_parts(other), ""]
        case Group(items=items):
            return [part for item in items for part in index_parts(item)]
        case Number(text=text):
            return [text]
        case Text(content=content):
            return [content.strip()]
        case Scripted(base=Number(text=text), sub=Node() as below, sup=None):
            return [text, *index_parts(below)]  # `W_{2_{ij}}`
        case Scripted(base=Symbol(style="word"), sub=Symbol(name=name) as below, sup=None) if (
            name in RUNNING_LETTERS
        ):
            return [script_text(node.base), *index_parts(below)]  # `c_{\text{neg}_i}`
        case Symbol() | Scripted() | Sum() | Relational() | Accent():
            return [script_text(node)]
        case _:
            return [script_text(node)]


def script_text(node: Node) -> str:
    """A script's own text without spaces and outer brackets: `n_1`, `l+1`, `i`."""
    while isinstance(node, Group) and len(node.items) == 1:
        node = node.items[0]
    return (
        latex(node).replace(" ", "").removeprefix("{").removesuffix("}")
        if _braced(node)
        else latex(node).replace(" ", "")
    )


def _braced(node: Node) -> bool:
    text = latex(node).strip()
    return text.startswith("{") and text.endswith("}")


@lru_cache(maxsize=_MOST_KEPT)
def variants(base: str) -> tuple[str, ...]:
    """Other spellings under which a quantity may have been declared: case, look-alikes, plain alphabet."""
    found: list[str] = []

    def add(text: str) -> None:
        if text != base and text not in found:
            found.append(text)

    plain = LOOK_ALIKES.get(base, base)
    add(plain)
    for text in (plain, base):
        bare = text.removeprefix("\\hat{").removesuffix("}") if text.startswith("\\hat{") else None
        if bare is not None and len(bare) == 1:
            add(f"\\hat{{{bare.swapcase()}}}")
        if len(text) == 1:
            add(text.swapcase())
    if base.startswith("\\mathcal{") and base.endswith("}"):
        add(base[len("\\mathcal{") : -1])
    return tuple(found)
