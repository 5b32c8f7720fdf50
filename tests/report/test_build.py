"""A report shows what the author wrote, also where only a part of it is judged."""

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read
from gradcheck.report.build import document_report
from gradcheck.report.model import LinkReport
from gradcheck.source import Source
from gradcheck.verdict import Verdict

HEAD = r"\left(\frac{\partial h}{\partial u}, \frac{\partial h}{\partial v}\right)"


def last_link(right: str) -> LinkReport:
    source = Source("notes.md", f"$$h(u, v) = u^2 v + v^3$$\n\n$${HEAD} = {right}$$\n")
    document = read(source)
    checked = check(document, pose(document, None))
    return document_report(checked, tell(checked)).links[-1]


def test_a_right_tuple_is_shown_whole():
    link = last_link(r"(2 u v, u^2 + 3 v^2)")
    assert link.verdict is Verdict.CORRECT
    assert (link.head, link.left, link.right) == (HEAD, HEAD, r"(2 u v, u^2 + 3 v^2)")


def test_a_wrong_tuple_names_the_part_and_is_mended_whole():
    link = last_link(r"(2 u v, u^2 + 2 v^2)")
    assert link.verdict is Verdict.WRONG
    assert (link.head, link.right) == (HEAD, r"(2 u v, u^2 + 2 v^2)")
    assert link.evidence.witness is not None
    assert link.evidence.witness.of == r"\frac{\partial h}{\partial v}"
    assert link.repair is not None
    assert link.repair.latex == r"(2 u v, u^2 + 3 v^2)"
