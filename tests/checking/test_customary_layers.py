r"""A way back through layers is judged by the way forward that everybody means, where none is written."""

from __future__ import annotations

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.restating.in_full import in_full
from gradcheck.restating.recursions.customary_layers import NOTE, with_customary_layers
from gradcheck.restating.recursions.predictions import with_predictions_told
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

ENTRIES = (
    r"\delta^L = \nabla_h E \odot \phi'(s^L)",
    r"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \phi'(s^l)",
    r"\frac{\partial E}{\partial b^l_p} = \delta^l_p",
    r"\frac{\partial E}{\partial w^l_{pq}} = h^{l-1}_q \delta^l_p",
)
COLUMNS = (
    r"\delta^{(l)} = \frac{\partial L}{\partial z^{(l)}}",
    r"\delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)} \odot g'(z^{(l)})",
    r"\frac{\partial L}{\partial b^{(l)}} = \delta^{(l)}",
    r"\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)} (a^{(l-1)})^T",
)
ROWS = (
    COLUMNS[0],
    r"\frac{\partial L}{\partial W^{(l)}} = (A^{(l-1)})^T \delta^{(l)}",
    r"\delta^{(l-1)} = \delta^{(l)} (W^{(l)})^T \odot g'(z^{(l-1)})",
)
TURNED = (
    COLUMNS[0],
    r"\delta^{(l)} = W^{(l+1)} \delta^{(l+1)} \odot g'(z^{(l)})",
    r"\frac{\partial L}{\partial W^{(l)}} = a^{(l-1)} (\delta^{(l)})^T",
)
FROM_BELOW = (
    r"\delta^{(l)} = (\Theta^{(l)})^T \delta^{(l+1)} \odot g'(z^{(l)})",
    r"\frac{\partial J}{\partial \Theta^{(l)}} = \delta^{(l+1)} (a^{(l)})^T",
)


@pytest.mark.parametrize("lines", [ENTRIES, COLUMNS, ROWS, TURNED, FROM_BELOW])
def test_a_way_back_needs_no_way_forward(lines):
    assert set(verdicts(displayed(*lines))) == {"correct"}
    document = read(Source("notes.md", displayed(*lines)))
    assert NOTE in check(document, pose(document, None)).notes


@pytest.mark.parametrize(
    ("lines", "at", "right", "wrong"),
    [
        (ENTRIES, 1, r" \odot \phi'(s^l)", r" \odot \phi(s^l)"),
        (ENTRIES, 3, r"h^{l-1}_q", r"h^{l}_q"),
        (COLUMNS, 3, r"= \delta^{(l)}", r"= -\delta^{(l)}"),
        (COLUMNS, 1, r"g'(z^{(l)})", r"g'(a^{(l)})"),
    ],
)
def test_a_slip_in_it_is_found(lines, at, right, wrong):
    assert right in lines[at]
    found = verdicts(displayed(*lines[:at], lines[at].replace(right, wrong), *lines[at + 1 :]))
    assert [place for place, verdict in enumerate(found) if verdict != "correct"] == [at]
    assert found[at] == "wrong"


def test_where_little_is_right_nobody_is_accused():
    assert "wrong" not in verdicts(displayed(COLUMNS[0], COLUMNS[1], COLUMNS[3].replace("l-1", "l+1")))


FORWARD = (r"z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}", r"a^{(l)} = f(z^{(l)})", r"L = \frac12 \|\hat y - y\|^2")


@pytest.mark.parametrize("last", ["", r"\odot f'(z^{(L)})"])
def test_a_loss_of_the_prediction_is_one_of_the_last_layer(last):
    first = rf"\delta^{{(L)}} = \frac{{\partial L}}{{\partial z^{{(L)}}}} = (\hat y - y) {last}"
    found = verdicts(displayed(*FORWARD, first, COLUMNS[1].replace("g'", "f'"), *COLUMNS[2:]))
    assert found[3:] == ["correct", "correct" if last else "wrong", *["correct"] * 3]


def test_a_recursion_does_not_make_itself_right_where_the_last_error_is_told():
    first = r"\delta^{(L)} = \frac{\partial L}{\partial z^{(L)}} = (\hat y - y) \odot f'(z^{(L)})"
    back = COLUMNS[1].replace("g'", "f'")
    assert set(verdicts(displayed(*FORWARD, first, back, *COLUMNS[2:]))) == {"correct"}
    lost = back.replace(r" \odot f'(z^{(l)})", "")
    assert verdicts(displayed(*FORWARD, first, lost, *COLUMNS[2:]))[-3] == "wrong"


ONE_PASS = (r"h = f(U x + c)", r"z = V h + d", r"y = g(z)", r"C = \frac12 \|y_{true} - y_{pred}\|^2")
OF_OUTPUT = (
    r"\frac{\partial C}{\partial y} = y - y_{true}",
    r"\frac{\partial C}{\partial z} = (y - y_{true}) \odot g'(z)",
    r"\frac{\partial C}{\partial V} = \frac{\partial C}{\partial z} h^T",
)


def test_what_a_loss_calls_prediction_is_the_end_of_the_way_forward():
    assert verdicts(displayed(*ONE_PASS, *OF_OUTPUT))[4:] == ["correct"] * 3
    wrong = OF_OUTPUT[0].replace("y - y_{true}", "y_{true} - y")
    assert verdicts(displayed(*ONE_PASS, wrong, *OF_OUTPUT[1:]))[4:] == ["wrong", "correct", "correct"]


def _is_told_more(text):
    body = in_full(read(Source("notes.md", text))).body
    return (with_customary_layers(body) or with_predictions_told(body)) is not None


def test_a_prediction_that_is_another_name_of_that_end_is_not_told_again():
    end, loss = r"a = g(z)", r"C = \frac12 \|y - \hat y\|^2"
    steps = (r"\frac{\partial C}{\partial a} = a - y", r"\frac{\partial C}{\partial z} = (a - y) \odot g'(z)")
    told = displayed(*ONE_PASS[:2], end, loss, r"a = \hat y", *steps)
    assert verdicts(told)[-2:] == ["correct"] * 2
    assert verdicts(told.replace("} = a - y", "} = y - a"))[-2:] == ["wrong", "correct"]
    assert not _is_told_more(told)
    assert _is_told_more(displayed(*ONE_PASS[:2], end, loss, *steps))
    renamed = displayed(*ONE_PASS[:2], r"y = g(z)", r"C = \frac12 \|t - \hat y\|^2", r"p = \hat y")
    assert _is_told_more(renamed)


def test_of_two_ends_none_is_taken():
    other = (r"q = U x", r"r = V x + c", r"C = \frac12 \|\hat y - y\|^2")
    assert verdicts(displayed(*other, r"\frac{\partial C}{\partial q} = \hat y - y"))[-1] == "undecided"


def test_the_only_transpose_of_a_text_is_supplied_where_it_is_missing():
    lines = (ENTRIES[0], ENTRIES[1].replace("(w^{l+1})^T", "w^{l+1}"), *ENTRIES[2:])
    assert verdicts(displayed(*lines))[1] == "charitable"
