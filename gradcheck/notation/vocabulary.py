"""The words of LaTeX mathematics, as tables: to know a new command is to add it to one of them.

Each table says what a command *is* in the notation, never what it means: `\\odot` is an operator that
stands between factors, `\\sigma` a letter. `COMMANDS` is the sum of all tables, which the lexer reads.
A command that stands in no table becomes a symbol of its own name, so that one unknown word does not
cost the line. Unicode is folded into the same words (`σ` is `\\sigma`); a second parser for plain text
was rejected, since people mix both in one line.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- letters -----------------------------------------------------------------------------------------

GREEK: Final = _words(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron
    pi uppi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi
    Pi Sigma Upsilon Phi Psi Omega upGamma uppsi ell imath jmath hbar
    """
)

SIGNS_AS_NAMES: Final = _words(
    """
    partial nabla infty top intercal bot prime forall exists emptyset varnothing Re Im aleph dagger
    ddagger neg square triangle angle degree backslash surd wp
    """
)

_OWN_ALPHABETS: Final = _words(
    """
    mathcal mathbf mathbb mathsf mathfrak mathscr mathit mathtt mathrm boldsymbol
    """
)
ALPHABETS: Final = {name: name for name in _OWN_ALPHABETS} | {
    "bm": "boldsymbol", "bold": "mathbf", "pmb": "boldsymbol", "Bbb": "mathbb", "mathds": "mathbb",
}  # fmt: skip

SWITCHES: Final = {
    "bf": "mathbf", "rm": "mathrm", "cal": "mathcal", "it": "mathit", "sf": "mathsf", "tt": "mathtt",
}  # fmt: skip

_OWN_ACCENTS: Final = _words(
    """
    hat bar tilde vec dot ddot check breve acute grave mathring underline
    """
)
ACCENTS: Final = {name: name for name in _OWN_ACCENTS} | {
    "widehat": "hat", "widetilde": "tilde", "overline": "bar", "overrightarrow": "vec",
}  # fmt: skip

DOTS: Final = _words("dots cdots ldots vdots ddots dotsc dotsb dotsm dotso hdots")

# --- what stands between, before and around operands -------------------------------------------------

RELATIONS: Final = {
    "neq": "≠", "ne": "≠", "leftarrow": "←", "gets": "←", "longleftarrow": "←", "coloneqq": ":=",
    "coloneq": ":=", "equiv": "≡", "triangleq": "≡", "approx": "≈", "simeq": "≈", "cong": "≈",
    "eqqcolon": "=:", "eqcolon": "=:",
    "propto": "∝", "sim": "∼", "lt": "<", "gt": ">", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥",
    "geq": "≥", "geqslant": "≥", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "subset": "⊂",
    "subseteq": "⊆", "rightarrow": "→", "to": "→", "longrightarrow": "→", "mapsto": "↦",
    "longmapsto": "↦", "Rightarrow": "⇒", "Longrightarrow": "⇒", "implies": "⇒", "Leftrightarrow": "⇔",
    "Longleftrightarrow": "⇔", "iff": "⇔", "succ": "≻", "succeq": "⪰", "prec": "≺", "preceq": "⪯",
}  # fmt: skip

OPERATORS: Final = {
    "cdot": "cdot", "bullet": "cdot", "times": "times", "odot": "odot", "circ": "circ", "oslash": "/",
    "otimes": "otimes", "div": "div", "ast": "*", "star": "*", "oplus": "oplus",
    "bigodot": "odot", "bigcirc": "circ", "bigotimes": "otimes", "bigoplus": "oplus",
}  # fmt: skip

SIGNS: Final = {"pm": "±", "mp": "∓"}

FUNCTIONS: Final = _words(
    """
    log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf lim
    limsup liminf arg argmax argmin det dim ker deg gcd hom Pr
    """
)

# Words that are applied without brackets, too.
TRACES: Final = frozenset(("tr", "Tr", "trace"))

BIG_OPERATORS: Final = _words(
    """
    sum prod coprod int iint iiint oint bigcup bigcap
    """
)

