"""Sums over the terms that a condition on their entries takes: `j : t_j \\ge t_i`, `i : d_i = 1`."""

from tests.checking.written import displayed, verdicts

RISKS = r"\sum_{j : t_j \ge t_i}"
SCORE = [
    rf"\ell(b) = \sum_{{i : d_i = 1}} \left( b^T z_i - \log {RISKS} e^{{b^T z_j}} \right)",
    (
        r"\frac{\partial \ell}{\partial b} = \sum_{i : d_i = 1} \left( z_i - "
        rf"\frac{{{RISKS} e^{{b^T z_j}} z_j}}{{{RISKS} e^{{b^T z_j}}}} \right)"
    ),
]


def test_what_is_left_out_below_two_sums_is_the_same() -> None:
    assert set(verdicts(displayed(*SCORE))) == {"correct"}
    assert verdicts(displayed(SCORE[0], SCORE[1].replace("- ", "+ ")))[-1] == "wrong"


def test_another_condition_takes_other_terms() -> None:
    assert verdicts(displayed(SCORE[0], SCORE[1].replace(r"\ge", r"\le")))[-1] == "wrong"


def test_a_mark_of_terms_may_multiply_them() -> None:
    marked = SCORE[1].replace(r"\sum_{i : d_i = 1} ", r"\sum_i d_i ")
    assert set(verdicts(displayed(SCORE[0], marked))) == {"correct"}
    unmarked = SCORE[1].replace(r"\sum_{i : d_i = 1} ", r"\sum_i ")
    assert verdicts(displayed(SCORE[0], unmarked))[-1] != "correct"


def test_rows_of_a_capital_may_be_dotted() -> None:
    lines = [
        r"r_j = \exp(Z_j \cdot b)",
        r"\ell(b) = \sum_{i : D_i = 1} \left( Z_i \cdot b - \log \sum_{j : T_j \ge T_i} r_j \right)",
        (
            r"\ell'(b) = \sum_{i : D_i = 1} \left( Z_i - \frac{\sum_{j : T_j \ge T_i} r_j Z_j}"
            r"{\sum_{j : T_j \ge T_i} r_j} \right)"
        ),
    ]
    assert verdicts(displayed(*lines))[-1] in ("correct", "charitable", "convention")
    lines[2] = lines[2].replace("r_j Z_j", "Z_j")
    assert verdicts(displayed(*lines))[-1] == "wrong"
