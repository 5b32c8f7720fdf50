"""A sum that leaves an index over has a value at each of its places, and is judged all the same."""

from tests.checking.written import displayed, verdicts

MULTIPLIERS = displayed(
    r"L(\mathbf v, d) = \frac12 |\mathbf v|^2"
    r" + \sum_{i=1}^m \mathbf{\beta_i} (1 - r_i (\mathbf{vq}_i + d)), \quad \beta = (\beta_1, ..., \beta_m)",
    r"\nabla_{v^j} L = v^j - \sum_{i=1}^m \beta_i r_i \mathbf q_i^j = 0",
    r"\mathbf v = \sum_{i=1}^m \beta_i r_i \mathbf q_i = 0",
)


def test_a_place_of_one_oracle_is_found_in_the_other() -> None:
    assert "wrong" not in verdicts(MULTIPLIERS)