DELIMITERS: Final = {
    "langle": ("open", "⟨"), "rangle": ("close", "⟩"), "lfloor": ("open", "⌊"), "rfloor": ("close", "⌋"),
    "lceil": ("open", "⌈"), "rceil": ("close", "⌉"), "lbrace": ("open", "{"), "rbrace": ("close", "}"),
    "lbrack": ("open", "["), "rbrack": ("close", "]"), "lvert": ("open", "|"), "rvert": ("close", "|"),
    "lVert": ("open", "\\|"), "rVert": ("close", "\\|"), "vert": ("bar", "|"), "Vert": ("bar", "\\|"),
}  # fmt: skip

CLOSERS: Final = {
    "(": ")]", "[": "])", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "|": "|", "\\|": "\\|",
}  # fmt: skip

# --- what is put around or above an expression -------------------------------------------------------

WRAPPERS: Final = {
    "boxed": "boxed", "fbox": "boxed", "framebox": "boxed", "cancel": "cancel", "bcancel": "cancel",
    "xcancel": "cancel", "sout": "cancel", "underbrace": "underbrace", "overbrace": "overbrace",
}  # fmt: skip

STACKED: Final = {
    "overset": "overset", "stackrel": "overset", "underset": "underset", "cancelto": "cancelto",
}  # fmt: skip

FRACTIONS: Final = _words("frac dfrac tfrac cfrac nicefrac")

TEXT_COMMANDS: Final = "text|textrm|textbf|textit|textsf|texttt|textnormal|textup|mbox|hbox"
NAME_COMMANDS: Final = r"operatorname\*?|mathrm|mathop"

SPACES: Final = _words(
    """
    displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag hline hfill
    noindent big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm space
    thinspace medspace thickspace enspace negthinspace allowbreak nobreak centering tiny
    scriptsize footnotesize small normalsize large Large LARGE huge Huge mathop mathbin mathrel mathord
    mathopen mathclose ensuremath smash protect allowdisplaybreaks
    """
)

# --- environments ------------------------------------------------------------------------------------

MATRICES: Final = _words("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array")
CASES: Final = _words("cases dcases rcases drcases")
ALIGNMENTS: Final = _words(
    """
    aligned align align* split gather gather* gathered multline multline* eqnarray eqnarray* equation
    equation* alignat alignat* alignedat flalign flalign* displaymath math dmath dmath* subequations
    """
)
WITH_ARGUMENT: Final = _words("array alignat alignat* alignedat")

# --- plain words -------------------------------------------------------------------------------------

CONNECTIVES: Final = _words(
    """
    where or so and when with if for otherwise else now hence thus therefore then since because let
    while as whereas but also similarly finally that given unless
    """
)

PLAIN_CONNECTIVES: Final = frozenset(word for word in CONNECTIVES if len(word) > 2) | {"if"}

ACRONYMS: Final = _words(
    """
    MSE MAE RMSE SSE SSR RSS BCE NLL MLE MAP ELBO KLD ELU GELU SELU RELU LSTM GRU RNN CNN MLP FFN LSE VAE
    GAN SVM PCA SGD LOSS COST BPTT
    """
)

SHORT_WORDS: Final = _words("lr tr Tr Id KL np tf")

# Array libraries; a function of one of them is known by the name that NumPy gives it.
ARRAY_MODULES: Final = _words("np numpy jnp torch tf xp cp math K")
ARRAY_FUNCTIONS: Final = {
    "mm": "matmul", "bmm": "matmul", "mv": "matmul", "reduce_sum": "sum", "reduce_mean": "mean",
}  # fmt: skip

