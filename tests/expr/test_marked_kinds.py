"""Letters with a plus or a minus above them are quantities of their own: pairs of examples, targets held."""

import pytest

from tests.checking.written import displayed, verdicts

PAIR = [r"\ell = -\log \sigma(g^T k^+) - \log \sigma(-g^T k^-)"]
APART = [r"D = \max(0, \|c - h^+\|^2 - \|c - h^-\|^2 + \mu)"]
HELD = [r"L(w) = \frac{1}{2} (r + \gamma \max_{b'} F(z', b'; w^-) - F(z, b; w))^2"]


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (
            PAIR,
            r"\frac{\partial \ell}{\partial k^+} = (\sigma(g^T k^+) - 1) g",
            r"\frac{\partial \ell}{\partial k^+} = (\sigma(g^T k^-) - 1) g",
        ),
        (
            PAIR,
            r"\frac{\partial \ell}{\partial g} = (\sigma(g^T k^+) - 1) k^+ + \sigma(g^T k^-) k^-",
            r"\frac{\partial \ell}{\partial g} = (\sigma(g^T k^+) - 1) k^+ - \sigma(g^T k^-) k^-",
        ),
        (
            HELD,
            r"\nabla_w L(w) = -(r + \gamma \max_{b'} F(z', b'; w^-) - F(z, b; w)) \nabla_w F(z, b; w)",
            r"\nabla_w L(w) = (r + \gamma \max_{b'} F(z', b'; w^-) - F(z, b; w)) \nabla_w F(z, b; w)",
        ),
        (
            HELD,
            r"w \leftarrow w + \alpha (r + \gamma \max_{b'} F(z', b'; w^-) - F(z, b; w)) \nabla_w F(z, b; w)",
            r"w \leftarrow w - \alpha (r + \gamma \max_{b'} F(z', b'; w^-) - F(z, b; w)) \nabla_w F(z, b; w)",
        ),
    ],
)
def test_what_a_sign_marks_is_told_apart(lines: list[str], right: str, wrong: str) -> None:
    assert set(verdicts(displayed(*lines, right))) == {"correct"}
    assert verdicts(displayed(*lines, wrong))[-1] == "wrong"


def test_active_pairs_are_derived_by_each_of_their_members() -> None:
    text = f"{displayed(*APART)}\n\nIf the loss is positive,\n\n"
    assert verdicts(text + displayed(r"\frac{\partial D}{\partial h^-} = 2 (c - h^-)"))[-1] == "correct"
    assert verdicts(text + displayed(r"\frac{\partial D}{\partial h^-} = 2 (c - h^+)"))[-1] == "wrong"


def test_a_step_by_a_part_of_no_known_loss_is_left_open() -> None:
    step = r"\theta \leftarrow \theta - \alpha \rho \nabla_\theta f(x; \theta)"
    assert verdicts(displayed(step)) == ["undecided"]
