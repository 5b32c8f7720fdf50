"""An update that goes on, `w ← w - α ∂J/∂w = w - α (p - y) x`: behind the arrow stands the new value."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from gradcheck.verdict import Verdict
from tests.checking.written import displayed, verdicts

LOGISTIC = displayed(r"p = \sigma(w^T x + b)", r"J = -y \log p - (1 - y) \log(1 - p)")
EXAMPLES = displayed(r"\ell^{(i)}(w, b) = \frac12 \left(w^T x^{(i)} + b - t^{(i)}\right)^2")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"w := w - \alpha \frac{\partial J}{\partial w} = w - \alpha (p - y) x", ["correct", "correct"]),
        (r"w = w - \alpha \frac{\partial J}{\partial w} = w - \alpha (p - y) x", ["correct", "correct"]),
        (r"b \leftarrow b - \alpha \nabla_b J = b + \alpha (y - p)", ["correct", "correct"]),
        (r"w := w - \alpha \frac{\partial J}{\partial w} = w - \alpha (y - p) x", ["correct", "wrong"]),
        (r"b \leftarrow b - \alpha \nabla_b J = b - \alpha p", ["correct", "wrong"]),
        (r"w := w + \alpha \frac{\partial J}{\partial w} = w + \alpha (p - y) x", ["wrong", "follows"]),
        (r"w := w + \alpha \frac{\partial J}{\partial w} = w - \alpha (p - y) x", ["wrong", "correct"]),
        (r"b' = b + \alpha \nabla_b J = b + \alpha (y - p)", ["wrong", "correct"]),
    ],
)
def test_a_step_that_is_written_out(written: str, expected: list[str]) -> None:
    assert verdicts(LOGISTIC + displayed(written))[2:] == expected


@pytest.mark.parametrize(
    ("name", "sign", "gradient", "expected"),
    [
        ("w", "-", r"x^{(i)} (w^T x^{(i)} + b - t^{(i)})", ["correct", "correct"]),
        ("b", "-", r"(w^T x^{(i)} + b - t^{(i)})", ["correct", "correct"]),
        ("b", "-", r"(w^T x^{(i)} - t^{(i)})", ["correct", "wrong"]),
        ("w", "-", r"x^{(i)} (w^T x^{(i)} + b + t^{(i)})", ["correct", "wrong"]),
        ("b", "+", r"(w^T x^{(i)} + b - t^{(i)})", ["wrong", "follows"]),
    ],
)
def test_steps_over_a_set_of_examples(name: str, sign: str, gradient: str, expected: list[str]) -> None:
    step = rf"{name} {sign} \frac{{\eta}}{{|\mathcal{{S}}|}} \sum_{{i \in \mathcal{{S}}}}"
    line = rf"{name} \leftarrow {step} \partial_{name} \ell^{{(i)}}(w, b) = {step} {gradient}"
    assert verdicts(EXAMPLES + displayed(line))[1:] == expected


def test_a_mark_of_samples_that_was_not_understood_accuses_nobody() -> None:
    text = displayed(
        r"\hat y = X w + b",
        r"\hat y = w^T x + b",
        r"\ell^{(i)}(w, b) = \frac12 (\hat y^{(i)} - t^{(i)})^2",
        r"\partial_w \ell^{(i)} = x^{(i)} (w^T x^{(i)} + b - t^{(i)})",
    )
    assert verdicts(text)[-1] != "wrong"


@pytest.mark.parametrize(
    ("shrunk", "verdict"),
    [
        (r"\theta_j \left(1 - \frac{\alpha \lambda}{m}\right)", "correct"),
        (r"\theta_j \left(1 - \alpha \lambda\right)", "wrong"),
    ],
)
def test_the_weight_of_a_penalty_is_no_rate(shrunk: str, verdict: str) -> None:
    step = r"\frac{\alpha}{m} \sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)}) x_j^{(i)}"
    text = displayed(
        r"J(\theta) = \frac{1}{2m} \left[ \sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})^2"
        r" + \lambda \sum_{j=1}^n \theta_j^2 \right], \quad h_\theta(x) = \theta^T x",
        r"\theta_j := \theta_j - \alpha \frac{\partial J}{\partial \theta_j}",
        rf"\theta_j := {shrunk} - {step}",
    )
    assert verdicts(text) == ["correct", "correct", "correct", verdict]


def test_the_weight_of_a_penalty_is_not_the_rate_that_is_missing() -> None:
    lines = (
        r"J = \frac12 \|A v - c\|^2 + \frac{\mu}{2} \|v\|^2",
        r"v \leftarrow v - \lambda \nabla_v J",
        r"v \leftarrow v - (A^\top (A v - c) + \mu v)",
    )
    document = read(Source("notes.md", displayed(*lines)))
    last = list(check(document, pose(document, None)).judgements())[-1][1]
    assert last.verdict is Verdict.WRONG
    assert last.pair is not None
    assert "\\lambda" in last.pair[0].keys
