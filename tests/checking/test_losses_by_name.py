"""Losses that a document only calls by name, with their arguments in either order."""

import pytest

from tests.checking.written import displayed, verdicts

SOFTMAX = r"p = \text{softmax}(W x + b)"
SIGMOID = r"\hat y = \sigma(w^T x + b)"


@pytest.mark.parametrize(
    "loss",
    [r"\operatorname{CE}(y, p)", r"\text{CE}(p, y)", r"\text{CrossEntropy}(p, y)", r"\text{KL}(y \| p)"],
)
def test_a_cross_entropy_of_a_softmax(loss: str) -> None:
    text = displayed(
        SOFTMAX,
        rf"L = {loss}",
        r"\frac{\partial L}{\partial b} = p - y",
        r"\frac{\partial L}{\partial W} = (p - y) x^T",
        r"\frac{\partial L}{\partial W} = (y - p) x^T",
    )
    assert verdicts(text) == ["correct", "correct", "convention", "convention", "wrong"]


@pytest.mark.parametrize("loss", [r"\text{BCE}(\hat y, y)", r"\operatorname{BCE}(y, \hat y)"])
def test_a_binary_cross_entropy(loss: str) -> None:
    text = displayed(
        SIGMOID,
        rf"L = {loss}",
        r"\frac{\partial L}{\partial \hat y} = \frac{\hat y - y}{\hat y (1 - \hat y)}",
        r"\frac{\partial L}{\partial w} = (\hat y - y) x",
        r"\frac{\partial L}{\partial w} = (\hat y - y) \hat y x",
    )
    assert verdicts(text) == ["correct"] * 4 + ["wrong"]


def test_a_binary_cross_entropy_of_logits() -> None:
    text = displayed(
        r"z = w^T x + b",
        r"L = \text{BCEWithLogits}(z, y)",
        r"\frac{\partial L}{\partial z} = \sigma(z) - y",
        r"\frac{\partial L}{\partial z} = \sigma(z) (1 - y)",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


def test_what_the_document_says_of_its_loss_goes_before() -> None:
    text = displayed(
        SIGMOID,
        r"\text{CE}(y, \hat y) = -2 y \log \hat y",
        r"L = \text{CE}(y, \hat y)",
        r"\frac{\partial L}{\partial \hat y} = -\frac{2 y}{\hat y}",
        r"\frac{\partial L}{\partial \hat y} = -\frac{y}{\hat y}",
    )
    assert verdicts(text) == ["correct"] * 4 + ["wrong"]


@pytest.mark.parametrize("cosine", [r"\cos(u, v)", r"\text{cossim}(u, v)"])
def test_the_cosine_of_two_vectors(cosine: str) -> None:
    head = r"\frac{\partial s}{\partial u}"
    text = displayed(
        rf"s = {cosine}",
        rf"{head} = \frac{{v}}{{\|u\| \|v\|}} - {cosine} \frac{{u}}{{\|u\|^2}}",
        rf"{head} = \frac{{v}}{{\|u\| \|v\|}} - {cosine} \frac{{v}}{{\|u\|^2}}",
    )
    assert verdicts(text) == ["correct", "correct", "wrong"]


def test_a_cosine_is_one_number() -> None:
    text = displayed(
        r"y = 1 - \text{cossim}(u, v)",
        r"\frac{\partial y}{\partial u} = \text{cossim}(u, v) \frac{u}{\|u\|^2} - \frac{v}{\|u\| \|v\|}",
        r"\frac{\partial y}{\partial u} = \text{cossim}(u, v) \frac{u}{\|u\|} - \frac{v}{\|u\| \|v\|}",
    )
    assert verdicts(text) == ["correct", "correct", "wrong"]


@pytest.mark.parametrize("sign", [r"\text{KL}", "D_{KL}", r"D_{\mathrm{KL}}", "KL"])
@pytest.mark.parametrize("bars", [r"\|", "||", r"\parallel"])
def test_a_divergence_of_normals(sign: str, bars: str) -> None:
    both = rf"\mathcal{{N}}(\mu, \sigma^2) {bars} \mathcal{{N}}(0, 1)"
    text = displayed(
        rf"D = {sign}({both})",
        r"\frac{\partial D}{\partial \mu} = \mu",
        r"\frac{\partial D}{\partial \sigma} = \sigma - \frac{1}{\sigma}",
        r"\frac{\partial D}{\partial \sigma} = \sigma",
    )
    assert verdicts(text) == ["correct", "correct", "correct", "wrong"]


def test_the_closed_form_of_a_divergence_is_checked() -> None:
    head = r"D_{KL}(\mathcal{N}(\mu, \text{diag}(\sigma^2)) \| \mathcal{N}(0, I))"
    right = r"\frac12 \sum_{j=1}^d (\mu_j^2 + \sigma_j^2 - \log \sigma_j^2 - 1)"
    wrong = r"\frac12 \sum_{j=1}^d (\mu_j^2 + \sigma_j^2 + \log \sigma_j^2 - 1)"
    assert verdicts(displayed(rf"{head} = {right}", rf"{head} = {wrong}")) == ["correct", "wrong"]
