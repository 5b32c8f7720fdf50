r"""Densities that are called by name: normals of numbers and vectors, mixtures, Bernoulli's."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed

SEEDS = (0, 5)
NOISE = (
    r"u \in \mathbb{R}^p, \quad \psi_n \in \mathbb{R}^p",
    r"E(u) = -\sum_{n=1}^N \log \mathcal{N}(s_n \mid u^\top \psi_n, \alpha^{-1})",
    r"\nabla_u E = -\alpha \sum_{n=1}^N (s_n - u^\top \psi_n) \psi_n",
)
NUMBERS = (
    r"\ell = \sum_{i=1}^N \log \mathcal{N}(v_i; m, \tau^2)",
    r"\frac{\partial \ell}{\partial m} = \frac{1}{\tau^2} \sum_{i=1}^N (v_i - m)",
    r"\frac{\partial \ell}{\partial \tau} = -\frac{N}{\tau} + \frac{1}{\tau^3} \sum_{i=1}^N (v_i - m)^2",
)
DEVIATION = (
    r"\ell = \sum_{i=1}^N \log N(v_i \mid \mu, \sigma)",
    r"\frac{\partial \ell}{\partial \mu} = \sum_{i=1}^N \frac{v_i - \mu}{\sigma^2}",
)
MIXTURE = (
    r"L = \sum_{n=1}^N \log \sum_{k=1}^K a_k \mathcal{N}(v_n \mid m_k, s_k^2)",
    r"r_{nk} = \frac{a_k \mathcal{N}(v_n \mid m_k, s_k^2)}{\sum_j a_j \mathcal{N}(v_n \mid m_j, s_j^2)}",
    r"\frac{\partial L}{\partial m_k} = \sum_{n=1}^N r_{nk} \frac{v_n - m_k}{s_k^2}",
    r"\frac{\partial L}{\partial a_k} = \sum_{n=1}^N \frac{r_{nk}}{a_k}",
)
VECTOR = (
    r"y, c \in \mathbb{R}^d, \quad \Sigma \in \mathbb{R}^{d \times d}",
    r"J = \log \mathcal{N}(y \mid c, \Sigma)",
    r"\nabla_c J = \Sigma^{-1} (y - c)",
    r"\nabla_\Sigma J = \frac12 \Sigma^{-1} (y - c)(y - c)^\top \Sigma^{-1} - \frac12 \Sigma^{-1}",
)
PRIOR = (r"z \in \mathbb{R}^d", r"h = \log \mathcal{N}(z; 0, I)", r"\nabla_z h = -z")
ISOTROPIC = (
    r"z, c \in \mathbb{R}^d",
    r"h = \log \mathcal{N}(z; c, \kappa^2 I)",
    r"\nabla_c h = \frac{1}{\kappa^2} (z - c)",
)
COINS = (
    r"\ell = \sum_{i=1}^N \log \text{Bern}(y_i \mid p)",
    r"\frac{\partial \ell}{\partial p} = \sum_{i=1}^N \left( \frac{y_i}{p} - \frac{1 - y_i}{1 - p} \right)",
)
ALL = (NOISE, NUMBERS, DEVIATION, MIXTURE, VECTOR, PRIOR, ISOTROPIC, COINS)


def verdicts(lines: tuple[str, ...], seed: int) -> list[str]:
    """The verdicts of all links."""
    document = read(Source("notes.md", displayed(*lines)))
    return [
        str(judgement.verdict) for _, judgement in check(document, pose(document, None), seed).judgements()
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("lines", ALL)
def test_a_gradient_of_a_named_density_is_right(lines: tuple[str, ...], seed: int) -> None:
    assert set(verdicts(lines, seed)) == {"correct"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("lines", "old", "new"),
    [
        (NOISE, r"= -\alpha", r"= \alpha"),
        (NOISE, r"= -\alpha", r"= -\alpha^{-1}"),
        (NUMBERS, r"= \frac{1}{\tau^2}", r"= \frac{1}{\tau}"),
        (NUMBERS, r"\frac{1}{\tau^3}", r"\frac{1}{2\tau^3}"),
        (DEVIATION, r"{v_i - \mu}{", r"{\mu - v_i}{"),
        (MIXTURE, r"r_{nk} \frac{v_n - m_k}", r"\frac{v_n - m_k}"),
        (MIXTURE, r"\frac{r_{nk}}{a_k}", r"r_{nk}"),
        (VECTOR, r"= \Sigma^{-1} (y - c)", r"= \Sigma (y - c)"),
        (VECTOR, r"- \frac12 \Sigma^{-1}", r"+ \frac12 \Sigma^{-1}"),
        (PRIOR, "= -z", "= z"),
        (ISOTROPIC, r"= \frac{1}{\kappa^2}", r"= \frac{1}{\kappa}"),
        (COINS, r"- \frac{1 - y_i}", r"+ \frac{1 - y_i}"),
    ],
)
def test_a_slip_in_it_is_wrong(lines: tuple[str, ...], old: str, new: str, seed: int) -> None:
    place = next(k for k, line in reversed(list(enumerate(lines))) if old in line)
    slipped = tuple(line.replace(old, new) if k == place else line for k, line in enumerate(lines))
    assert verdicts(slipped, seed).count("wrong") == 1


def test_a_distribution_without_a_point_is_left_as_it_is() -> None:
    assert "wrong" not in verdicts((r"x \sim \mathcal{N}(\mu, \sigma^2)", *NUMBERS), 0)


HEADLESS = r"D(q(z \mid x) \,\|\, p(z)) = \sum_i (a_i - b_i)^2 = \sum_i (a_i^2 - 2 a_i b_i + b_i^2)"


def test_a_chain_goes_on_from_what_stands_behind_a_head_without_meaning() -> None:
    assert verdicts((HEADLESS,), 0) == ["undecided", "correct"]


def test_nobody_is_accused_behind_a_head_without_meaning() -> None:
    right = (r"L = \sum_i a_i^2", r"\frac{\partial L}{\partial a_i} = 2 a_i")
    assert verdicts((*right, HEADLESS.replace("- 2", "- 3")), 0)[-1] == "undecided"


NORMAL_OF_VECTORS = (
    r"q(\mathbf{v} \mid \mathbf{m}, \Sigma) = \frac{1}{(2\pi)^{d/2} |\Sigma|^{1/2}}"
    r" \exp(-\tfrac12 (\mathbf{v} - \mathbf{m})^\top \Sigma^{-1} (\mathbf{v} - \mathbf{m}))"
)
BY_PRECISION = (
    r"\ell = -\frac{Nd}{2} \log2\pi + \frac{N}{2} \log |\Lambda|"
    r" - \frac12 \sum_{n=1}^N (\mathbf{v}_n - \mathbf{m})^\top \Lambda (\mathbf{v}_n - \mathbf{m})"
)


@pytest.mark.parametrize(
    ("outer", "verdict"),
    [
        (r"(\mathbf{v}_n - \mathbf{m}) (\mathbf{v}_n - \mathbf{m})^\top", "correct"),
        (r"(\mathbf{v}_n - \mathbf{m})^\top (\mathbf{v}_n - \mathbf{m})", "wrong"),
    ],
)
def test_bold_values_of_a_density_are_vectors(outer: str, verdict: str) -> None:
    slope = r"\frac{\partial \ell}{\partial \Lambda} = \frac N2 \Lambda^{-1} - \frac12 \sum_n "
    lines = displayed(NORMAL_OF_VECTORS, BY_PRECISION, slope + outer)
    document = read(Source("notes.md", lines))
    found = [str(j.verdict) for _, j in check(document, pose(document, None)).judgements()]
    assert found[-1] == verdict
    assert set(found[:-1]) == {"correct"}


def test_a_scatter_matrix_is_as_wide_as_what_it_multiplies() -> None:
    lines = displayed(
        r"S = \frac1N \sum_{n=1}^N (v_n - \bar v) (v_n - \bar v)^T",
        r"F(u) = u^T S u + c (1 - u^T u)",
        r"\frac{\partial F}{\partial u} = 2 S u - 2 c u",
        r"\frac{\partial F}{\partial u} = 2 S u + 2 c u",
    )
    document = read(Source("notes.md", lines))
    found = [str(j.verdict) for _, j in check(document, pose(document, None)).judgements()]
    assert found[-2:] == ["correct", "wrong"]


SPREAD = (
    r"p(v) = \sum_{k=1}^K a_k \mathcal{N}(v; \mu_k, \sigma_k^2)",
    r"\ell = \sum_{n=1}^N \log p(v_n)",
    (
        r"\frac{\partial \ell}{\partial \mu_k} = \sum_{n=1}^N"
        r" \frac{a_k \mathcal{N}(v_n; \mu_k, \sigma_k^2)}{p(v_n)} \frac{v_n - \mu_k}{\sigma_k^2}"
    ),
)


def test_nobody_is_accused_behind_a_variance_that_is_a_slip() -> None:
    model, *behind = SPREAD
    assert verdicts(SPREAD, 0) == ["correct"] * 3
    assert verdicts((model.replace("^2)", "^3)"), *behind), 0) == ["slip", "correct", "correct"]
    slipped = behind[-1].replace("}{\\sigma_k^2}", "}{\\sigma_k^3}")
    assert verdicts((*SPREAD[:2], slipped), 0)[-1] == "wrong"
