"""A loss for one example with its softmax written out, the letter that stands for it, and the loss of all."""

import pytest

from tests.checking.written import displayed, verdicts

ONE = r"E_n = -\log \frac{e^{u_{n c_n}}}{\sum_k e^{u_{nk}}}"
SCORES = r"u_{nk} = \sum_d A_{nd} V_{dk}"
ENTRY = r"q_{nk} = \frac{e^{u_{nk}}}{\sum_j e^{u_{nj}}}"
RIGHT = [
    r"\frac{\partial E}{\partial q_{n c_n}} = -\frac{1}{M} \frac{1}{q_{n c_n}}",
    r"\frac{\partial q_{n c_n}}{\partial u_{nk}} = q_{n c_n} (\delta_{k c_n} - q_{nk})",
    r"\frac{\partial E}{\partial V_{dk}} = \frac{1}{M} \sum_n A_{nd} (q_{nk} - \delta_{k c_n})",
]
WRONG = [
    r"\frac{\partial E}{\partial q_{n c_n}} = -\frac{1}{M} \sum_n \frac{1}{q_{n c_n}}",
    r"\frac{\partial q_{n c_n}}{\partial u_{nk}} = q_{n c_n} (\delta_{n c_n} - q_{nk} \delta_{nk})",
    r"\frac{\partial E}{\partial V_{dk}} = \frac{1}{M} \sum_n A_{nd} (q_{nk} \delta_{nk} - \delta_{n c_n})",
]
TOTAL = r"E = \frac{1}{M} \sum_n E_n"
WORDS = "We abbreviate the softmax function as $q$ from here on."


@pytest.mark.parametrize("told", [displayed(ENTRY), WORDS, "Here *q* denotes the softmax."])
@pytest.mark.parametrize("total", [displayed(TOTAL), ""])
def test_what_is_derived_by_an_entry_of_the_loss_is_judged(told: str, total: str) -> None:
    before = "\n\n".join((displayed(ONE, SCORES), total, told))
    right = verdicts(f"{before}\n\n{displayed(*RIGHT)}")
    assert set(right) == {"correct"}
    wrong = verdicts(f"{before}\n\n{displayed(*WRONG)}")
    assert wrong[-3:] == ["wrong", "wrong", "wrong"]


def test_a_letter_that_has_a_formula_keeps_it() -> None:
    other = r"q_{nk} = \frac{u_{nk}}{\sum_j u_{nj}}"
    text = f"{displayed(ONE, SCORES, other)}\n\n{WORDS}\n\n{displayed(RIGHT[1])}"
    assert verdicts(text)[-1] == "wrong"


def test_a_total_whose_lines_divide_here_and_there_is_not_told() -> None:
    mixed = RIGHT[2].replace(r"\frac{1}{M} ", "")
    found = verdicts(displayed(ONE, SCORES, ENTRY, RIGHT[2], mixed))
    assert "correct" not in found[3:]
    assert "wrong" not in found[3:]


def test_a_total_without_its_count_is_the_sum() -> None:
    total = RIGHT[2].replace(r"\frac{1}{M} ", "")
    slipped = total.replace("q_{nk} -", "q_{nk} +")
    assert verdicts(displayed(ONE, SCORES, ENTRY, total))[-1] == "correct"
    assert verdicts(displayed(ONE, SCORES, ENTRY, slipped))[-1] == "wrong"


def test_a_total_may_hold_more_than_its_summands() -> None:
    penalised = RIGHT[2] + r" + \lambda V_{dk}"
    assert "wrong" not in verdicts(displayed(ONE, SCORES, ENTRY, penalised))
