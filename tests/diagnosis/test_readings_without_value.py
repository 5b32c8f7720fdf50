"""A reading whose sizes nothing tells has no value to look for; the others are explained all the same."""

from pathlib import Path

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from tests.checking.written import displayed

LINES = (
    r"\ell(\mu, \sigma^2) = -\frac{n}{2} \log \sigma^2 - \frac{1}{2 \sigma^2} \sum_{i=1}^n (X_i - \mu)^2",
    r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{\sigma^4} \sum (X_i - \mu)^2",
    r"\frac{\partial^2 \ell}{\partial (\sigma^2)^2} = \frac{n}{2\sigma^4}-\frac{1}{\sigma^6} \sum(X_i-\mu)^2",
)


def test_a_factor_is_named_where_another_reading_has_no_value(tmp_path: Path) -> None:
    path = tmp_path / "lines.md"
    path.write_text(displayed(*LINES), encoding="utf-8")
    document = read(path)
    tellings = tell(check(document, pose(document, None))).values()
    assert [telling.code for telling in tellings] == ["GC206"]
