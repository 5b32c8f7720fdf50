"""Functions that are told at one entry, and whose derivatives are asked for: as in exponential families."""

import pytest

from tests.checking.written import displayed, verdicts

FAMILY = [r"A(\eta_i) = \log(1 + e^{\eta_i})", r"q_i = A'(\eta_i) = \frac{1}{1 + e^{-\eta_i}}"]
COUNTS = [r"b(t_j) = e^{t_j}", r"c = 1", r"v_j = c b''(t_j) = e^{t_j}"]


@pytest.mark.parametrize("lines", [FAMILY, COUNTS])
def test_what_holds_at_an_entry_holds_for_any_number(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (FAMILY, r"q_i = A'(\eta_i) = \frac{1}{1 + e^{\eta_i}}"),
        (COUNTS, r"v_j = c b''(t_j) = 2 e^{t_j}"),
    ],
)
def test_and_slips_are_found(lines: list[str], wrong: str) -> None:
    assert verdicts(displayed(*lines[:-1], wrong))[-1] == "wrong"


def test_a_formula_of_other_entries_is_left() -> None:
    lines = [r"g(s_i) = s_i t_i", r"u = g'(s_i)", r"u = t_i"]
    assert "wrong" not in verdicts(displayed(*lines))
