"""Identities as sizes without a name, words behind a set, matrices called C, bold vectors beside numbers."""

import pytest

from tests.checking.written import displayed, verdicts

TRACE = r"J = \text{tr}((I - A B) S (I - A B)^T)"
DECLARED = r"A \in \mathbb{R}^{n \times k}, \ B \in \mathbb{R}^{k \times n}, \ S \in \mathbb{R}^{n \times n}"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial J}{\partial A} = -2 (I - A B) S B^T", "correct"),
        (r"\frac{\partial J}{\partial A} = 2 (I - A B) S B^T", "wrong"),
    ],
)
@pytest.mark.parametrize(
    "told",
    [
        "Let $S$ be symmetric.\n\n",
        rf"Here ${DECLARED} \text{{ symmetric}}$, $I \in \mathbb{{R}}^{{n \times n}}$ the identity." + "\n\n",
    ],
)
def test_the_identity_fits_what_stands_beside_it(told: str, line: str, verdict: str) -> None:
    assert verdicts(told + displayed(TRACE, line))[-1] == verdict


def test_words_behind_a_set_are_no_factor() -> None:
    text = displayed(
        r"P \in \mathbb{R}^{n \times n} \text{ symmetric}",
        r"f = x^T P x",
        r"\frac{\partial f}{\partial x} = 2 P x",
    )
    assert verdicts(text) == ["correct", "correct", "correct"]
    assert verdicts(text.replace(r"\text{ symmetric}", r"\text{ dense}"))[-1] == "wrong"


def test_a_matrix_called_c_is_no_cost() -> None:
    text = displayed(
        r"J = \|y - C B x\|^2",
        r"\frac{\partial J}{\partial B} = -2 C^T (y - C B x) x^T",
        r"\frac{\partial J}{\partial B} = -2 C (y - C B x) x^T",
    )
    assert verdicts(text)[:2] == ["correct", "correct"]
    assert verdicts(text)[2] != "correct"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (
            r"\frac{r}{\|\mathbf{u}\|} (\mathbf{I} - \frac{\mathbf{u} \mathbf{u}^T}{\|\mathbf{u}\|^2})",
            "correct",
        ),
        (r"\frac{r}{\|\mathbf{u}\|} (\mathbf{I} - \frac{\mathbf{u} \mathbf{u}^T}{\|\mathbf{u}\|})", "wrong"),
    ],
)
def test_bold_letters_stay_vectors(line: str, verdict: str) -> None:
    told = r"\mathbf{w} = \frac{r}{\|\mathbf{u}\|} \mathbf{u}"
    head = r"(\nabla_{\mathbf{u}} \mathbf{w})^T = \frac{\partial \mathbf{w}}{\partial \mathbf{u}}"
    assert verdicts(displayed(told, rf"{head} = {line}")) == ["correct", "correct", verdict]
