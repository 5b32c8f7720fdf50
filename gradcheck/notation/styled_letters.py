"""Letters that Unicode has in a mathematical style, `𝑍 = 𝑊𝑥`, as copies from a page or a sheet have them.

Each is one code point, as the plain letter is, so that places in the text stay the same. Styles that mean
something of their own (`𝓛`, `𝒩`, `𝟙`) stay as they are.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from gradcheck.notation.vocabulary import UNICODE_LETTERS
from gradcheck.patterns import late_pattern

# Bold, italic and both; sans and monospaced; Greek, with ∂ and ∇ among it.
_RANGES: Final = ((0x1D400, 0x1D49C), (0x1D5A0, 0x1D6A4), (0x1D6A8, 0x1D7CC))
_PLANCK: Final = "\u210e"  # the italic h, which has an older place
_STYLED: Final = late_pattern(
    f"[{_PLANCK}{''.join(f'{chr(first)}-{chr(last - 1)}' for first, last in _RANGES)}]"
)
_PLAIN: Final = {
    code: unicodedata.normalize("NFKC", chr(code))
    for first, last in (*_RANGES, (ord(_PLANCK), ord(_PLANCK) + 1))
    for code in range(first, last)
    if chr(code) not in UNICODE_LETTERS
}


def unstyled(text: str) -> str:
    """A text with plain letters for those in a mathematical style; as long as it was."""
    return text.translate(_PLAIN) if not text.isascii() and _STYLED.search(text) else text
