"""Long notes begin anew with the same letters: a part with a problem of its own is read by itself."""

from tests.checking.written import displayed, verdicts

BEFORE = (
    "## A layer\n\nLet $x \\in \\mathbb{R}^n$ and $W \\in \\mathbb{R}^{m \\times n}$.\n\n"
    + displayed(
        r"y = W x", r"t = W^\top y", r"L = \frac{1}{2} y^\top y", r"\frac{\partial L}{\partial W} = y x^\top"
    )
    + "\n## One unit\n\n"
)
UNIT = [r"y = w x + b", r"L = \frac{1}{2} (y - t)^2", r"\frac{\partial L}{\partial y} = y - t"]


def test_a_part_with_a_problem_of_its_own_is_right() -> None:
    found = verdicts(BEFORE + displayed(*UNIT, r"\frac{\partial L}{\partial w} = (y - t) x"))
    assert set(found) == {"correct"}


def test_and_its_errors_are_found() -> None:
    assert verdicts(BEFORE + displayed(*UNIT, r"\frac{\partial L}{\partial w} = (y - t) w"))[-1] == "wrong"


def test_a_part_that_goes_on_is_not_read_by_itself() -> None:
    later = BEFORE.replace("One unit", "With a penalty") + displayed(
        r"M = L + \lambda \operatorname{tr}(W^\top W)",
        r"\frac{\partial M}{\partial W} = y x^\top + 2 \lambda W",
        r"\frac{\partial M}{\partial W} = x y^\top + 2 \lambda W",
    )
    assert verdicts(later)[-2:] == ["correct", "charitable"]


ENTRIES = [
    r"z_i = \sum_j W_{ij}^1 x_j + b_i^1",
    r"h_i = \sigma(z_i)",
    r"y_i = \sum_j W_{ij}^2 h_j + b_i^2",
    r"C = \frac{1}{2} \sum_i (y_i - t_i)^2",
    r"\frac{\partial C}{\partial W_{ij}^2} = (y_i - t_i) h_j",
]
MATRICES = [
    r"z = W_1 x + b_1",
    r"h = \sigma(z)",
    r"y = W_2 h + b_2",
    r"C = \frac{1}{2} \|y - t\|^2",
    r"\frac{\partial C}{\partial W_2} = (y - t) h^\top",
    r"\frac{\partial C}{\partial b_2} = y - t",
]


def test_a_forward_pass_belongs_to_the_loss_behind_it() -> None:
    found = verdicts(displayed(*ENTRIES, *MATRICES))
    assert set(found) == {"correct"}


def test_numbers_above_are_layers_in_the_part_that_shows_it() -> None:
    last = r"\frac{\partial C}{\partial b_i^2} = y_i - t_i"
    squares = displayed(r"E = b^2 + W^2", r"\frac{\partial E}{\partial b} = 2 b")
    text = "## Layers\n\n" + displayed(*ENTRIES, last) + "## Squares\n\n" + squares
    assert set(verdicts(text)) == {"correct"}
    assert verdicts(text.replace("(y_i - t_i) h_j", "(y_i - t_i) x_j"))[4] in ("wrong", "undecided")
    assert verdicts(text.replace("2 b", "b"))[-1] == "wrong"


BY_PARTS = (
    r"\frac{\partial h_t}{\partial w} = \frac{\partial f(x_t, h_{t-1}, w)}{\partial w}"
    r" + \frac{\partial f(x_t, h_{t-1}, w)}{\partial h_{t-1}} \frac{\partial h_{t-1}}{\partial w}"
)
GENERAL = [
    r"h_t = f(x_t, h_{t-1}, w)",
    r"o_t = g(h_t, v)",
    r"L = \sum_{t=1}^T \ell(o_t, y_t)",
    BY_PARTS,
]
VECTORS = [
    r"h_t = W x_t + U h_{t-1}",
    r"L = \sum_{t=1}^T v^\top h_t",
    r"\frac{\partial L}{\partial v} = \sum_{t=1}^T h_t",
]


def test_a_part_about_numbers_stands_before_one_about_vectors() -> None:
    declared = "Now $x_t \\in \\mathbb{R}^d$ and $h_t \\in \\mathbb{R}^k$.\n\n"
    parts = "## In general\n\n", displayed(*GENERAL), "## A linear cell\n\n", declared, displayed(*VECTORS)
    text = "".join(parts)
    assert set(verdicts(text)) == {"correct"}
    held = text.replace(r"{\partial h_{t-1}} \frac", r"{\partial w} \frac")
    assert verdicts(held)[3] != "correct"
