"""Names in messages: `\\omega_1` is said as `ω₁`, `W^{[2]}` as `W[2]`, since a raised 2 would be a square.

Only names pass through here; formulas are printed by the printer. What has no Unicode form stays LaTeX.
"""

from __future__ import annotations

from gradcheck.notation.unicode import ACCENTS, LETTERS
from gradcheck.patterns import late_pattern

_STYLE = late_pattern(
    r"\\(?:mathbf|boldsymbol|bm|mathrm|mathit|mathsf|mathcal|mathbb|text|operatorname)\{([^{}]*)\}"
)
_ACCENT = late_pattern(r"\\(hat|tilde|bar|vec|dot)\{([^{}])\}")
_COMMAND = late_pattern(r"\\([A-Za-z]+) ?")
_SUBSCRIPT = late_pattern(r"_(?:\{(\d+)\}|(\d))")
_LAYER = late_pattern(r"\^\{(\[[^\[\]{}]*\])\}")
_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def readable(latex: str) -> str:
    """A name's LaTeX as plain text, as far as Unicode has it."""
    text = _STYLE.sub(r"\1", latex)
    text = _COMMAND.sub(lambda found: LETTERS.get(found[1], found[0]), text)
    text = _ACCENT.sub(lambda found: found[2] + ACCENTS[found[1]], text)
    text = _SUBSCRIPT.sub(lambda found: (found[1] or found[2]).translate(_DIGITS), text)
    return _LAYER.sub(r"\1", text)
