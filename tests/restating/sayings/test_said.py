"""What a document says of its matrices in words counts, and only for the matrices it speaks of."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

SYMMETRIC_ONLY = r"\nabla_v (v^\top G v) = 2 G v"
SAYINGS = [
    r"Let $G$ be symmetric.",
    r"Here $G$ is a symmetric positive definite matrix.",
    r"where $G \succ 0$",
    r"with $G, H \in \mathbb{R}^{n \times n}$ symmetric",
    r"with $G$, $H$ symmetric",
    r"for $G$, $F$, and $H$ symmetric",
    r"for a covariance matrix $G$",
    r"The matrices $F$ and $G$ are symmetric.",
    r"Take $G \in \mathbb{S}^n$.",
    r"We know that $G = G^\top$.",
    r"Here $G_{ij} = G_{ji}$.",
    r"Suppose G is symmetric.",
]
DENIALS = [
    r"Nothing is known of $G$.",
    r"The matrix $G$ need not be symmetric.",
    r"Here $G$ is not symmetric.",
    r"Let $G$ be asymmetric.",
    r"Let $G$ be any matrix and $H$ a symmetric one.",
    r"The matrix $G^\top G$ is symmetric.",
    r"Note that $G + G^\top$ is symmetric.",
]


@pytest.mark.parametrize("words", SAYINGS)
def test_what_is_said_to_be_symmetric_is(words):
    assert verdicts(f"{words}\n\n{displayed(SYMMETRIC_ONLY)}")[-1] == "correct"


@pytest.mark.parametrize("words", DENIALS)
def test_what_is_not_said_to_be_symmetric_is_any_matrix(words):
    assert verdicts(f"{words}\n\n{displayed(SYMMETRIC_ONLY)}") == ["wrong"]


def test_entries_that_change_places_tell_it_of_their_matrix_alone():
    told = verdicts(f"Here $F_{{ij}} = F_{{ji}}$.\n\n{displayed(SYMMETRIC_ONLY)}")
    assert told[-1] == "wrong"


def test_a_covariance_has_a_wrong_gradient_still():
    claim = displayed(r"\nabla_v (v^\top G v) = G v")
    assert verdicts(f"Let $G$ be symmetric.\n\n{claim}") == ["wrong"]


QUADRATIC = r"q(t) = \frac12 t^\top M t - c^\top t"


def test_a_gradient_without_a_subscript_is_by_the_argument():
    text = "With $M$ symmetric:\n\n" + displayed(
        QUADRATIC.replace("q", "f"), r"\nabla f(t) = M t - c", r"\nabla^2 f(t) = M"
    )
    assert verdicts(text) == ["correct"] * 3


@pytest.mark.parametrize("claim", [r"M t + c", r"2 M t - c", r"c - M t"])
def test_a_wrong_gradient_without_a_subscript_is_wrong(claim):
    text = "With $M$ symmetric:\n\n" + displayed(QUADRATIC.replace("q", "f"), rf"\nabla f(t) = {claim}")
    assert verdicts(text)[-1] == "wrong"


def test_a_bare_nabla_is_no_letter():
    assert verdicts(displayed(r"f(t, s) = t^\top t + s^\top s", r"\nabla f = 2 t"))[-1] == "undecided"


WEIGHED = displayed(r"E(v) = (t - F v)^\top G (t - F v)", r"\nabla_v E = -2 F^\top G (t - F v)")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (r"Let $G$ be a $k \times k$ diagonal matrix of weights.", "correct"),
        (r"The matrix $G$ is diagonal.", "correct"),
        (r"The matrix $G$ is not diagonal.", "wrong"),
        (r"The diagonal of the matrix $G$ has no zeros.", "wrong"),
        (r"Let $G$ be a block diagonal matrix.", "wrong"),
    ],
)
def test_what_is_said_to_be_diagonal_is_symmetric(words: str, verdict: str) -> None:
    assert verdicts(f"{words}\n\n{WEIGHED}")[-1] == verdict


def test_a_diagonal_matrix_has_no_entries_beside_its_diagonal() -> None:
    words = r"Let $G$ be a diagonal matrix."
    assert (
        verdicts(f"{words}\n\n" + displayed(r"\sum_i \sum_j G_{ij} = \operatorname{tr}(G)"))[-1] == "correct"
    )
    assert verdicts(f"{words}\n\n{WEIGHED.replace('F^', '3 F^')}")[-1] == "wrong"


@pytest.mark.parametrize(
    "words",
    [
        r"The matrix $G'$ is symmetric.",
        r"Here $G' \in \mathbb{R}^{n \times n}$ is the symmetric prior covariance.",
    ],
)
def test_what_is_said_of_a_letter_with_a_prime_is_said_of_that_letter(words):
    claim = r"\nabla_v (v^\top G' v) = 2 G' v"
    assert verdicts(f"{words}\n\n{displayed(claim)}")[-1] == "correct"
    assert verdicts(displayed(claim)) == ["wrong"]
    assert verdicts(f"{words}\n\n{displayed(claim.replace('2 ', ''))}")[-1] == "wrong"


@pytest.mark.parametrize(
    "words",
    [
        r"Let $\psi(G) = \log\det G$ on $\mathbb{S}^n_{++}$.",
        r"Let $\psi(G) = \log\det G$ on $\mathbf{S}^n_{++}$.",
        r"Take $\psi : \mathbb{S}^n_{++} \to \mathbb{R}$, $\psi(G) = \log\det G$.",
    ],
)
def test_the_arguments_of_a_function_on_symmetric_matrices_are_such(words):
    right = displayed(r"\nabla \psi(G) = G^{-1}")
    assert verdicts(f"{words}\n\n{right}")[-1] == "correct"
    assert verdicts(f"{words}\n\n{right.replace('= ', '= 2 ')}")[-1] == "wrong"
    assert verdicts(displayed(r"\psi(G) = \log\det G") + "\n" + right)[-1] == "wrong"


def test_what_is_said_of_a_letter_is_said_of_each_of_its_kind():
    claims = displayed(r"V = v^T G_{t+1} v", r"\nabla_v V = 2 G_{t+1} v", r"\nabla_v V = G_{t+1} v")
    assert verdicts(f"Let $G$ be symmetric.\n\n{claims}")[-2:] == ["correct", "wrong"]
    assert verdicts(claims)[-2:] == ["wrong", "wrong"]
