"""Rules with the logarithm, a root or a power of a function that nothing defines: it is positive there."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    "rule",
    [
        r"\frac{d}{dx} \ln(f(x)) = \frac{1}{f(x)} \frac{d}{dx} f(x)",
        r"\frac{d}{dx} \log f(x) = \frac{f'(x)}{f(x)}",
        r"\frac{d}{dt} \sqrt{g(t)} = \frac{g'(t)}{2 \sqrt{g(t)}}",
        r"\frac{d}{dt} g(t)^n = n g(t)^{n - 1} g'(t)",
        r"\frac{d}{dt} \ln f(g(t)) = \frac{f'(g(t)) g'(t)}{f(g(t))}",
        r"\frac{d}{dt} e^{g(t)} = e^{g(t)} g'(t)",
        r"\frac{d}{dx} a^{h(x)} = a^{h(x)} \ln(a) h'(x)",
        r"\frac{d}{dx} f(x)^{h(x)} = f(x)^{h(x)} \left(h'(x) \ln f(x) + h(x) \frac{f'(x)}{f(x)}\right)",
    ],
)
def test_a_rule(rule: str) -> None:
    assert verdicts(displayed(rule)) == ["correct"]


@pytest.mark.parametrize(
    "slip",
    [
        r"\frac{d}{dx} \log f(x) = \frac{1}{f(x)}",
        r"\frac{d}{dx} \log f(x) = -\frac{f'(x)}{f(x)}",
        r"\frac{d}{dt} \sqrt{g(t)} = \frac{g'(t)}{\sqrt{g(t)}}",
        r"\frac{d}{dt} g(t)^n = n g(t)^n g'(t)",
        r"\frac{d}{dt} e^{g(t)} = e^{g(t)} g(t)",
        r"\frac{d}{dx} a^{h(x)} = a^{h(x)} h'(x)",
        r"\frac{d}{dx} f(x)^{h(x)} = f(x)^{h(x)} \left(h'(x) \ln f(x) - h(x) \frac{f'(x)}{f(x)}\right)",
    ],
)
def test_a_slip_in_a_rule(slip: str) -> None:
    assert verdicts(displayed(slip)) == ["wrong"]


def test_a_probability_is_not_taken_for_any_positive_number() -> None:
    lines = r"L = -y \log f(z) - (1 - y) \log(1 - f(z))", r"\frac{dL}{dy} = \log(1 - f(z)) - \log f(z)"
    alone = verdicts(displayed(*lines))
    assert verdicts(displayed(*lines, r"\frac{d}{dz} \log g(z) = \frac{g'(z)}{g(z)}"))[:2] == alone
