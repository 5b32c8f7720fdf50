"""What the server that submissions' processes come from has done before the first of them is started.

To import this module checks one small derivation, with a wrong line so that a cause is looked for as well.
Each process is a copy of the server and begins with all loaded, SymPy too, and its tables filled, which is
half of the time of a submission. Nothing of a submission is known here, so nothing passes between them. An
own server that is told the assignment was rejected: it would save a tenth, for a protocol of its own.
"""

from __future__ import annotations

from importlib import import_module

from gradcheck.budget import Budget
from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.report.build import document_report
from gradcheck.source import Source

_SECONDS = 20.0
DERIVATION = r"""
$$S = V X + c$$

$$Q = \sigma(S)$$

$$L = -\frac{1}{m} \sum_{i=1}^m \left(y^{(i)} \log q^{(i)} + (1 - y^{(i)}) \log(1 - q^{(i)})\right)$$

$$\frac{\partial L}{\partial S} = \frac{1}{m} (Q - Y)$$

$$\frac{\partial L}{\partial V} = \frac{\partial L}{\partial S} X^T$$

$$\frac{\partial L}{\partial c} = \sum_{i=1}^m (q^{(i)} - y^{(i)})$$
"""


def _warm() -> None:
    import_module("gradcheck.calculus.sympy_algebra")  # which only some lines need
    budget = Budget(_SECONDS)
    document = read(Source("warm.md", DERIVATION))
    checked = check(document, pose(document, None), budget=budget)
    document_report(checked, tell(checked, budget))


_warm()
