"""What a chain says that a model gives is that quantity, wherever the model stands: `a = h_V(x) = g(z)`."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = displayed(
    r"u^{(2)} = V^{(1)} x",
    r"b^{(2)} = g(u^{(2)})",
    r"u^{(3)} = V^{(2)} b^{(2)}",
    r"g(s) = \frac{1}{1 + e^{-s}}",
)
LOSS = displayed(
    r"C = -\sum_{k=1}^K \left[ t_k \log (h_V(x))_k + (1 - t_k) \log(1 - (h_V(x))_k) \right]",
)


@pytest.mark.parametrize("chain", ["b^{(3)} = h_V(x) = g(u^{(3)})", "h_V(x) = b^{(3)} = g(u^{(3)})"])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (r"\frac{\partial C}{\partial u^{(3)}} = b^{(3)} - t", "correct"),
        (r"\frac{\partial C}{\partial u^{(3)}} = t - b^{(3)}", "wrong"),
        (r"\frac{\partial C}{\partial V^{(2)}} = (b^{(3)} - t) (b^{(2)})^T", "correct"),
        (r"\frac{\partial C}{\partial V^{(2)}} = (b^{(3)} - t) x^T", "wrong"),
    ],
)
def test_a_loss_of_the_model_is_one_of_its_output(chain: str, line: str, said: str) -> None:
    found = verdicts(FORWARD + displayed(chain) + LOSS + displayed(line))
    assert found[-1] == said
    assert {"wrong", "slip"}.isdisjoint(found[:-1])
