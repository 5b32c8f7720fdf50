"""Linear models written out with dots, of one example and of many."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed

MARKED = (
    r"g_\beta(u) = \beta_0 + \beta_1 u_1 + \beta_2 u_2 + \cdots + \beta_d u_d",
    r"E(\beta) = \frac{1}{2m} \sum_{i=1}^m (g_\beta(u^{(i)}) - t^{(i)})^2",
    r"\frac{\partial E}{\partial \beta_j} = \frac{1}{m} \sum_{i=1}^m (g_\beta(u^{(i)}) - t^{(i)}) u_j^{(i)}",
    r"\frac{\partial E}{\partial \beta_0} = \frac{1}{m} \sum_{i=1}^m (g_\beta(u^{(i)}) - t^{(i)})",
)
FROM_ZERO = (
    r"g_\beta(u) = \beta_0 u_0 + \beta_1 u_1 + \dots + \beta_d u_d = \beta^T u",
    r"E(\beta) = \frac{1}{2m} \sum_{i=1}^m (g_\beta(u^{(i)}) - t^{(i)})^2",
    r"\frac{\partial E}{\partial \beta_j} = \frac{1}{m} \sum_{i=1}^m (g_\beta(u^{(i)}) - t^{(i)}) u_j^{(i)}",
)
BELOW = (
    r"\hat t_i = \beta_0 + \beta_1 u_{i1} + \cdots + \beta_d u_{id}",
    r"E = \frac{1}{2m} \sum_{i=1}^m (\hat t_i - t_i)^2",
    r"\frac{\partial E}{\partial \beta_j} = \frac{1}{m} \sum_{i=1}^m (\hat t_i - t_i) u_{ij}",
    r"\frac{\partial E}{\partial \beta_0} = \frac{1}{m} \sum_{i=1}^m (\hat t_i - t_i)",
)
WITHOUT_OFFSET = (
    r"s_n = v_1 u_{n1} + v_2 u_{n2} + \dots + v_d u_{nd}",
    r"E = \sum_{n=1}^N \log(1 + e^{-t_n s_n})",
    r"\frac{\partial E}{\partial v_j} = -\sum_{n=1}^N \frac{t_n u_{nj}}{1 + e^{t_n s_n}}",
)
ALL = (MARKED, FROM_ZERO, BELOW, WITHOUT_OFFSET)


def _found(lines: tuple[str, ...], seed: int = 0) -> list[str]:
    document = read(Source("notes.md", displayed(*lines)))
    judged = check(document, pose(document, None), seed).judgements()
    return [str(judgement.verdict) for _, judgement in judged]


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("lines", ALL)
def test_right_ones_are_right(lines: tuple[str, ...], seed: int) -> None:
    assert set(_found(lines, seed)) == {"correct"}


@pytest.mark.parametrize("lines", ALL)
@pytest.mark.parametrize(
    "slip", [(r"} = \frac", r"} = -\frac"), ("m} ", "m^2} "), (" - t", " + t"), ("= -", "= ")]
)
def test_slips_are_wrong(lines: tuple[str, ...], slip: tuple[str, str]) -> None:
    given, claims = lines[:2], [line for line in lines[2:] if line.replace(*slip) != line]
    for line in claims:
        assert _found((*given, line.replace(*slip)))[-1] == "wrong"


@pytest.mark.parametrize("lines", [MARKED, BELOW])
def test_the_offset_is_no_other_coefficient(lines: tuple[str, ...]) -> None:
    offset = lines[3].replace(r"\beta_0", r"\beta_1")
    assert _found((*lines[:2], offset))[-1] == "wrong"


@pytest.mark.parametrize(
    "inner", [r"\sum_{j=1}^d u_{i,j} \beta_j", r"u_{i,1} \beta_1 + u_{i,2} \beta_2 + \dots + u_{i,d} \beta_d"]
)
def test_a_sum_whose_index_was_not_understood_accuses_nobody(inner: str) -> None:
    lines = (
        rf"E = \frac{{1}}{{2m}} \sum_i (u_i \cdot \beta - t_i)^2 = \frac{{1}}{{2m}} \sum_i ({inner} - t_i)^2",
        r"\nabla_\beta E = \frac{1}{m} \sum_i (u_i \cdot \beta - t_i) u_i",
    )
    assert "wrong" not in _found(lines)
