r"""Policies: probabilities of one argument, and the number π beside a policy of that letter."""

import pytest

from tests.checking.written import displayed, verdicts

SOFTMAX = (
    r"\pi(u) = \frac{e^{h_u}}{\sum_v e^{h_v}}",
    r"\frac{\partial \log \pi(u)}{\partial h_v} = \mathbb 1[u = v] - \pi(v)",
    r"\frac{\partial \pi(u)}{\partial h_v} = \pi(u) (\mathbb 1[u = v] - \pi(v))",
)
BELL = (
    r"\pi(u) = \frac{1}{\sqrt{2\pi} \tau} e^{-(u - m)^2 / (2\tau^2)}",
    r"\frac{\partial \log \pi(u)}{\partial m} = \frac{u - m}{\tau^2}",
    r"\frac{\partial \log \pi(u)}{\partial \tau} = \frac{(u - m)^2}{\tau^3} - \frac{1}{\tau}",
)
LINEAR = (
    r"\pi_\theta(a \mid s) = \frac{1}{\sqrt{2\pi}\kappa} \exp(-\frac{(a - \theta^\top s)^2}{2\kappa^2})",
    r"\nabla_\theta \log \pi_\theta(a \mid s) = \frac{(a - \theta^\top s) s}{\kappa^2}",
)
NAMED = (
    r"\mathcal{N}(x; m, \tau^2) = \frac{1}{\sqrt{2\pi\tau^2}} \exp\left(-\frac{(x - m)^2}{2\tau^2}\right)",
    r"\log \mathcal{N}(x; m, \tau^2) = -\frac12 \log(2\pi\tau^2) - \frac{(x - m)^2}{2\tau^2}",
    r"\frac{\partial}{\partial m} \log \mathcal{N}(x; m, \tau^2) = \frac{x - m}{\tau^2}",
)
ALL = (SOFTMAX, BELL, LINEAR, NAMED)


@pytest.mark.parametrize("lines", ALL)
def test_right_lines_are_right(lines: tuple[str, ...]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "old", "new"),
    [
        (SOFTMAX, r"[u = v] - \pi(v)" + "\n", r"[u = v] + \pi(v)"),
        (SOFTMAX, r"= \pi(u) (", r"= \pi(v) ("),
        (BELL, r"= \frac{u - m}{\tau^2}", r"= \frac{u - m}{\tau}"),
        (BELL, r"- \frac{1}{\tau}", r"+ \frac{1}{\tau}"),
        (LINEAR, r"= \frac{(a - ", r"= \frac{(a + "),
        (NAMED, r"= \frac{1}{\sqrt{2\pi\tau^2}}", r"= \frac{1}{2\pi\tau^2}"),
        (NAMED, r"= -\frac12 \log", r"= \frac12 \log"),
        (NAMED, r"= \frac{x - m}{\tau^2}", r"= \frac{m - x}{\tau^2}"),
    ],
)
def test_a_slip_in_them_is_wrong(lines: tuple[str, ...], old: str, new: str) -> None:
    text = "\n".join((*lines, ""))
    assert old in text
    assert "wrong" in verdicts(displayed(*text.replace(old, new, 1).strip().split("\n")))


def test_a_policy_that_is_told_anew_is_another() -> None:
    assert set(verdicts(displayed(*BELL, SOFTMAX[0]))) == {"correct"}
