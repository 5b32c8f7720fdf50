"""Claims about entries: for which they are told, what a sum leaves out, and labels that add up to one."""

from __future__ import annotations

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.indices import LINES
from tests.checking.written import displayed, verdicts


def verdict(text: str) -> str:
    """The verdict of a document's last link that claims something."""
    document = read(Source("notes.md", text))
    found = [j for _, j in check(document, pose(document, None)).judgements() if j.role_is_claim]
    return str(found[-1].verdict)


@pytest.mark.parametrize("name", LINES)
def test_a_line_of_entries(name: str) -> None:
    line = LINES[name]
    assert verdict(line.forward + line.text + "\n") == line.verdict


EACH_OF_ITS_KIND = (
    r"L_i = -\log \frac{\exp(s_{ii}/\tau)}{\sum_{j=1}^N \exp(s_{ij}/\tau)}",
    r"p_{ij} = \frac{\exp(s_{ij}/\tau)}{\sum_{k=1}^N \exp(s_{ik}/\tau)}",
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial L_i}{\partial s_{ij}} = \frac{1}{\tau} (p_{ij} - \delta_{ij})", "correct"),
        (r"\frac{\partial L_i}{\partial s_{ii}} = \frac{1}{\tau} (p_{ii} - 1)", "correct"),
        (r"\frac{\partial L_i}{\partial s_{ij}} = \frac{1}{\tau} (p_{ji} - \delta_{ij})", "wrong"),
        (r"\frac{\partial L_i}{\partial s_{ij}} = \tau (p_{ij} - \delta_{ij})", "wrong"),
    ],
)
def test_the_index_of_a_loss_runs_over_what_its_sum_runs_over(claim: str, verdict: str) -> None:
    assert verdicts(displayed(*EACH_OF_ITS_KIND, claim))[-1] == verdict


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\sum_{i=1}^N \gamma_{ij} (x_i - \mu_j)", "correct"),
        (r"\sum_{i=1}^N \gamma_{ij} (\mu_j - x_i)", "wrong"),
        (r"\sum_{i=1}^N (x_i - \mu_j)", "wrong"),
    ],
)
def test_a_letter_of_rates_with_the_index_of_a_sum_is_an_array(right: str, verdict: str) -> None:
    given = r"Q_j = -\frac{1}{2} \sum_{i=1}^N \gamma_{ij} (x_i - \mu_j)^2"
    text = displayed(given, rf"\frac{{\partial Q_j}}{{\partial \mu_j}} = {right}")
    assert verdicts(text)[-1] == verdict
    outside = r"\frac{\partial Q_j}{\partial \mu_j} = \gamma_{ij} \sum_{i=1}^N (x_i - \mu_j)"
    assert verdicts(displayed(given, outside))[-1] not in ("correct", "charitable")
