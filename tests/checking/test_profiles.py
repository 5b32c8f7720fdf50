r"""A likelihood with the estimate of one parameter put in, and what solves it for another one."""

from tests.checking.written import verdicts

PROFILE = r"""
$$ \ell(\mu, V) = - \frac{m}{2}\log|V| - \frac{1}{2} \sum_{i=1}^m (z_i - \mu)^T V^{-1} (z_i - \mu) $$

We put in $\hat{\mu} = \frac{1}{m} \sum_{i=1}^m z_i$, and
call $S = \sum_{i=1}^m (z_i - \hat{\mu})(z_i - \hat{\mu})^T$.

$$ \sum_{i=1}^m (z_i - \mu)^T V^{-1} (z_i - \mu) = TRACE $$

$$ \frac{\partial}{\partial V} \text{tr}(V^{-1} S) = -V^{-T} S^T V^{-T} $$

$$ \frac{\partial \ell}{\partial V} = GRADIENT $$

Setting this to zero:

$$
\begin{aligned}
-\frac{m}{2} V^{-1} + \frac{1}{2} V^{-1} S V^{-1} &= 0 \\
S &= m V \\
V &= \frac{1}{m} S
\end{aligned}
$$
"""


def judged(trace: str, gradient: str) -> list[str]:
    return verdicts(PROFILE.replace("TRACE", trace).replace("GRADIENT", gradient))


def test_lines_hold_at_the_estimate_that_is_put_in() -> None:
    found = judged(r"\text{tr}(V^{-1} S)", r"-\frac{m}{2} V^{-T} + \frac{1}{2} V^{-T} S V^{-T}")
    assert found[3:6] == ["correct"] * 3
    assert not {"wrong", "follows"} & set(found)


def test_a_wrong_gradient_does_not_hold_at_the_estimate_either() -> None:
    found = judged(r"\text{tr}(V^{-1} S)", r"-\frac{m}{2} V^{-T} + V^{-T} S V^{-T}")
    assert found[5] in ("wrong", "follows")


def test_a_wrong_trace_does_not_hold_at_the_estimate_either() -> None:
    assert judged(r"\text{tr}(V S)", r"-\frac{m}{2} V^{-T} + \frac{1}{2} V^{-T} S V^{-T}")[3] != "correct"


SCORES = r"""
$$ \ell(\mu) = - \frac{1}{2} \sum_{i=1}^m (z_i - \mu)^2 $$

$$\hat{\mu} = \frac{1}{m} \sum_{i=1}^m z_i$$

$$ \frac{\partial \ell}{\partial \mu} = GRADIENT $$
"""


def test_a_multiple_of_the_score_is_not_right_because_both_are_zero_at_the_estimate() -> None:
    wrong = r"2 \sum_{i=1}^m (z_i - \mu) + m (\hat{\mu} - \mu)"
    assert verdicts(SCORES.replace("GRADIENT", wrong))[-1] != "correct"
