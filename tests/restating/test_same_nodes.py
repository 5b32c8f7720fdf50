"""Where a step has nothing to write out, formulas stay the very nodes that they are.

What was found of a node is remembered by the node: one that is built anew for nothing is taken apart again by
every stage behind.
"""

from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.restating.in_full import in_full
from gradcheck.restating.restated import restated
from gradcheck.source import Source

DOCUMENT = r"""
# A network

$$Z^{[1]} = W^{[1]} X + b^{[1]}$$

$$A^{[1]} = \tanh(Z^{[1]})$$

$$\hat{Y} = W^{[2]} A^{[1]} + b^{[2]}$$

$$L = \frac{1}{2m} \sum_{i=1}^m \|\hat{y}^{(i)} - y^{(i)}\|^2$$

$$\frac{\partial L}{\partial W^{[2]}} = \frac{1}{m} (\hat{Y} - Y) A^{[1]T}$$

$$\frac{\partial L}{\partial Z^{[1]}} = W^{[2]T} \frac{\partial L}{\partial \hat{Y}} \odot (1 - (A^{[1]})^2)$$
"""


def sides(body):
    return [side for item in body if isinstance(item, Equation) for side in item.sides]


def test_what_needs_no_restating_stays_the_same_nodes():
    document = read(Source("a.md", DOCUMENT))
    written = sides(document.body)
    full = in_full(document)
    assert all(map(lambda a, b: a is b, sides(full.body), written))
    found = sides(restated(full.body, {}).body)
    assert len(found) == len(written) == 12
    assert all(map(lambda a, b: a is b, found, written))
