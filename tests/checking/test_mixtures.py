"""Mixtures of normal densities with a covariance for each component: their gradients and their M-step."""

import pytest

from tests.checking.written import displayed, verdicts

MIXTURE = [
    r"p(y_n) = \sum_{j=1}^K \pi_j \mathcal{N}(y_n \mid m_j, \Sigma_j)",
    r"\mathcal{L} = \sum_{n=1}^N \log p(y_n)",
    (
        r"r_{nk} = \frac{\pi_k \mathcal{N}(y_n \mid m_k, \Sigma_k)}"
        r"{\sum_{j=1}^K \pi_j \mathcal{N}(y_n \mid m_j, \Sigma_j)}"
    ),
]
MEAN = r"\frac{\partial \mathcal{L}}{\partial m_k} = \sum_{n=1}^N r_{nk} \Sigma_k^{-1} (y_n - m_k)"
WEIGHT = r"\frac{\partial \mathcal{L}}{\partial \pi_k} = \sum_{n=1}^N \frac{r_{nk}}{\pi_k}"
EXPECTED = [
    r"Q = \sum_{n=1}^N \sum_{k=1}^K g_{nk} \log \mathcal{N}(y_n \mid m_k, \Sigma_k)",
    r"\frac{\partial Q}{\partial m_k} = \sum_{n=1}^N g_{nk} \Sigma_k^{-1} (y_n - m_k)",
]
SHARED = [
    r"p(y_n) = \sum_{j=1}^K \pi_j \mathcal{N}(y_n \mid m_j, \Sigma)",
    r"\frac{\partial p(y_n)}{\partial m_k} = \pi_k \mathcal{N}(y_n \mid m_k, \Sigma) \Sigma^{-1} (y_n - m_k)",
]


@pytest.mark.parametrize("lines", [[*MIXTURE, MEAN], [*MIXTURE, WEIGHT], EXPECTED, SHARED])
def test_gradients_are_right(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("lines", "slip"),
    [
        ([*MIXTURE, MEAN], (r"\Sigma_k^{-1}", r"\Sigma_k")),
        ([*MIXTURE, MEAN], ("r_{nk}", r"\pi_k")),
        ([*MIXTURE, WEIGHT], (r"\frac{r_{nk}}{\pi_k}", r"r_{nk} \pi_k")),
        (EXPECTED, ("(y_n - m_k)", "(m_k - y_n)")),
    ],
)
def test_and_slips_are_found(lines: list[str], slip: tuple[str, str]) -> None:
    wrong = lines[-1].replace(*slip)
    assert wrong != lines[-1]
    assert verdicts(displayed(*lines[:-1], wrong))[-1] == "wrong"


def test_an_inverse_is_no_step_before_the_first() -> None:
    lines = [r"L = \sum_{i=1}^n (y_i - m)^T S_i^{-1} (y_i - m)", r"S_i = S_i^T"]
    right = r"\frac{\partial L}{\partial y_i} = (S_i^{-1} + S_i^{-T}) (y_i - m)"
    assert "wrong" not in verdicts(displayed(*lines[:1], right))


ITERATED = (
    r"L = \sum_{n=1}^N \log \sum_{k=1}^K a_k \mathcal{N}(v_n \mid m_k, \Sigma_k)",
    r"r_{nk} = \frac{a_k \mathcal{N}(v_n | m_k, \Sigma_k)}{\sum_j a_j \mathcal{N}(v_n | m_j, \Sigma_j)}",
    r"\frac{\partial L}{\partial m_k} = \sum_{n=1}^N r_{nk} \Sigma_k^{-1} (v_n - m_k) = 0",
    r"N_k = \sum_{n=1}^N r_{nk}, \quad m_k = \frac{1}{N_k} \sum_{n=1}^N r_{nk} v_n",
    r"\Sigma_k = \frac{1}{N_k} \sum_{n=1}^N r_{nk} (v_n - m_k) (v_n - m_k)^\top",
)


def test_a_step_of_an_iteration_defines_no_covariance() -> None:
    assert set(verdicts(displayed(*ITERATED))) == {"correct"}
    wrong = [line.replace(r"\Sigma_k^{-1} (v_n - m_k) =", r"\Sigma_k (v_n - m_k) =") for line in ITERATED]
    assert verdicts(displayed(*wrong))[2] not in ("correct", "charitable", "convention")
