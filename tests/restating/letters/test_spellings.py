"""Reports speak in the document's letters, also where the assignment has others for the same quantity."""

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

PROBLEM = r"""---
shapes:
  V^{[1]}: [1, n]
  X: [n, m]
  S^{[1]}: [1, m]
  P: [1, m]
---
$$S^{[1]} = V^{[1]} X$$
$$P = S^{[1]}$$
$$L = \frac{1}{2m} \|P\|_F^2$$
"""
ANSWER = r"""
$$s_1 = v_1 x$$
$$\frac{\partial L}{\partial v_1} = s_1 x$$
"""


def test_the_documents_own_letters():
    problem = read(Source("problem.md", PROBLEM))
    document = read(Source("answer.md", ANSWER))
    (case,) = check(document, pose(document, problem)).cases
    assert [case.scope.latex_of(key) for key in ("V^{[1]}", "S^{[1]}", "X")] == ["v_1", "s_1", "x"]
