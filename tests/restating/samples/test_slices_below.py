"""A slice below a name, `A_{[i,:]}`, holds no index that a statistic without one could carry."""

from tests.checking.written import displayed, verdicts


def test_a_slice_beside_an_open_index_is_read() -> None:
    told = r"Let $A \in \mathbb{R}^{N \times d}$, $b \in \mathbb{R}^N$, $x \in \mathbb{R}^d$." + "\n\n"
    lines = (
        r"f(x) = \frac12 \sum_{i=1}^N (A_{[i,:]} x - b_i)^2",
        r"\nabla f(x) = \sum_{i=1}^N (A_{[i,:]} x - b_i) A_{[i,:]}^T",
    )
    assert verdicts(told + displayed(*lines))[-1] == "correct"
