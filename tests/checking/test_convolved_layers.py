"""Convolutions of any layer: the letters of `x_{i+k}` run over other sizes in each layer."""

import pytest

from tests.checking.written import displayed, verdicts

LINE = {
    "forward": r"s_i^l = \sum_k g_k^l h_{i+k}^{l-1} + c^l",
    "value": r"h_i^l = \phi(s_i^l)",
    "signal": r"\delta_i^l = \frac{\partial E}{\partial s_i^l}",
    "kernel": r"\frac{\partial E}{\partial g_p^l} = \sum_i \delta_i^l h_{i+p}^{l-1}",
    "back": r"\delta_r^l = \sum_k \delta_{r-k}^{l+1} g_k^{l+1} \phi'(s_r^l)",
}
PLANE = {
    "forward": r"s_{ij}^{(l)} = \sum_a \sum_b g_{ab}^{(l)} h_{i+a,j+b}^{(l-1)} + c^{(l)}",
    "value": r"h_{ij}^{(l)} = \tanh(s_{ij}^{(l)})",
    "chain": (
        r"\frac{\partial E}{\partial g_{pq}^{(l)}} = "
        r"\sum_i \sum_j \frac{\partial E}{\partial s_{ij}^{(l)}} "
        r"\frac{\partial s_{ij}^{(l)}}{\partial g_{pq}^{(l)}}"
    ),
    "local": r"\frac{\partial s_{ij}^{(l)}}{\partial g_{pq}^{(l)}} = h_{i+p,j+q}^{(l-1)}",
    "signal": r"\delta_{ij}^{(l)} = \frac{\partial E}{\partial s_{ij}^{(l)}}",
    "kernel": (
        r"\frac{\partial E}{\partial g_{pq}^{(l)}} = \sum_i \sum_j \delta_{ij}^{(l)} h_{i+p,j+q}^{(l-1)}"
    ),
    "back": (
        r"\delta_{mn}^{(l)} = \sum_a \sum_b \delta_{m-a,n-b}^{(l+1)} g_{ab}^{(l+1)} (1 - (h_{mn}^{(l)})^2)"
    ),
}


@pytest.mark.parametrize("lines", [LINE, PLANE], ids=["line", "plane"])
def test_every_line_is_right(lines: dict[str, str]) -> None:
    assert set(verdicts(displayed(*lines.values()))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "of", "right", "slip"),
    [
        (LINE, "kernel", r"h_{i+p}", r"h_{i-p}"),
        (LINE, "kernel", r"\sum_i \delta_i^l", r"\sum_i \delta_i^{l-1}"),
        (LINE, "back", r"\delta_{r-k}", r"\delta_{r+k}"),
        (LINE, "back", r"g_k^{l+1} \phi'", r"g_k^{l+1} \phi"),
        (LINE, "back", r"\phi'(s_r^l)", r"\phi'(s_r^l) \phi'(s_r^l)"),
        (PLANE, "local", r"h_{i+p,j+q}", r"h_{i+q,j+p}"),
        (PLANE, "kernel", r"h_{i+p,j+q}", r"h_{i-p,j-q}"),
        (PLANE, "kernel", r"= \sum", r"= -\sum"),
        (PLANE, "back", r"\delta_{m-a,n-b}", r"\delta_{m+a,n+b}"),
        (PLANE, "back", r"(1 - (h_{mn}^{(l)})^2)", r"(1 - h_{mn}^{(l)})"),
    ],
)
def test_a_slip_is_found(lines: dict[str, str], of: str, right: str, slip: str) -> None:
    assert right in lines[of]
    found = verdicts(displayed(*{**lines, of: lines[of].replace(right, slip)}.values()))
    place = list(lines).index(of)
    assert found[place] == "wrong"
    assert set(found[:place]) == {"correct"}
