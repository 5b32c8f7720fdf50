"""The gamma and the digamma function, by their letters and beside matrices of the same letters."""

import pytest

from tests.checking.written import displayed, verdicts

LIKELIHOOD = r"\ell = a \log r - \log \Gamma(a) + (a - 1) \log x - r x"
SLOPE = r"\frac{\partial \ell}{\partial a} = \log r - \psi(a) + \log x"


def test_beside_the_gamma_function_psi_is_its_logarithms_derivative() -> None:
    assert verdicts(displayed(LIKELIHOOD, SLOPE))[-1] == "correct"
    assert verdicts(displayed(LIKELIHOOD, SLOPE.replace("- \\psi", "+ \\psi")))[-1] == "wrong"
    second = r"\frac{\partial^2 \ell}{\partial a^2} = -\psi'(a)"
    assert verdicts(displayed(LIKELIHOOD, second))[-1] == "correct"
    assert verdicts(displayed(LIKELIHOOD, second.replace("'", "")))[-1] == "wrong"


@pytest.mark.parametrize(
    "said",
    [
        r"\psi(z) = \frac{\partial \log{\Gamma(z)}}{\partial z}",
        r"\psi(t) = \frac{d}{dt} \ln \Gamma(t)",
        r"\psi(u) = \frac{\Gamma'(u)}{\Gamma(u)}",
    ],
)
def test_what_defines_it_may_stand_there(said: str) -> None:
    assert verdicts(displayed(said, LIKELIHOOD, SLOPE))[-1] == "correct"
    assert verdicts(displayed(said, LIKELIHOOD, SLOPE.replace("(a)", "(x)")))[-1] == "wrong"


def test_a_matrix_keeps_its_letter() -> None:
    steps = displayed(r"e = A x + \Gamma (u - v)", r"J = \frac{1}{2} e^\top e")
    slope = r"\frac{\partial J}{\partial u} = \Gamma^\top e"
    assert verdicts(steps + displayed(slope))[-1] == "correct"
    assert (
        verdicts("A gamma distribution has no part in this.\n\n" + steps + displayed(slope))[-1] == "correct"
    )
    declared = r"Let $\Gamma \in \mathbb{R}^{n \times n}$." + displayed(
        r"f = \frac{1}{2} x^\top \Gamma (x - c)"
    )
    assert "wrong" not in verdicts(
        declared + displayed(r"\nabla_x f = \Gamma (x - c) / 2 + \Gamma^\top x / 2")
    )


def test_an_open_function_of_that_letter_is_left_open() -> None:
    lines = displayed(r"a = \psi(w x)", r"\frac{\partial a}{\partial w} = \psi'(w x) x")
    assert verdicts(lines)[-1] == "correct"
    assert verdicts(displayed(r"a = \psi(w x)") + displayed(r"\psi'(z) = \psi(z)"))[-1] != "correct"


@pytest.mark.parametrize("name", [r"\text{DiGamma}", r"\text{Digamma}", r"\operatorname{digamma}"])
def test_they_go_by_their_words_too(name: str) -> None:
    slope = SLOPE.replace(r"\psi", name)
    assert verdicts(displayed(LIKELIHOOD, slope))[-1] == "correct"
    assert verdicts(displayed(LIKELIHOOD, slope.replace("- ", "- 2 ")))[-1] == "wrong"
    second = rf"\frac{{\partial^2 \ell}}{{\partial a^2}} = -{name.lower().replace('di', 'tri')}(a)"
    assert verdicts(displayed(LIKELIHOOD, second))[-1] == "correct"
    assert verdicts(displayed(LIKELIHOOD, second.replace("= -", "= ")))[-1] == "wrong"
