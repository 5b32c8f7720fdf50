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


SAMPLE = [
    r"s_i = v a_i + c",
    r"C = \frac{1}{M} \sum_{i=1}^M [\log(1 + e^{-s_i}) + (1 - t_i) s_i]",
    r"g(a_i) = \log(1 + e^{-s_i}) + (1 - t_i) s_i",
]
UPPER = [
    r"s^{(i)} = v a^{(i)} + c, \quad q(a^{(i)}) = \frac{1}{1 + e^{-s^{(i)}}}",
    r"l(a^{(i)}) = - t^{(i)} \ln q(a^{(i)}) - (1 - t^{(i)}) \ln(1 - q(a^{(i)}))",
    r"C(v, c) = \frac{1}{m} \sum_{i=1}^m l(a^{(i)})",
]


@pytest.mark.parametrize(
    ("lines", "line", "found"),
    [
        (SAMPLE, r"\frac{dg}{ds_i} = \frac{1}{1 + e^{-s_i}} - t_i", "correct"),
        (SAMPLE, r"\frac{dg}{ds_i} = \frac{1}{1 + e^{-s_i}} + t_i", "wrong"),
        (SAMPLE, r"\frac{dC}{dv} = \frac{1}{M} \sum_{i=1}^M \frac{d}{dv} g(a_i)", "correct"),
        (SAMPLE, r"\frac{dC}{dv} = \frac{1}{M} \sum_{i=1}^M \frac{dg}{ds_i} \frac{ds_i}{dv}", "correct"),
        (SAMPLE, r"\frac{dC}{dv} = \sum_{i=1}^M \frac{dg}{ds_i} \frac{ds_i}{dv}", "wrong"),
        (
            UPPER,
            r"\frac{\partial C}{\partial v} = \frac{1}{m} \sum_{i=1}^m (q(a^{(i)}) - t^{(i)}) a^{(i)}",
            "correct",
        ),
        (
            UPPER,
            r"\frac{\partial C}{\partial v} = \frac{1}{m} \sum_{i=1}^m (t^{(i)} - q(a^{(i)})) a^{(i)}",
            "wrong",
        ),
    ],
)
def test_a_function_told_beside_other_entries_is_a_value_for_each(
    lines: list[str], line: str, found: str
) -> None:
    assert verdicts(displayed(*lines, line))[-1] == found


def test_a_function_that_is_applied_elsewhere_is_no_value() -> None:
    lines = [*SAMPLE, r"\frac{dg}{ds_i} = \frac{1}{1 + e^{-s_i}} + t_i", r"r = g(u)"]
    assert "wrong" not in verdicts(displayed(*lines))


@pytest.mark.parametrize("sign", ["+", "-"])
@pytest.mark.parametrize("names", [(r"g_\theta", r"\theta_0", r"\theta_1"), ("g_{v, c}", "c", "v")])
def test_a_line_told_at_an_entry_with_its_parameters_below_is_that_of_any_number(
    names: tuple[str, str, str], sign: str
) -> None:
    g, level, slope = names
    residual = f"({g}(a_i) {sign} t_i)"
    lines = [
        f"{g}(a_i) = {level} + {slope} a_i",
        rf"C({level}, {slope}) = \frac{{1}}{{2M}} \sum_{{i=1}}^M ({g}(a_i) - t_i)^2",
        rf"\frac{{\partial C}}{{\partial {slope}}} = \frac{{1}}{{M}} \sum_{{i=1}}^M {residual} a_i",
    ]
    assert verdicts(displayed(*lines))[-1] == ("correct" if sign == "-" else "wrong")
