"""A loss that holds a variable twice, once behind what was not understood, is accused of nothing."""

import pytest

from tests.checking.written import displayed, verdicts

LINES = (r"s = w^\top x", r"E = p y + \frac{r}{2} w^\top w")


def with_output(output: str, slope: str) -> str:
    first, loss = LINES
    return verdicts(displayed(first, output, loss, rf"\frac{{\partial E}}{{\partial w}} = {slope}"))[-1]


@pytest.mark.parametrize("output", [r"p = \int_0^s e^{-t^2} dt", r"p = \prod_{j} s"])
def test_a_penalty_is_not_all_that_a_gradient_is_made_of(output: str) -> None:
    assert with_output(output, r"y p x + r w") == "undecided"
    assert with_output(output.replace("s", "v"), "r w") == "correct"
    assert with_output(output.replace("s", "v"), "2 r w") != "correct"


SMOOTHED = displayed(
    r"p_k = \frac{e^{u_k/\tau}}{\sum_{j=1}^K e^{u_j/\tau}}",
    r"\tilde{y}_k = (1 - \epsilon) y_k + \frac{\epsilon}{K}",
    r"L = -\sum_{k=1}^K \tilde{y}_k \log p_k",
)


@pytest.mark.parametrize(
    ("slope", "verdicts_of_it"),
    [
        (r"\frac{\partial L}{\partial u_k} = \frac{1}{\tau} (p_k - \tilde{y}_k)", ("correct", "convention")),
        (r"\frac{\partial L}{\partial u_k} = \frac{1}{\tau} (\tilde{y}_k - p_k)", ("wrong",)),
        (r"\frac{\partial L}{\partial \epsilon} = \sum_{k=1}^K (y_k - \frac{1}{K}) \log p_k", ("correct",)),
        (r"\frac{\partial L}{\partial \epsilon} = \sum_{k=1}^K (y_k + \frac{1}{K}) \log p_k", ("wrong",)),
    ],
)
def test_smoothed_labels_add_up_to_one(slope: str, verdicts_of_it: tuple[str, ...]) -> None:
    delta = r"d = \frac{1}{\tau} (p - \tilde{y})"
    assert verdicts(SMOOTHED + displayed(delta, slope))[-1] in verdicts_of_it


def test_what_a_line_derives_is_no_input():
    forward = (
        r"s_1 = v u",
        r"p_1 = \frac{e^{s_1}}{e^{s_1} + e^{s_2}}",
        r"E = -t_1 \log p_1 - t_2 \log p_2",
    )
    told = r"\frac{\partial p_2}{\partial s_1} = -p_1 p_2"
    right = r"\frac{\partial E}{\partial v} = (p_1 (t_1 + t_2) - t_1) u"
    other = r"p_2 = \frac{e^{s_2}}{e^{s_1} + e^{s_2}}"
    assert verdicts(displayed(*forward, told, right))[-1] == "undecided"
    assert verdicts(displayed(*forward, other, told, right))[-1] == "correct"
    assert verdicts(displayed(*forward, other, told, right.replace("- t_1", "+ t_1")))[-1] == "wrong"
    path = r"\frac{\partial E}{\partial v} = -2 t_1 (1 - p_1) u"
    assert verdicts(displayed(*forward, path))[-1] == "wrong"


def test_an_entry_with_a_formula_is_not_seen_by_that_of_all_entries() -> None:
    forward = (r"s_1 = v u", r"p_1 = \frac{e^{s_1}}{e^{s_1} + e^{s_2}}")
    loss = r"E = -t_1 \log p_1 - t_2 \log p_2"
    of_all = "\n# All outputs\n" + displayed(
        r"p_i = \frac{e^{s_i}}{\sum_k e^{s_k}}", r"E = -\sum_k t_k \log p_k"
    )
    right = r"\frac{\partial E}{\partial v} = (p_1 (t_1 + t_2) - t_1) u"
    partly = r"\frac{\partial E}{\partial p_1} = \frac{t_1}{p_1}"
    written = "# One of two\n" + displayed(*forward, loss, partly, right) + of_all
    assert verdicts(written)[3:5] == ["wrong", "undecided"]
    both = (*forward, r"p_2 = \frac{e^{s_2}}{e^{s_1} + e^{s_2}}", loss)
    assert verdicts("# One of two\n" + displayed(*both, right) + of_all)[4] == "correct"
    wrong = right.replace("- t_1", "+ t_1")
    assert verdicts("# One of two\n" + displayed(*both, wrong) + of_all)[4] == "wrong"


def test_what_another_part_derives_is_no_input() -> None:
    general = displayed(r"p_i = \frac{e^{s_i}}{\sum_k e^{s_k}}", r"E = -\sum_k t_k \log p_k")
    forward = (r"s_1 = v u", r"p_1 = \frac{e^{s_1}}{e^{s_1} + e^{s_2}}")
    told = displayed(*forward, r"\frac{\partial p_2}{\partial s_1} = -p_1 p_2")
    loss = displayed(*forward, r"E = -t_1 \log p_1 - t_2 \log p_2")
    parts = f"# All\n{general}\n# Slopes\n{told}\n# Loss\n{loss}"
    right = r"\frac{\partial E}{\partial v} = (p_1 (t_1 + t_2) - t_1) u"
    assert verdicts(parts + displayed(right))[-1] == "undecided"
    wrong = r"\frac{\partial E}{\partial p_1} = -\frac{t_1}{p_2}"
    assert verdicts(parts + displayed(wrong))[-1] == "wrong"
