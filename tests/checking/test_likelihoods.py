"""Likelihoods of labels: events by number, one letter for a likelihood and for what tells it."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

EVENTS = (
    r"P(t_i = 1 \mid u_i) = \sigma(v^\top u_i)",
    r"P(t_i = 0 \mid u_i) = 1 - \sigma(v^\top u_i)",
    r"J = -\sum_{i=1}^n [t_i \log P(t_i = 1 \mid u_i) + (1 - t_i) \log P(t_i = 0 \mid u_i)]",
    r"\nabla_v J = \sum_{i=1}^n (\sigma(v^\top u_i) - t_i) u_i",
)
ONE = (
    r"p(t = 1 \mid u; v) = \sigma(v^\top u)",
    r"p(t = -1 \mid u; v) = 1 - p(t = 1 \mid u; v) = \sigma(-v^\top u)",
    r"E = -s \log p(t = 1 \mid u; v) - (1 - s) \log p(t = -1 \mid u; v)",
    r"\nabla_v E = (p(t = 1 \mid u; v) - s) u",
)
MARKED = (
    r"P(t^{(i)} = 1 \mid u^{(i)}) = \sigma(v^\top u^{(i)})",
    r"P(t^{(i)} = 0 \mid u^{(i)}) = 1 - P(t^{(i)} = 1 \mid u^{(i)}), \quad s^{(i)} = 1 - t^{(i)}",
    r"J = -\frac1m\sum_{i=1}^m [t^{(i)} \ln P(t^{(i)}=1| u^{(i)}) + s^{(i)} \ln P(t^{(i)}=0| u^{(i)})]",
    r"\nabla_v J = \frac1m \sum_{i=1}^m (\sigma(v^\top u^{(i)}) - t^{(i)}) u^{(i)}",
)
CLASSES = (
    r"p(C_1 \mid u) = \sigma(v^T u)",
    r"p(C_2 \mid u) = 1 - p(C_1 \mid u)",
    r"E = -s \log p(C_1 \mid u) - (1 - s) \log p(C_2 \mid u)",
    r"\nabla_v E = (p(C_1 \mid u) - s) u",
)
TWICE = (
    r"p_i = \sigma(v^\top u_i)",
    r"p(t_i \mid u_i) = p_i^{t_i} (1 - p_i)^{1 - t_i}",
    r"J = -\sum_{i=1}^n \log p(t_i \mid u_i)",
    r"\nabla_v J = \sum_{i=1}^n (p_i - t_i) u_i",
)
LOGARITHM = (
    r"q_i = \sigma(v^\top u_i)",
    r"\log q(t_i \mid u_i) = t_i \log q_i + (1 - t_i) \log(1 - q_i)",
    r"J = -\sum_{i=1}^n \log q(t_i \mid u_i)",
    r"\nabla_v J = \sum_{i=1}^n (q_i - t_i) u_i",
)
BARE = (
    r"p = \sigma(v^\top u)",
    r"p(t \mid u) = p^t (1 - p)^{1 - t}",
    r"J = -\log p(t \mid u)",
    r"\nabla_v J = (p - t) u",
)
ALL = (EVENTS, ONE, MARKED, CLASSES, TWICE, LOGARITHM, BARE)
SLIPS = ((r"= \sum", r"= -\sum"), (r" - t", r" + t"), (r" - s", r" + s"), (r"= \frac", r"= 2 \frac"))


def _found(lines: tuple[str, ...], seed: int) -> list[str]:
    document = read(Source("notes.md", displayed(*lines)))
    judged = check(document, pose(document, None), seed).judgements()
    return [str(judgement.verdict) for _, judgement in judged]


@pytest.mark.parametrize("seed", [0, 4])
@pytest.mark.parametrize("lines", ALL)
def test_right_ones_are_right(lines: tuple[str, ...], seed: int) -> None:
    assert set(_found(lines, seed)) == {"correct"}


@pytest.mark.parametrize("lines", ALL)
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_gradient_is_wrong(lines: tuple[str, ...], slip: tuple[str, str]) -> None:
    *given, last = lines
    changed = last.replace(*slip)
    if changed != last:
        assert _found((*given, changed), 0)[-1] == "wrong"


@pytest.mark.parametrize("lines", ALL)
def test_each_line_of_slips_is_reached(lines: tuple[str, ...]) -> None:
    assert any(lines[-1].replace(*slip) != lines[-1] for slip in SLIPS)


def test_two_events_are_not_one() -> None:
    *given, last = CLASSES
    assert _found((*given, last.replace("C_1", "C_2")), 0)[-1] == "wrong"


def test_a_density_keeps_its_point() -> None:
    given = (
        r"p(r_1 \mid m) = \frac{1}{\sqrt{2\pi}} e^{-\frac12 (r_1 - m)^2}",
        r"\frac{\partial \log p(r_1 \mid m)}{\partial m} = r_1 - m",
    )
    assert "wrong" not in _found(given, 0)


def test_a_loss_told_in_a_later_part_for_one_example_is_no_entry_of_the_total() -> None:
    lines = r"""