# --- the sum of the tables ---------------------------------------------------------------------------

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    **{name: ("symbol", name) for name in GREEK | SIGNS_AS_NAMES},
    **{name: ("alphabet", style) for name, style in ALPHABETS.items()},
    **{name: ("switch", style) for name, style in SWITCHES.items()},
    **{name: ("accent", kind) for name, kind in ACCENTS.items()},
    **{name: ("dots", name) for name in DOTS},
    **{name: ("relation", sign) for name, sign in RELATIONS.items()},
    **{name: ("operator", kind) for name, kind in OPERATORS.items()},
    **{name: ("sign", sign) for name, sign in SIGNS.items()},
    **{name: ("function", name) for name in FUNCTIONS},
    **{name: ("big", name) for name in BIG_OPERATORS},
    **DELIMITERS,
    **{name: ("wrapper", kind) for name, kind in WRAPPERS.items()},
    **{name: ("stacked", kind) for name, kind in STACKED.items()},
    **{name: ("fraction", name) for name in FRACTIONS},
    **dict.fromkeys(SPACES, ("space", "")),
    "sqrt": ("root", ""),
    "left": ("left", ""),
    "right": ("right", ""),
    "middle": ("middle", ""),
    "over": ("over", ""),
    "mid": ("separator", "mid"),
    "colon": ("separator", ":"),
    "quad": ("separator", "quad"),
    "qquad": ("separator", "quad"),
    "newline": ("row", "row"),
    "cr": ("row", "row"),
    "substack": ("space", ""),
    "therefore": ("text", "therefore"),
    "because": ("text", "because"),
    "checkmark": ("text", "✓"),
}

# Characters that stand for a command or for LaTeX source of their own.
UNICODE_COMMANDS: Final = {
    "∂": "partial", "∇": "nabla", "∞": "infty", "⊤": "top", "⊺": "intercal", "∀": "forall", "∃": "exists",
    "∅": "emptyset", "ℓ": "ell", "·": "cdot", "⋅": "cdot", "∙": "cdot", "×": "times", "⊙": "odot",
    "⊘": "oslash", "∘": "circ", "⊗": "otimes", "⊕": "oplus", "÷": "div", "∗": "ast", "⋆": "star",
    "±": "pm", "∓": "mp", "∑": "sum", "Σ": "sum", "∏": "prod", "∫": "int", "√": "sqrt", "≠": "neq",
    "←": "leftarrow",
    "≔": "coloneqq", "≡": "equiv", "≈": "approx", "∝": "propto", "∼": "sim", "≤": "le", "≥": "ge",
    "≻": "succ", "⪰": "succeq", "≺": "prec", "⪯": "preceq",
    "≕": "eqqcolon",
    "≪": "ll", "≫": "gg", "∈": "in", "∉": "notin", "→": "rightarrow", "⟶": "rightarrow", "↦": "mapsto",
    "⇒": "Rightarrow", "⟹": "Rightarrow", "⇔": "iff", "…": "dots", "⋯": "cdots", "⋮": "vdots",
    "⋱": "ddots", "⟨": "langle", "⟩": "rangle", "‖": "Vert", "∣": "mid", "∴": "therefore", "∵": "because",
    "✓": "checkmark", "✔": "checkmark", "⊂": "subset", "⊆": "subseteq", "α": "alpha", "β": "beta",
    "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ϑ": "vartheta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip

UNICODE_LETTERS: Final = {
    "ℒ": ("mathcal", "L"), "ℝ": ("mathbb", "R"), "𝔼": ("mathbb", "E"), "ℕ": ("mathbb", "N"),
    "ℤ": ("mathbb", "Z"), "𝟙": ("mathbb", "1"), "𝟏": ("mathbf", "1"), "ℛ": ("mathcal", "R"),
    "𝓛": ("mathcal", "L"), "𝒩": ("mathcal", "N"),
}  # fmt: skip

SUPERSCRIPTS: Final = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
        strict=True,
    )
)
SUBSCRIPTS: Final = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx", strict=True)
)

COMBINING: Final = {
    "\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u0307": "dot", "\u20d7": "vec",
    "\u0305": "bar",
}  # fmt: skip

# `½` as the parts of `\frac{1}{2}`; the last brace tells what it closes.
UNICODE_FRACTIONS: Final = {
    char: (
        COMMANDS["frac"],
        ("{", "{"), ("number", above), ("}", "}"),
        ("{", "{"), ("number", below), ("}", char),
    )
    for char, above, below in zip("½⅓⅔¼¾⅕⅙⅛", "11213111", "23344568", strict=True)
}  # fmt: skip
