"""A capital and its small letter with formulas of other letters are two quantities."""

from tests.checking.written import displayed, verdicts

LAYER = r"Let $x \in \mathbb{R}^d$ and $V \in \mathbb{R}^{h \times d}$." + "\n\n" + displayed(r"z = V x")


def test_a_rule_for_other_quantities_is_not_judged_by_a_small_letter() -> None:
    text = LAYER + "\n" + r"For any maps $\mathsf{Y} = f(\mathsf{X})$ and $\mathsf{Z} = g(\mathsf{Y})$ hold:"
    rule = r"\frac{\partial \mathsf{Z}}{\partial \mathsf{X}} = "
    chain = r"\frac{\partial \mathsf{Z}}{\partial \mathsf{Y}} \frac{\partial \mathsf{Y}}{\partial \mathsf{X}}"
    broken = r"\frac{\partial \mathsf{Z}}{\partial \mathsf{Y}}"
    assert verdicts(f"{text}\n\n{displayed(rule + chain)}")[-1] == "correct"
    assert verdicts(f"{text}\n\n{displayed(rule + broken)}")[-1] != "correct"


def test_a_batch_keeps_its_examples() -> None:
    told = displayed(
        r"z^{(i)} = w^T x^{(i)}",
        r"Z = w^T X",
        r"L = \frac{1}{2m} \sum_{i=1}^m (z^{(i)} - y^{(i)})^2",
    )
    right = displayed(r"\frac{\partial L}{\partial w} = \frac1m X (Z - Y)^T")
    wrong = displayed(r"\frac{\partial L}{\partial w} = \frac1m X (Z + Y)^T")
    assert [verdicts(told + line)[-1] for line in (right, wrong)] == ["correct", "wrong"]
