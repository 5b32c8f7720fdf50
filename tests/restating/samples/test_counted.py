"""A letter that divides a sum without a limit counts its terms; one that divides what is summed does not."""

import pytest

from tests.checking.written import verdicts

MEANS = [
    r"\frac1N \sum_i x_i",
    r"\frac{\sum_i x_i}{N}",
    r"\frac{1}{N} \left[ \sum_i x_i \right]",
    r"\frac{1}{N} \sum_{i=1}^N x_i",
]


@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial q}{\partial x_i} = \frac{2}{N} (x_i - c)", "correct"),
        (r"\frac{\partial q}{\partial x_i} = 2 (x_i - c)", "wrong"),
        (r"\frac{\partial c}{\partial x_i} = \frac{1}{N}", "correct"),
        (r"\frac{\partial c}{\partial x_i} = 1", "wrong"),
    ],
)
def test_lines_about_a_mean_and_a_spread(mean: str, line: str, verdict: str) -> None:
    text = f"$c = {mean}$ and $q = \\frac{{1}}{{N}} \\sum_i (x_i - c)^2$.\n\n$${line}$$\n"
    assert verdicts(text) == ["correct", "correct", verdict]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial s}{\partial x_j} = \frac{x_j - c}{N s}", "correct"),
        (r"\frac{\partial s}{\partial x_j} = \frac{x_j - c}{s}", "wrong"),
        (r"\frac{\partial u_i}{\partial x_j} = \frac{1}{N s} (N \delta_{ij} - 1 - u_i u_j)", "correct"),
        (r"\frac{\partial u_i}{\partial x_j} = \frac{1}{N s} (N \delta_{ij} - 1 + u_i u_j)", "wrong"),
    ],
)
def test_a_count_beside_other_factors(line: str, verdict: str) -> None:
    given = [
        r"c = \frac{1}{N} \sum_i x_i",
        r"s^2 = \frac{1}{N} \sum_i (x_i - c)^2",
        r"u_i = \frac{x_i - c}{s}",
    ]
    text = "\n\n".join(f"$${each}$$" for each in (*given, line))
    assert verdicts(text) == ["correct"] * 3 + [verdict]


def test_the_count_of_a_sample_variance() -> None:
    given = [r"c = \frac{1}{n} \sum_i x_i", r"s^2 = \frac{1}{n - 1} \sum_i (x_i - c)^2"]
    lines = [
        r"\frac{\partial s}{\partial x_j} = \frac{x_j - c}{(n - 1) s}",
        r"\frac{\partial s}{\partial x_j} = \frac{x_j - c}{n s}",
    ]
    text = "\n\n".join(f"$${each}$$" for each in (*given, *lines))
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


def test_half_a_mean() -> None:
    text = r"""
$$J = \frac{1}{2m} \sum_i (a x_i - y_i)^2$$
$$\frac{\partial J}{\partial a} = \frac{1}{m} \sum_i (a x_i - y_i) x_i$$
$$\frac{\partial J}{\partial a} = \frac{1}{2m} \sum_i (a x_i - y_i) x_i$$
"""
    assert verdicts(text) == ["correct", "correct", "wrong"]


def test_a_temperature_divides_what_is_summed() -> None:
    text = r"""
$$p_i = \frac{e^{z_i / T}}{\sum_k e^{z_k / T}}, \qquad L = -\sum_k y_k \log p_k$$
$$\frac{\partial L}{\partial z_i} = -\frac{1}{T} \sum_k y_k (\delta_{ik} - p_i)$$
"""
    assert verdicts(text) == ["correct", "correct", "correct"]


def test_another_divisor_counts_nothing() -> None:
    text = r"""
$$s = \frac{1}{\tau} \sum_i x_i, \qquad w = \sum_i (x_i - s)^2$$
$$\frac{\partial w}{\partial x_k} = 2 (x_k - s)$$
"""
    assert verdicts(text) == ["correct", "correct", "wrong"]
