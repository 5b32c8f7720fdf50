r"""A divergence whose formula names no distributions is a number: `D_{KL}(q \| p) = -\frac12 \sum_j …`."""

import pytest

from tests.checking.written import displayed, verdicts

FORMULA = r"-\frac{1}{2} \sum_{j=1}^J (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2)"


@pytest.mark.parametrize("sign", [r"D_{KL}", r"D_{\text{KL}}", r"KL"])
@pytest.mark.parametrize("between", [r"q \| p", r"q(z|x) \| p(z)", r"q \,||\, p"])
def test_it_is_derived_by_its_name(sign: str, between: str) -> None:
    told, by = rf"{sign}({between}) = {FORMULA}", rf"\frac{{\partial {sign}}}{{\partial "
    mean, deviation = by + r"\mu_j} = \mu_j", by + r"\sigma_j} = \sigma_j - 1/\sigma_j"
    assert set(verdicts(displayed(told, mean, deviation))) == {"correct"}
    assert verdicts(displayed(told, deviation.replace("j - 1", "j + 1")))[-1] == "wrong"