$$r_i = v^\top u_i + c$$

# All of them

$$J(v, c) = \sum_{i=1}^n \frac12 (r_i - t_i)^2$$

# One of them

$$J_i = \frac12 (r_i - t_i)^2$$

$$\frac{\partial J_i}{\partial r_i} = r_i - t_i$$

# The offset

$$\frac{\partial J}{\partial c} = \sum_{i=1}^n \frac{\partial J_i}{\partial r_i} = \sum_{i=1}^n (r_i - t_i)$$
"""
    document = read(Source("notes.md", lines))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert set(found) == {"correct"}
    document = read(Source("notes.md", lines.replace(r"= \sum_{i=1}^n (r", r"= -\sum_{i=1}^n (r")))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert found[-1] == "wrong"


def test_a_joint_probability_is_no_conditional_one() -> None:
    lines = (
        r"p(u \mid c = k) = \mathcal{N}(u; m_k, s_k^2)",
        r"p(u, c = k) = a_k \mathcal{N}(u; m_k, s_k^2)",
    )
    assert _found(lines, 0) == ["correct", "correct"]
    assert _found((*lines, r"p(u, c = k) = a_k p(u \mid c = k)"), 0)[-1] == "correct"
    posterior = r"r_k = \frac{p(u, c = k)}{\sum_j p(u, c = j)}"
    told = r"r_k = \frac{a_k \mathcal{N}(u; m_k, s_k^2)}{\sum_j a_j \mathcal{N}(u; m_j, s_j^2)}"
    assert _found((*lines, posterior, told), 0)[-1] in ("correct", "undecided")


@pytest.mark.parametrize(
    ("by", "slope"),
    [
        (r"\partial (v^2)^2", r"\frac{n}{2 v^4} - \frac{1}{v^6} \sum_{i=1}^n (x_i - a)^2"),
        (r"\partial v^2 \partial v^2", r"\frac{n}{2 v^4} - \frac{1}{v^6} \sum_{i=1}^n (x_i - a)^2"),
        (r"\partial a \partial v^2", r"-\frac{1}{v^4} \sum_{i=1}^n (x_i - a)"),
        (r"\partial v^2 \partial a", r"-\frac{1}{v^4} \sum_{i=1}^n (x_i - a)"),
    ],
)
def test_a_variance_is_differentiated_by_again(by: str, slope: str) -> None:
    said = displayed(r"\ell = -\frac{n}{2} \log v^2 - \frac{1}{2 v^2} \sum_{i=1}^n (x_i - a)^2")
    line = rf"\frac{{\partial^2 \ell}}{{{by}}} = {slope}"
    assert verdicts(said + displayed(line))[-1] == "correct"
    assert verdicts(said + displayed(line.replace("- ", "+ ").replace("= -", "= ")))[-1] == "wrong"
    assert verdicts(said + displayed(line.replace(r"\frac{1}{v", r"\frac{2}{v")))[-1] == "wrong"


def test_a_square_below_a_second_derivative_counts_as_its_order() -> None:
    said = displayed(r"\ell = -\log v - \frac{1}{2 v^2} (x - a)^2")
    line = r"\frac{\partial^2 \ell}{\partial v^2} = \frac{1}{v^2} - \frac{3}{v^4} (x - a)^2"
    assert verdicts(said + displayed(line))[-1] == "correct"
    assert verdicts(said + displayed(line.replace("{3}", "{2}")))[-1] == "wrong"
