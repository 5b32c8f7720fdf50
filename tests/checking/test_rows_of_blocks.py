r"""`[B \;\; \mathbf{1}]` sets two blocks side by side, and is no product."""

from tests.checking.written import verdicts

FIT = r"""
$$S(\tilde{v}) = (q - \tilde{B}\tilde{v})^\top (q - \tilde{B}\tilde{v})$$

$$\nabla_{\tilde{v}} S(\tilde{v}) = GRADIENT$$

$$\tilde{v}^* = (\tilde{B}^\top \tilde{B})^{-1} \tilde{B}^\top q$$

Here $\tilde{B} = [B\;\;\mathbf{1}]$ and $\tilde{v} = \begin{bmatrix}v \\ c\end{bmatrix}$.
"""


def test_a_row_of_blocks_is_no_product() -> None:
    right = r"2\tilde{B}^\top \tilde{B}\tilde{v} - 2\tilde{B}^\top q"
    assert verdicts(FIT.replace("GRADIENT", right))[1] == "correct"


def test_a_wrong_gradient_beside_a_row_of_blocks_is_found() -> None:
    wrong = r"2\tilde{B}^\top \tilde{B}\tilde{v} + 2\tilde{B}^\top q"
    assert verdicts(FIT.replace("GRADIENT", wrong))[1] == "wrong"


def test_room_before_a_bar_in_brackets_sets_nothing_apart() -> None:
    assert verdicts(r"$$f(x) = [x \;\;\; + 1]^2$$ $$f'(x) = 2 [x \;\; + 1]$$")[-1] == "correct"


def test_a_solution_of_another_shape_than_its_letter_is_left_aside() -> None:
    text = FIT.replace(r"[B\;\;\mathbf{1}]", r"B \mathbf{1}").replace(
        "GRADIENT", r"2\tilde{B}^\top \tilde{B}\tilde{v}"
    )
    assert len(verdicts(text)) == 5
