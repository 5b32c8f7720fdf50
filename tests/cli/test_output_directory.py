from gradcheck.cli import main
from gradcheck.report.formats import FORMATS
from gradcheck.report.view import View
from tests.report import samples


def test_a_directory_gets_the_reports_that_are_kept(pipeline, capsys, tmp_path):
    pipeline.report = samples.report
    main(["run", ".", "-o", str(tmp_path)])
    assert {path.name for path in tmp_path.iterdir()} == {
        "report.txt",
        "report.json",
        "report.html",
        "report.md",
    }
    for each in FORMATS.values():
        if each.file:
            kept = (tmp_path / each.file).read_text(encoding="utf-8")
            assert kept == each.render(samples.report(), View())
    assert capsys.readouterr().out == ""
