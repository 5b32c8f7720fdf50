"""A Σ from 0 holds the zeroth entry, which stands by itself."""

import pytest

from tests.checking.written import displayed, verdicts

CONTRAST = [
    r"\ell = -\log \frac{\exp(q^\top k_0)}{\sum_{i=0}^N \exp(q^\top k_i)}",
    r"s_i = \frac{\exp(q^\top k_i)}{\sum_{j=0}^N \exp(q^\top k_j)}",
]
LINE = [r"f = \sum_{j=0}^M w_j h_j", r"J = \frac12 (f - t)^2", r"h_0 = 1"]


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (
            CONTRAST,
            r"\frac{\partial \ell}{\partial k_0} = (s_0 - 1) q",
            r"\frac{\partial \ell}{\partial k_0} = -q",
        ),
        (
            CONTRAST,
            r"\frac{\partial \ell}{\partial q} = \sum_{i=0}^N s_i k_i - k_0",
            r"\frac{\partial \ell}{\partial q} = \sum_{i=1}^N s_i k_i - k_0",
        ),
        (
            CONTRAST,
            r"\frac{\partial \ell}{\partial k_i} = s_i q",
            r"\frac{\partial \ell}{\partial k_i} = s_i k_i",
        ),
        (LINE, r"\frac{\partial J}{\partial w_0} = f - t", r"\frac{\partial J}{\partial w_0} = t - f"),
        (LINE, r"\frac{\partial J}{\partial w_j} = (f - t) h_j", r"\frac{\partial J}{\partial w_j} = f - t"),
    ],
)
def test_the_zeroth_term_is_one_of_the_sum(lines: list[str], right: str, wrong: str) -> None:
    assert set(verdicts(displayed(*lines, right))) == {"correct"}
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


def test_letters_without_a_zeroth_entry_stay_numbered_from_it() -> None:
    lines = [r"f = \sum_{j=0}^M w_j h_j", r"\frac{\partial f}{\partial w_j} = h_j"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
