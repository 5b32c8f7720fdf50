r"""One thing beside others that are drawn, `f(u_a) + \sum_k g(u_k)`, where another loss sums over all."""

from __future__ import annotations

from tests.checking.written import verdicts

WHOLE = r"""Let $p$ be the one-hot vector of the word $a$ that stands near $b$.

$$J(a, b) = -\log P(A = a \mid B = b), \qquad
P(A = a \mid B = b) = \frac{\exp(u_a^T r_b)}{\sum_{w} \exp(u_w^T r_b)}$$

With $q_w = P(A = w \mid B = b)$ it follows that

$$\frac{\partial J}{\partial r_b} = -u_a + \sum_{w} q_w u_w$$

Drawing $M$ other words instead,

$$J_{few}(a, b) = -\log \sigma(u_a^T r_b) - \sum_{k=1}^M \log \sigma(-u_k^T r_b)$$

with $\sigma(x) = \frac{1}{1 + e^{-x}}$. Then

"""


LINE = r"\frac{\partial J_{few}}{\partial u_a} = (\sigma(u_a^T r_b) - 1) r_b"


def test_what_stands_beside_draws_is_none_of_them_in_its_own_loss() -> None:
    assert set(verdicts(f"{WHOLE}$${LINE}$$\n")) == {"correct"}
    assert verdicts(f"{WHOLE}$${LINE.replace('- 1', '+ 1')}$$\n")[-1] == "wrong"


def test_what_is_summed_over_all_is_one_of_them_in_the_other_loss() -> None:
    wrong = WHOLE.replace("= -u_a + ", "= u_a + ")
    assert wrong != WHOLE
    assert verdicts(f"{wrong}$${LINE}$$\n")[3] == "wrong"
