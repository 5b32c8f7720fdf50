"""Slips that take more than one place of a formula: sums over steps, lost terms, entries that meet again."""

import pytest

from tests.diagnosis.told import told_of_last

RECURRENT = r"""---
shapes:
  A: [n, n]
  B: [n, d]
  C: [k, n]
---

$$s_t = \tanh(A s_{t-1} + B x_t), \qquad o_t = C s_t, \qquad a_t = A s_{t-1} + B x_t$$
$$E = \frac{1}{2} \sum_{t=1}^{T} \| o_t - y_t \|^2$$
"""
GATES = r"""---
shapes:
  G: [n, d]
  K: [n, d]
  x: [d, 1]
  h: [n, 1]
  r: [n, 1]
---

$$g = \sigma(G x), \qquad c = \tanh(K x), \qquad s = g \odot h + (1 - g) \odot c$$
$$E = \frac{1}{2} \| s - r \|^2$$
"""
MEMORY = r"""---
shapes:
  q: [d, 1]
---

For $j = 1, \dots, n$ with $k_j \in \mathbb{R}^d$ and $u_j \in \mathbb{R}^p$:

$$e_j = q^\top k_j, \qquad p_j = \frac{\exp(e_j)}{\sum_{i=1}^{n} \exp(e_i)}$$
$$c = \sum_{j=1}^{n} p_j u_j$$
$$E = \frac{1}{2} \| c - r \|^2$$
"""


@pytest.mark.parametrize(
    ("head", "line", "code", "said"),
    [
        (
            RECURRENT,
            r"\frac{\partial E}{\partial C} = \sum_{t=1}^{T} (o_t - y_t) s_{t-1}^\top",
            "GC506",
            "`sₜ₋₁ᵀ` stands where `sₜᵀ` belongs",
        ),
        (
            RECURRENT,
            r"\frac{\partial E}{\partial C} = \sum_{t=1}^{T} (o_t - y_t) a_t^\top",
            "GC507",
            "`aₜᵀ` stands where `sₜᵀ` belongs",
        ),
        (RECURRENT, r"\frac{\partial E}{\partial C} = (o_T - y_T) s_T^\top", "GC306", "is missing"),
        (GATES, r"\frac{\partial E}{\partial g} = \frac{\partial E}{\partial s} \odot h", "GC306", "⊙ c` is"),
        (
            GATES,
            r"\frac{\partial E}{\partial c} = \frac{\partial E}{\partial s} \odot g",
            "GC411",
            "`g` stands where `1 - g` belongs",
        ),
        (
            MEMORY,
            r"\frac{\partial E}{\partial e_j} = p_j (1 - p_j) u_j^\top (c - r)",
            "GC407",
            "every entry of `p` rests on each entry of `e`",
        ),
        (
            MEMORY,
            r"\frac{\partial E}{\partial u_j} = c - r",
            "GC305",
            "the factor `pⱼ` is missing",
        ),
        (
            MEMORY,
            r"\frac{\partial E}{\partial k_j} = p_j (u_j - c)^\top (c - r) \, k_j",
            "GC507",
            "`kⱼ` stands where `q` belongs",
        ),
    ],
)
def test_a_slip_is_named(tmp_path, head: str, line: str, code: str, said: str):
    telling = told_of_last(tmp_path, f"{head}\n$${line}$$\n")
    assert telling.code == code
    assert said in telling.message


def test_the_step_is_changed_in_the_letters_of_the_line(tmp_path):
    line = r"\frac{\partial E}{\partial C} = \sum_{t=1}^{T} (o_t - y_t) s_{t-1}^\top"
    telling = told_of_last(tmp_path, f"{RECURRENT}\n$${line}$$\n")
    (change,) = telling.changes
    assert (change.before, change.after) == (r"s_{t-1}^\top", r"s_{t}^\top")
    assert telling.right == r"\sum_{t=1}^{T} (o_t - y_t) s_{t}^\top"


def test_a_broken_exponent_is_a_power_too(tmp_path):
    head = r"""---
shapes:
  v: [1, 1]
  u: [1, 1]
---

$$f = \frac{u}{\sqrt{v + 1}}$$
"""
    telling = told_of_last(
        tmp_path, head + r"$$\frac{\partial f}{\partial v} = -\frac{1}{2} u (v + 1)^{-1/2}$$"
    )
    assert telling.code == "GC314"


def test_a_step_in_the_wrong_direction_is_named_without_gradients_by_name(tmp_path):
    head = r"""---
shapes:
  W: [k, d]
  X: [d, m]
  Y: [k, m]
---

$$E = \frac{1}{2} \| W X - Y \|_F^2$$
"""
    telling = told_of_last(tmp_path, head + r"$$W \leftarrow W + \eta (W X - Y) X^\top$$")
    assert telling.code == "GC602"
    assert "goes up the gradient" in telling.message


@pytest.mark.parametrize("by", ["u", "v"])
def test_a_lost_term_is_no_sign_at_two_places(tmp_path, by):
    other = "v" if by == "u" else "u"
    given = r"$$L = -\log \sigma(u^\top v)$$" + "\n\n"
    line = rf"$$\frac{{\partial L}}{{\partial {by}}} = \sigma(u^\top v) {other}$$"
    telling = told_of_last(tmp_path, given + line)
    assert telling.code != "GC501"
    assert [change.after[-3:] for change in telling.changes] == [f"- {other}"]
