"""In a list of identities each speaks of its own letters, whatever they are in the others."""

import pytest

from tests.checking.written import verdicts

SHEET = [
    (
        r"\frac{d}{dx} \sqrt{1 + x^2} = \frac{x}{\sqrt{1 + x^2}}",
        r"\frac{d}{dx} \sqrt{1 + x^2} = \frac{1}{\sqrt{1 + x^2}}",
    ),
    (r"\frac{d}{dx} [x^2 e^{-x}] = (2 x - x^2) e^{-x}", r"\frac{d}{dx} [x^2 e^{-x}] = (2 x + x^2) e^{-x}"),
    (r"\nabla_x \langle a, x \rangle = a", r"\nabla_x \langle a, x \rangle = x"),
    (r"\nabla_X \operatorname{tr}(A^\top X) = A", r"\nabla_X \operatorname{tr}(A^\top X) = A^\top"),
    (r"\nabla_X \log\det X = X^{-\top}", r"\nabla_X \log\det X = X"),
    (r"\nabla_x (x^\top A x) = (A + A^\top) x", r"\nabla_x (x^\top A x) = 2 A x"),
    (
        r"\frac{\partial}{\partial x_k} \prod_i x_i = \prod_{i \ne k} x_i",
        r"\frac{\partial}{\partial x_k} \prod_i x_i = \prod_i x_i",
    ),
]


def sheet(*lines: str) -> str:
    return "\n\n".join(f"$${line}$$" for line in lines)


def test_a_sheet_of_rules_is_right() -> None:
    assert verdicts(sheet(*(right for right, _ in SHEET))) == ["correct"] * len(SHEET)


@pytest.mark.parametrize("place", range(len(SHEET)))
def test_a_wrong_rule_among_right_ones_is_wrong(place: int) -> None:
    lines = [wrong if number == place else right for number, (right, wrong) in enumerate(SHEET)]
    found = verdicts(sheet(*lines))
    assert found[place] == "wrong"
    assert {verdict for number, verdict in enumerate(found) if number != place} == {"correct"}


def test_a_sheet_below_a_network_has_letters_of_its_own() -> None:
    network = (
        "Let $h = W x$ with $W \\in \\mathbb{R}^{3 \\times 4}$ and $x \\in \\mathbb{R}^4$.\n\n# Rules\n\n"
    )
    found = verdicts(network + sheet(*(right for right, _ in SHEET)))
    assert not {"wrong", "undecided"} & set(found)


def test_a_letter_that_its_part_defines_keeps_its_meaning() -> None:
    part = "$$s = W x, \\qquad W \\in \\mathbb{R}^{2 \\times 3}$$\n\n"
    assert verdicts(part + sheet(r"\nabla_W \operatorname{tr}(W) = I"))[-1] == "undecided"


def test_a_derivative_that_is_defined_above_says_nothing_of_the_sign() -> None:
    part = "The Jacobian is $J_{ij} = \\frac{\\partial f_i}{\\partial x_j}$.\n\n"
    found = verdicts(part + sheet(*(right for right, _ in SHEET if "x" not in right or "X" in right)))
    assert not {"wrong", "undecided"} & set(found)


@pytest.mark.parametrize(("sign", "expected"), [("+", "correct"), ("-", "wrong")])
def test_a_rule_with_declared_letters_has_the_others_as_it_needs_them(sign: str, expected: str) -> None:
    rows = [
        r"- For $B \in \mathbb{R}^{p \times q}$ it is $\nabla_v B v = B^\top$ and $\nabla_v v^\top B = B$",
        rf"- For $B \in \mathbb{{R}}^{{q \times q}}$ it is $\nabla_v v^\top B v = (B {sign} B^\top) v$",
    ]
    found = verdicts("\n".join(rows))
    assert len(found) == 5
    assert "wrong" not in found[:-1]
    assert found[-1] == expected
