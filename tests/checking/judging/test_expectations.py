"""Expectations over a distribution that no formula gives accuse nobody; those over samples are means."""

import pytest

from tests.checking.written import displayed, verdicts

BERNOULLI = r"\ell(p) = x \log p + (1 - x) \log(1 - p)"


def test_a_log_likelihood_with_a_prime_is_its_derivative() -> None:
    slope = r"\ell'(p) = \frac{x}{p} - \frac{1 - x}{1 - p}"
    bend = r"\ell''(p) = -\frac{x}{p^2} - \frac{1 - x}{(1 - p)^2}"
    assert verdicts(displayed(BERNOULLI, slope, bend))[-2:] == ["correct", "correct"]
    assert verdicts(displayed(BERNOULLI, slope.replace("} -", "} +")))[-1] == "wrong"
    assert verdicts(displayed(BERNOULLI, slope, bend.replace("= -", "= ")))[-1] == "wrong"


@pytest.mark.parametrize(
    "head",
    [
        r"-E\left[\frac{\partial^2 \ell}{\partial p^2}\right]",
        r"-E[\ell''(p)]",
        r"I(p) = -\mathbb{E}\left[\frac{\partial^2 \ell}{\partial p^2}\right]",
    ],
)
def test_the_information_of_a_parameter_is_left_open(head: str) -> None:
    line = rf"{head} = \frac{{1}}{{p}} + \frac{{1}}{{1 - p}} = \frac{{1}}{{p (1 - p)}}"
    assert not {"wrong", "follows", "slip"} & set(verdicts(displayed(BERNOULLI, line)))


def test_a_loss_called_e_is_no_expectation() -> None:
    loss = r"E = \frac{1}{2} [w x - t]^2"
    assert verdicts(displayed(loss, r"\frac{\partial E}{\partial w} = [w x - t] x"))[-1] == "correct"
    assert verdicts(displayed(loss, r"\frac{\partial E}{\partial w} = [w x - t]"))[-1] == "wrong"
