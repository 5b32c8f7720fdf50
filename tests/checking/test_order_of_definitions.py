"""What a definition asks for while it is read does not spoil what is read later."""

from tests.checking.written import displayed, verdicts


def test_a_product_with_brackets_asks_whether_it_is_the_loss() -> None:
    forward = displayed(r"c = \mu + k (y - \mu)", r"E = \frac12 (c - u)^2")
    right = r"\frac{\partial E}{\partial c} = c - u"
    wrong = r"\frac{\partial E}{\partial k} = (c - u) y"
    assert verdicts(forward + displayed(right, wrong))[-2:] == ["correct", "wrong"]


def test_bars_over_letters_with_subscripts() -> None:
    forward = displayed(r"v_1 = w x", r"v_2 = \sin(v_1)", r"J = \frac12 v_2^2", r"\bar J = 1")
    right = displayed(r"\bar v_2 = v_2", r"\bar v_1 = \bar v_2 \cos(v_1)", r"\bar w = \bar v_1 x")
    assert verdicts(forward + right)[-3:] == ["correct"] * 3
    assert verdicts(forward + displayed(r"\bar v_1 = \bar v_2 \cos(v_2)"))[-1] == "wrong"


def test_the_differential_of_a_column_is_one_of_its_batch() -> None:
    forward = displayed(r"Z = w^T X + b", r"A = \sigma(Z)") + displayed(
        r"J = -\frac1m \sum_{i=1}^m \left( y^{(i)} \log a^{(i)} + (1 - y^{(i)}) \log(1 - a^{(i)}) \right)"
    )
    lines = displayed(r"dZ = A - Y", r"dw = \frac1m X dZ^T", r"db = \frac1m \sum_{i=1}^m dz^{(i)}")
    assert verdicts(forward + lines)[-3:] == ["convention"] * 3
    turned = displayed(r"dZ = A - Y", r"dw = \frac1m X^T dZ")
    assert verdicts(forward + turned)[-1] == "charitable"
