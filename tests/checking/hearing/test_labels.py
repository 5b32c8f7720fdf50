"""Labels as indices: `s_{i y_i}`, `\\log p_y`, `1[j = y_i]` in documents that state no shapes."""

from pathlib import Path

import pytest

from gradcheck.expr.meaning.choices import labels_in
from gradcheck.expr.written.marks import Label
from gradcheck.notation.statements import Equation
from gradcheck.options import Options
from gradcheck.pipeline import run
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

SCORES = displayed(
    r"a_{nk} = \sum_d x_{nd} V_{dk}",
    r"q_{nk} = \frac{e^{a_{nk}}}{\sum_l e^{a_{nl}}}",
    r"L = -\frac{1}{N} \sum_n \log q_{n t_n}",
)
HINGE = displayed(r"E_i = \sum_{k \neq c_i} \max(0, v_k^\top h_i - v_{c_i}^\top h_i + \Delta)")
ONE_CLASS = displayed(r"q_j = \frac{e^{u_j}}{\sum_k e^{u_k}}", r"L = -\log q_t")
SAMPLES = displayed(
    r"J = -\sum_{i=1}^m \log \frac{\exp(a_{y^{(i)}}^{(i)})}{\sum_{j=1}^K \exp(a_j^{(i)})}",
    r"p_k^{(i)} = \frac{\exp(a_k^{(i)})}{\sum_{j=1}^K \exp(a_j^{(i)})}",
)
RIGHT = [
    SCORES + displayed(r"\frac{\partial L}{\partial a_{nk}} = \frac{1}{N} (q_{nk} - 1[k = t_n])"),
    SCORES
    + displayed(r"\frac{\partial L}{\partial V_{dk}} = \frac{1}{N} \sum_n x_{nd} (q_{nk} - \delta_{k t_n})"),
    SCORES + displayed(r"\frac{\partial q_{n t_n}}{\partial a_{nk}} = q_{n t_n} (\delta_{k t_n} - q_{nk})"),
    HINGE + displayed(
        r"\nabla_{v_k} E_i = 1[v_k^\top h_i - v_{c_i}^\top h_i + \Delta > 0] h_i, \quad k \neq c_i"
    ),
    HINGE + displayed(
        r"\nabla_{v_{c_i}} E_i = -\sum_{k \neq c_i} 1[v_k^\top h_i - v_{c_i}^\top h_i + \Delta > 0] h_i"
    ),
    ONE_CLASS + displayed(r"\frac{\partial L}{\partial u_j} = q_j - \delta_{jt}"),
    ONE_CLASS + displayed(r"\frac{\partial L}{\partial u_t} = q_t - 1"),
    ONE_CLASS + displayed(r"\frac{\partial q_t}{\partial u_j} = -q_t q_j, \quad j \neq t"),
    SAMPLES + displayed(r"\frac{\partial J}{\partial a_k^{(i)}} = p_k^{(i)} - 1\{y^{(i)} = k\}"),
    SCORES + displayed(r"\frac{\partial L}{\partial a_{nk}} = \frac{1}{N} (q_{nk} - T_{nk})"),
]  # fmt: skip
WRONG = [
    SCORES + displayed(r"\frac{\partial L}{\partial a_{nk}} = \frac{1}{N} (q_{nk} + 1[k = t_n])"),
    SCORES + displayed(r"\frac{\partial L}{\partial a_{nk}} = \frac{1}{N} q_{nk}"),
    SCORES + displayed(r"\frac{\partial L}{\partial V_{dk}} = \sum_n x_{nd} (q_{nk} - \delta_{k t_n})"),
    SCORES
    + displayed(r"\frac{\partial q_{n t_n}}{\partial a_{nk}} = q_{n t_n} (\delta_{k t_n} - q_{n t_n})"),
    HINGE + displayed(
        r"\nabla_{v_k} E_i = -1[v_k^\top h_i - v_{c_i}^\top h_i + \Delta > 0] h_i, \quad k \neq c_i"
    ),
    HINGE + displayed(r"\nabla_{v_{c_i}} E_i = -1[v_{c_i}^\top h_i > 0] h_i"),
    ONE_CLASS + displayed(r"\frac{\partial L}{\partial u_j} = \delta_{jt} - q_j"),
    ONE_CLASS + displayed(r"\frac{\partial L}{\partial u_t} = q_t"),
    ONE_CLASS + displayed(r"\frac{\partial q_t}{\partial u_j} = q_t q_j, \quad j \neq t"),
    SAMPLES + displayed(r"\frac{\partial J}{\partial a_k^{(i)}} = 1\{y^{(i)} = k\} - p_k^{(i)}"),
]  # fmt: skip
NO_LABELS = [
    displayed(r"h = \tanh(W_x x + W_h g)", r"L = \frac12 \|h\|^2"),
    displayed(r"E = \frac12 \sum_k (y_k - t_k)^2", r"\delta_{z_k} = y_k - t_k", r"z_k = \sum_j w_{kj} x_j"),
    displayed(r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}", r"L = -t_k \log p_k"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_line_about_a_label_is_right(text: str) -> None:
    assert set(verdicts(text)) == {"correct"}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_line_about_a_label_is_found(text: str) -> None:
    *before, last = verdicts(text)
    assert set(before) == {"correct"}
    assert last == "wrong"


@pytest.mark.parametrize("text", NO_LABELS)
def test_the_mark_of_a_part_is_no_label(text: str) -> None:
    equations = [item for item in read(Source("notes.md", text)).body if isinstance(item, Equation)]
    assert labels_in(equations) == {}


def test_the_capital_that_is_written_too_is_the_one_hot_array() -> None:
    text = SCORES + displayed(r"\frac{\partial L}{\partial a_{nk}} = \frac{1}{N} (q_{nk} - T_{nk})")
    equations = [item for item in read(Source("notes.md", text)).body if isinstance(item, Equation)]
    assert labels_in(equations) == {"t": Label("index", "T")}


SIGN_LOST = r"\frac{\partial q_{n t_n}}{\partial a_{nk}} = q_{n t_n} (\delta_{k t_n} + q_{nk})"
OTHERS = "For the other classes\n\n" + displayed(r"\frac{\partial L}{\partial u_j} = q_j")


def test_words_may_say_which_classes_are_meant() -> None:
    assert verdicts(ONE_CLASS + OTHERS)[-1] == "undecided"
    assert verdicts(ONE_CLASS + OTHERS.replace("For the other classes", "So"))[-1] == "wrong"
    assert verdicts(ONE_CLASS + OTHERS.replace("= q_j", "= -q_j"))[-1] == "wrong"


def test_a_chosen_entry_is_told_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(SCORES + displayed(SIGN_LOST), encoding="utf-8")
    (document,) = run([path], Options()).documents
    message = document.links[-1].message
    assert message is not None
    assert message.startswith("the sign is wrong")
    assert "Σ" not in message


@pytest.mark.parametrize(("slope", "verdict"), [("p_j - y_j", "convention"), ("y_j - p_j", "wrong")])
def test_the_sum_below_a_softmax_may_have_a_name(slope: str, verdict: str) -> None:
    lines = [r"S = \sum_j e^{z_j}", r"p_k = \frac{e^{z_k}}{S}", r"L = -\sum_k y_k \log p_k"]
    assert verdicts(displayed(*lines, r"\frac{\partial L}{\partial z_j} = " + slope))[-1] == verdict
