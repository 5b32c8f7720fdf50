"""Models that are derived by a parameter which their brackets leave out."""

import pytest

from tests.checking.written import displayed, verdicts

THROUGH = (
    r"\frac{\partial J}{\partial \phi} = \frac{\partial J}{\partial U(z)} "
    r"\frac{\partial U(z)}{\partial \phi}"
)
WORTH = [
    r"J = \frac{1}{2} (R - U(z))^2",
    THROUGH,
]
FIT = [r"E = \frac{1}{m} \sum_k (g(u_k) - t_k)^2"]


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (
            WORTH,
            r"\frac{\partial J}{\partial \phi} = -(R - U(z)) \frac{\partial U(z)}{\partial \phi}",
            r"\frac{\partial J}{\partial \phi} = (R - U(z)) \frac{\partial U(z)}{\partial \phi}",
        ),
        (
            WORTH,
            r"\phi \leftarrow \phi + \eta (R - U(z)) \nabla_\phi U(z)",
            r"\phi \leftarrow \phi - \eta (R - U(z)) \nabla_\phi U(z)",
        ),
        (
            FIT,
            r"\nabla_a E = \frac{2}{m} \sum_k (g(u_k) - t_k) \nabla_a g(u_k)",
            r"\nabla_a E = \frac{1}{m} \sum_k (g(u_k) - t_k) \nabla_a g(u_k)",
        ),
    ],
)
def test_it_changes_with_the_parameter_wherever_it_stands(lines: list[str], right: str, wrong: str) -> None:
    assert set(verdicts(displayed(*lines, right))) == {"correct"}
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial U(z)}{\partial \phi} = z",
        r"\phi \leftarrow \phi + \eta (R - U(z)) z",
        r"\frac{\partial J}{\partial \phi} = -(R - U(z)) \frac{\partial U(z)}{\partial \phi} = -(R - U(z)) z",
    ],
)
def test_a_model_that_lines_go_on_to_take_for_a_certain_one_is_left_open(line: str) -> None:
    assert "wrong" not in verdicts(displayed(*WORTH, line))


def test_of_two_values_one_may_be_held() -> None:
    held = [
        r"J = \frac{1}{2} (c + \lambda U(z') - U(z))^2",
        r"\nabla_\phi J = -(c + \lambda U(z') - U(z)) \nabla_\phi U(z)",
    ]
    assert "wrong" not in verdicts(displayed(*held))
