r"""Functions told apart by a mark: `a = g_1(z)`, `A^{[l]} = g^{[l]}(Z^{[l]})`, and their derivatives."""

import pytest

from tests.checking.written import displayed, verdicts

SCALARS = displayed(r"s = a x + c", r"u = f_1(s)", r"v = f_2(u)")
LAYERS = displayed(
    r"S^{[l]} = V^{[l]} U^{[l-1]} + c^{[l]}",
    r"U^{[l]} = h^{[l]}(S^{[l]})",
    r"E = \frac12 \|U^{[L]} - T\|^2",
)
CHAIN = displayed(
    r"p_i = B_i q_i",
    r"q_{i+1} = \psi_i(p_i)",
    r"q_1 = x",
    r"E = \frac12 \|q_n - t\|^2",
    r"\bar{E} = 1",
    r"\bar{B}_i = \bar{p}_i q_i^T",
)


@pytest.mark.parametrize(
    ("forward", "right", "wrong"),
    [
        (
            SCALARS,
            r"\frac{\partial v}{\partial x} = f_2'(u) f_1'(s) a",
            r"\frac{\partial v}{\partial x} = f_1'(u) f_2'(s) a",
        ),
        (
            LAYERS,
            r"dS^{[l]} = V^{[l+1]T} dS^{[l+1]} * h^{[l]'}(S^{[l]})",
            r"dS^{[l]} = V^{[l+1]T} dS^{[l+1]} * h^{[l+1]'}(S^{[l]})",
        ),
        (
            CHAIN,
            r"\bar{p}_i = \bar{q}_{i+1} \odot \psi_i'(p_i)",
            r"\bar{p}_i = \bar{q}_i \odot \psi_i'(p_i)",
        ),
    ],
)
def test_a_function_with_a_mark_is_one_of_its_own(forward: str, right: str, wrong: str) -> None:
    assert set(verdicts(forward + displayed(right))) == {"correct"}
    assert verdicts(forward + displayed(wrong))[-1] == "wrong"


def test_a_letter_that_stands_without_brackets_is_a_quantity() -> None:
    gates = displayed(r"s = f_1 (a + c)", r"v = s f_2")
    assert set(verdicts(gates + displayed(r"\frac{\partial v}{\partial a} = f_1 f_2"))) == {"correct"}


def test_a_function_that_stands_without_its_mark_is_the_same_in_all_layers() -> None:
    assert verdicts(LAYERS + displayed(r"dS^{[l]} = dU^{[l]} * h'(S^{[l]})"))[-1] == "correct"
