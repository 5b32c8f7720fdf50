"""Names in messages."""

import pytest

from gradcheck.diagnosis.readable import readable


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\omega_1", "ω₁"),
        (r"W^{[2]}", "W[2]"),
        (r"\hat{y}", "y\u0302"),
        (r"\mathbf{w}_{12}", "w₁₂"),
        (r"\mathcal{L}", "L"),
        (r"\unknown_k", r"\unknown_k"),
        ("lr", "lr"),
    ],
)
def test_readable(latex: str, text: str):
    assert readable(latex) == text
