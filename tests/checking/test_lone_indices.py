r"""An index that nothing sums is summed by convention where a term repeats it, and nowhere else."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

LAYER = displayed(r"q_i = g s_i + h", r"F = \frac12 \sum_i (q_i - t_i)^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial F}{\partial h} = \sum_i \frac{\partial F}{\partial q_i}", "correct"),
        (r"\frac{\partial F}{\partial g} = \frac{\partial F}{\partial q_i} s_i", "charitable"),
        (r"\frac{\partial F}{\partial g} = (q_i - t_i) s_i", "charitable"),
        (r"\frac{\partial F}{\partial h} = \frac{\partial F}{\partial q_i}", "undecided"),
        (r"\frac{\partial F}{\partial h} = q_i - t_i", "undecided"),
    ],
)
def test_what_is_repeated_is_summed(line: str, verdict: str) -> None:
    assert verdicts(LAYER + displayed(line))[-1] == verdict


@pytest.mark.parametrize(
    "chain",
    [
        (r"\sum_i (q_i - t_i) s_i", r"(q_i - t_i) s_i"),
        (
            r"\frac{\partial}{\partial g} \frac12 \sum_i (q_i - t_i)^2",
            r"\frac{\partial}{\partial g} \frac12 (q_i - t_i)^2",
        ),
    ],
)
def test_who_writes_the_sum_does_not_leave_it_out(chain: tuple[str, str]) -> None:
    right = rf"\frac{{\partial F}}{{\partial g}} = {chain[0]} = \sum_i s_i (q_i - t_i)"
    assert verdicts(LAYER + displayed(right))[-2:] == ["correct", "correct"]
    assert (
        verdicts(LAYER + displayed(rf"\frac{{\partial F}}{{\partial g}} = {' = '.join(chain)}"))[-1]
        == "undecided"
    )


@pytest.mark.parametrize(
    ("sign", "verdict"), [(r"\sum_{i=1}^m", "correct"), ("", "charitable"), (r"\sum_{i=1}^m 2", "wrong")]
)
def test_what_has_the_mean_is_of_all_examples_and_lost_its_sum(sign: str, verdict: str) -> None:
    text = displayed(
        r"q_i = g s_i + h, \quad i = 1, \dots, m", r"F = \frac{1}{2m} \sum_{i=1}^m (q_i - t_i)^2"
    )
    line = (
        rf"\frac{{\partial F}}{{\partial h}} = \frac1m {sign} (q_i - t_i) \frac{{\partial q_i}}{{\partial h}}"
    )
    whole = r"\frac{\partial F}{\partial h} = \frac1m \sum_{i=1}^m (q_i - t_i)"
    assert verdicts(text + displayed(line, whole))[-2] == verdict


def test_a_function_of_nothing_stops_no_document() -> None:
    assert verdicts(displayed("y = f() + x", r"\frac{dy}{dx} = 1")) != []


@pytest.mark.parametrize(("line", "told"), [("q_i - t_i", True), ("t_i - q_i", False)])
def test_a_line_that_holds_once_it_is_summed_is_told_so(line: str, told: bool) -> None:
    text = LAYER + displayed(rf"\frac{{\partial F}}{{\partial h}} = {line}")
    document = read(Source("notes.md", text))
    *_, (_, judgement) = check(document, pose(document, None)).judgements()
    assert ("summed over it, this holds" in str(judgement.message)) is told


@pytest.mark.parametrize(("mean", "verdict"), [(r"\frac1m", "correct"), ("", "wrong")])
def test_no_mean_comes_later_that_the_next_side_of_a_chain_has(mean: str, verdict: str) -> None:
    text = "Each of the $m$ rows of $Q = S G$ is for one example.\n\n" + displayed(
        r"F = \frac{1}{m} \sum_{i, j} (q_{ij} - t_{ij})^2"
    )
    told = rf"\frac{{\partial}}{{\partial Q}} {mean} \sum_{{i, j}} (q_{{ij}} - t_{{ij}})^2"
    chain = displayed(rf"\frac{{\partial F}}{{\partial Q}} = {told} = \frac{{2}}{{m}} (Q - T)")
    assert verdicts(text + chain)[-2:] == [verdict, "correct"]
