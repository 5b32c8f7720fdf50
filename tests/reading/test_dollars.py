"""Dollar signs that are spaced, stand within words, or mean money."""

import pytest

from gradcheck.reading.formulas import formulas
from gradcheck.reading.pieces import Formula


def found(text: str) -> list[str]:
    return [text[f.span.start : f.span.end] for f in formulas(text) if isinstance(f, Formula)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("counted from one (so $ - 1$), and $x = 2$.", [" - 1", "x = 2"]),
        ("here $ m $ counts, $ h_w(x) $ guesses", [" m ", " h_w(x) "]),
        ("it costs $5 and $6 today", []),
        ("it costs $ 5 and $ 6 today", []),
        ("from 5$ - 7$ on", []),
    ],
)
def test_spaced_dollars(text: str, inside: list[str]) -> None:
    assert found(text) == inside


def test_dollars_within_words_close_nothing() -> None:
    text = r"so $a \overset{\text{$P = P^T$}}{=} 2 P$ and $b$"
    assert found(text) == [r"a \overset{\text{$P = P^T$}}{=} 2 P", "b"]
