"""Networks in plain text: quoted lines, `dot` between factors, sums in words, styled letters."""

from __future__ import annotations

import pytest

from tests.checking.written import verdicts

FORWARD = """FORWARD
    Hidden:
        >  U[1] = W[1] dot X + b[1]
        >  G[1] = tanh(U[1])

    Output:
        >  U[2] = W[2] dot G[1] + b[2]
        >  G[2] = sigmoid(U[2])

BACKWARD, for m examples
    Output:
        >  dU[2] = G[2] - Y
        >  dW[2] = (1/m) * dU[2] dot G[1]^T
        >  db[2] = (1/m) * sum(dU[2])
    Hidden:
        >  dU[1] = (W[2]^T dot dU[2]) * (1 - G[1]**2)
        >  dW[1] = (1/m) * dU[1] dot X^T
        >  db[1] = (1/m) * sum(dU[1])
"""
LOSS = "    J = -(1/m) * sum(Y * log(G[2]) + (1 - Y) * log(1 - G[2]))"
STYLED = "* 𝑢 = 𝑤𝑥 + 𝑏\n\n* 𝑔 = 𝜎(𝑢)\n\n* 𝐿 = (𝑔 - 𝑦)²/2\n\n* ∂𝐿/∂𝑤 = (𝑔 - 𝑦) 𝑔 (1 - 𝑔) %s\n"


def test_quoted_lines_of_a_listing_are_lines():
    assert set(verdicts(FORWARD)) <= {"correct", "convention", "charitable"}
    assert len(verdicts(FORWARD)) == 10


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("(1 - G[1]**2)", "(1 - U[1]**2)"),
        ("(1/m) * dU[1] dot X^T", "dU[1] dot X^T"),
        ("(1/m) * sum(dU[1])", "sum(dU[1])"),
    ],
)
def test_slips_in_them_are_found(right, slip):
    told = FORWARD.replace("BACKWARD", f"{LOSS}\n\nBACKWARD")
    assert "wrong" not in verdicts(told)
    assert "wrong" in verdicts(told.replace(right, slip))


def test_a_dot_product_in_words_is_no_formula():
    found = verdicts("The norm of a dot product = something, and x dot y is a number.\n")
    assert "wrong" not in found


@pytest.mark.parametrize(("factor", "verdict"), [("𝑥", "correct"), ("𝑤", "wrong")])
def test_styled_letters_are_letters(factor, verdict):
    assert verdicts(STYLED % factor)[-1] == verdict


def test_places_stay_where_letters_are_plain():
    from gradcheck.notation.styled_letters import unstyled

    text = "𝑑𝑍=𝐴−𝑌, ℎ and 𝓛 with 𝟙 and 𝜕𝛼"
    assert unstyled(text) == "dZ=A−Y, h and 𝓛 with 𝟙 and ∂α"
    assert len(unstyled(text)) == len(text)
