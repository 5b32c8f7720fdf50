"""Values that a loss holds at some arguments and that are derived by: tables, outputs of any model."""

import pytest

from tests.checking.written import displayed, verdicts

SPENT = (
    r"\hat U = \min_U \underbrace{\frac{1}{mK} \sum_{j=1}^m \sum_{k=1}^K "
    r"(U(z_k^j, b_k^j) - c(z_k^j, b_k^j) - \lambda \max_{b'} U(z_{k+1}^j, b'))^2}_{:= \ell(U)}"
)
STEP = r"U(z_k^j, b_k^j) \leftarrow U(z_k^j, b_k^j) - \eta \nabla_{U(z_k^j, b_k^j)} \ell(U) = "
SHORT = r"(1 - \eta) U(z_k^j, b_k^j) + \eta (c(z_k^j, b_k^j) + \lambda \max_{b'} U(z_{k+1}^j, b'))"
WHOLE = (
    r"U(z_k^j, b_k^j) - \frac{2 \eta}{mK} "
    r"(U(z_k^j, b_k^j) - c(z_k^j, b_k^j) - \lambda \max_{b'} U(z_{k+1}^j, b'))"
)
ONE = [r"J = \frac{1}{2} (c + \lambda U(z') - U(z))^2"]
DOWN = r"U(z) \leftarrow U(z) - \eta \frac{\partial J}{\partial U(z)} = "
FITTED = [r"J = \sum_{j=1}^m \log (1 + e^{-t_j G(u_j)})"]


@pytest.mark.parametrize("written", [SHORT, WHOLE])
def test_a_step_of_a_table_may_take_the_constants_into_its_rate(written: str) -> None:
    assert set(verdicts(displayed(SPENT, STEP + written))) == {"correct"}


@pytest.mark.parametrize(
    "written", [SHORT.replace(r"+ \eta", r"- \eta"), WHOLE.replace("2 ", ""), SHORT.replace(r"\lambda ", "")]
)
def test_and_is_wrong_where_anything_else_is(written: str) -> None:
    assert verdicts(displayed(SPENT, STEP + written))[-1] == "wrong"


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (
            ONE,
            r"\frac{\partial J}{\partial U(z)} = U(z) - c - \lambda U(z')",
            r"\frac{\partial J}{\partial U(z)} = U(z) - c + \lambda U(z')",
        ),
        (
            ONE,
            DOWN + r"U(z) + \eta (c + \lambda U(z') - U(z))",
            DOWN + r"U(z) - \eta (c + \lambda U(z') - U(z))",
        ),
        (
            FITTED,
            r"\frac{\partial J}{\partial G(u_j)} = -\frac{t_j}{1 + e^{t_j G(u_j)}}",
            r"\frac{\partial J}{\partial G(u_j)} = -\frac{t_j}{1 + e^{-t_j G(u_j)}}",
        ),
    ],
)
def test_each_value_is_a_quantity_of_its_own(lines: list[str], right: str, wrong: str) -> None:
    assert set(verdicts(displayed(*lines, right))) == {"correct"}
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


def test_a_function_that_changes_with_a_parameter_is_no_table() -> None:
    lines = [
        r"J = \frac{1}{2} (t - g(x))^2",
        r"\frac{\partial J}{\partial w} = \frac{\partial J}{\partial g(x)} \frac{\partial g(x)}{\partial w}",
        r"\frac{\partial J}{\partial g(x)} = g(x) - t",
    ]
    assert "wrong" not in verdicts(displayed(*lines))
