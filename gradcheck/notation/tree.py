"""The syntax tree of mathematics as it was written.

Nothing is interpreted here. A product stays a flat list of factors with the operators the
author put between them (juxtaposition is the empty operator), because how `A B ⊙ C D`
associates depends on shapes; `\\frac` and `/` stay different; groups, struck terms and boxes
are kept. Meaning is given by `gradcheck.expr`. Every node has its span in the file.

The set of node kinds is closed: consumers use `match` over it.
"""

from __future__ import annotations

from gradcheck.records import dataclass
from gradcheck.source import Span


@dataclass(frozen=True, slots=True)
class Node:
    """What all nodes have: the half-open span of code points they cover in the file."""

    span: Span


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An unsigned decimal number, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A letter, a Greek letter by its LaTeX name, or a word.

    name    `W`, `omega`, `partial`, `nabla`, `infty`, `ReLU`, `np.sum`, `dW` (a `d` glued to one name)
    style   `` for plain, `word` for words (`\\text`, `\\mathrm`, `\\operatorname`, glued letters),
            else the alphabet command: `mathcal`, `mathbf`, `mathbb`, `boldsymbol`, ...
    """

    name: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Accent(Node):
    """`\\hat y`, `\\bar x`, `\\tilde z`, `\\vec x`, `\\dot x`: kind is the command without backslash.

    The kind `prime` is that of a letter w' that is no derivative and no transpose; the parser makes none.
    """

    kind: str
    base: Node


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """`dX`, `d(X Y)`, `\\mathrm{d} \\log \\det X` in an equation between differentials.

    The parser makes none: that `dX` is no gradient's name only shows beside what the document defines.
    """

    body: Node


@dataclass(frozen=True, slots=True)
class Scripted(Node):
    """A base with scripts: `W_{jk}^{[2]T}`, `\\sigma'`. Scripts are trees of their own spans."""

    base: Node
    sub: Node | None
    sup: Node | None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """`\\frac{a}{b}` and its kin; also `∂L/∂W` when both sides start with a differential sign."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Root(Node):
    """`\\sqrt[n]{x}`."""

    radicand: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Term(Node):
    """One addend: sign is `+`, `-` or `±`; `struck` when the sign itself is cancelled (`\\cancel{-}`)."""

    sign: str
    body: Node
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Addends in order. A lone `-x` is a Sum of one negative Term."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Operator(Node):
    """What stands between two factors.

    kind    `` (juxtaposition), `cdot`, `times`, `*`, `odot`, `circ`, `otimes`, `oplus`, `/`, `div`, `@`
    """

    kind: str


@dataclass(frozen=True, slots=True)
class Product(Node):
    """A flat product: operators[i] stands after factors[i].

    len(operators) == len(factors) - 1, or == len(factors) when the last operator dangles.
    """

    factors: tuple[Node, ...]
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Group(Node):
    """Brackets as written: open and close are `(`, `[`, `{`, `|`, `\\|`, `⟨` and their partners.

    Braces that only group for TeX leave no Group. Items are separated by the given separators
    (`,`, `;`, `:`, `quad`, `mid`, `row`, or nothing between words and their neighbours); an item may be
    a Relational (`axis=1`). Scripts go on a Scripted around it. With `open` empty it is a bare list
    (`W_{i,j}`); with `open` `.` it is a value with a bar (`x|_{t=0}`).
    """

    open: str
    close: str
    items: tuple[Node, ...]
    separators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A named function whose argument has no brackets of its own, or has: `\\log x`, `\\exp(x)`.

    Only for functions that LaTeX itself names (`\\log`, `\\tanh`, `\\max`, ...) ; for `\\sigma(z)` or
    `\\text{ReLU}(z)` the tree holds a juxtaposition, since application or product is a matter of
    meaning. The function may be Scripted (`\\log^T`).
    """

    function: Node
    argument: Node


@dataclass(frozen=True, slots=True)
class BigOperator(Node):
    """`\\sum`, `\\prod`, `\\int`, ... with its limits; the body reaches over products, not over `+`/`-`."""

    kind: str
    lower: Node | None
    upper: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """`bmatrix` and kin, or `\\left[ a \\quad b \\right]`; a cell may be None (empty)."""

    kind: str
    rows: tuple[tuple[Node | None, ...], ...]


@dataclass(frozen=True, slots=True)
class CaseRow(Node):
    """One row of `cases`: a value and, after `&`, `,` or `if`, the condition it holds under."""

    value: Node
    condition: Node | None


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """`\\begin{cases} ... \\end{cases}`. A row whose value is Relational makes it a list of equations."""

    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class Wrapped(Node):
    """`\\boxed{x}`, `\\cancel{x}`, `\\underbrace{x}_{note}`, `\\overset{note}{x}`: seen through, not lost.

    kind    `boxed`, `cancel`, `cancelto`, `underbrace`, `overbrace`, `overset`, `underset`, `color`
    """

    kind: str
    body: Node
    note: Node | None = None

    @property
    def is_struck(self) -> bool:
        """Whether the author strikes it out."""
        return self.kind == "cancel"


@dataclass(frozen=True, slots=True)
class Relational(Node):
    """A relation inside a formula: `i=1` under a sum, `axis=1` in a call, a boxed equation.

    operands[i] relations[i] operands[i+1]; an operand may be Blank where nothing is written.
    """

    operands: tuple[Node, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A relation sign by its canonical character.

    sign    `=` `≠` `←` `:=` `≡` `≈` `∝` `<` `>` `≤` `≥` `≪` `≫` `∈` `∉` `⊂` `⊆` `∼` `→` `⇒` `⇔` `↦`
    """

    sign: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Words inside mathematics that are no name: `\\text{ where }`, `or`, `otherwise`, a trailing `?`."""

    content: str


@dataclass(frozen=True, slots=True)
class Dots(Node):
    """`\\dots`, `\\cdots`, `\\vdots`, `\\ddots`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Blank(Node):
    """Nothing: an empty group, or the missing operand of a relation that dangles."""
