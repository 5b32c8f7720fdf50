"""The HTML report in a headless Chromium: `pytest tests/report/check_browser.py`.

Its name keeps it out of the suite, since a machine with Python, pip and git need not have a browser; where
it is asked for, a missing browser is a failure. Each page is loaded with its own policy lifted and scripts
allowed, every `alert` in it made a call that is counted, so that what a document tries is seen to fail.
"""

import json
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

from gradcheck.cli import main
from gradcheck.report.formats import FORMATS
from gradcheck.report.view import View
from tests.cli.test_hostile_document import DOCUMENT
from tests.report import samples

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTHS = {"desktop": 1280, "phone": 390}
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PROBE = """<!doctype html><meta charset="utf-8"><title>probe</title>
<script>
let acted = 0;
function alert() {{ acted += 1; }}
</script>
<iframe id="page" style="width:{width}px;height:900px" srcdoc="{page}"></iframe>
<script>
onload = () => {{
  const seen = document.getElementById("page").contentDocument;
  const style = (query, name) => {{
    const found = seen.querySelector(query);
    return found && seen.defaultView.getComputedStyle(found)[name];
  }};
  const formulas = [...seen.querySelectorAll(".formula math")];
  const empty = formulas.filter(each => !each.getBoundingClientRect().width).length;
  const sideways = seen.documentElement.scrollWidth > seen.documentElement.clientWidth;
  const marked = style(".gc-mark", "backgroundColor");
  for (const box of seen.querySelectorAll("input")) box.checked = false;
  const shown = [...seen.querySelectorAll(".link, .prose, .evidence")];
  const left = shown.filter(each => each.getBoundingClientRect().width).length;
  const acting = seen.querySelectorAll("script,img,iframe,object,embed,form,link,[onclick],[onerror]").length;
  const loaded = seen.defaultView.performance.getEntriesByType("resource").length;
  document.title = "result:" + JSON.stringify({{
    acted, acting, loaded, formulas: formulas.length, empty, sideways, marked,
    rows: shown.length, left, background: style("body", "backgroundColor"),
  }});
}};
</script>"""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"none of {', '.join(BROWSERS)} is installed"
    return found


def run(browser: str, *arguments: str) -> str:
    """The browser's output."""
    usual = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000")
    command = [browser, *usual, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout


def probed(browser: str, page: str, folder: Path, width: int = 1280, *arguments: str) -> dict:
    """What a browser makes of a page of that width."""
    lifted = POLICY.sub("", page)
    assert lifted != page, "the page has a policy of its own"
    path = folder / "probe.html"
    tried = lifted.replace("alert(", "top.alert(")
    path.write_text(PROBE.format(width=width, page=escape(tried)), encoding="utf-8")
    dom = run(browser, *arguments, "--dump-dom", path.as_uri())
    result = re.search(r"<title>result:(.*?)</title>", dom)
    assert result, "the page did not load, or a document changed its title"
    return json.loads(result[1])


def page_of(name: str, folder: Path, monkeypatch) -> str:
    """The page of a sample, or of the hostile document as the whole tool writes it."""
    if name != "whole":
        return FORMATS["html"].render(getattr(samples, name)(), View())
    monkeypatch.chdir(folder)
    (folder / "a.md").write_text(DOCUMENT, encoding="utf-8")
    assert main(["run", "a.md", "--format", "html", "-o", "page.html"]) in (0, 1)
    return (folder / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("screen", WIDTHS)
@pytest.mark.parametrize("name", ["report", "hostile", "attacks", "whole"])
def test_a_page_is_seen_whole_and_nothing_in_it_acts(name, screen, browser, tmp_path, monkeypatch):
    page = page_of(name, tmp_path, monkeypatch)
    seen = probed(browser, page, tmp_path, WIDTHS[screen])
    assert (seen["acted"], seen["acting"], seen["loaded"]) == (0, 0, 0)
    assert (seen["empty"], seen["sideways"]) == (0, False)
    assert seen["rows"] > seen["left"] == 0, "a filter hides nothing"


def test_a_page_that_acts_is_caught(browser, tmp_path):
    page = FORMATS["html"].render(samples.report(), View())
    bad = page.replace("</main>", "<script>alert(1)</script><img src='x.png' onerror='alert(2)'></main>")
    seen = probed(browser, bad, tmp_path)
    assert seen["acting"] == 2
    assert seen["acted"] == 2
    wide = page.replace("</main>", "<div style='width:3000px'>wide</div></main>")
    assert probed(browser, wide, tmp_path)["sideways"]


def test_the_policy_of_the_page_forbids_scripts_and_the_network(browser, tmp_path):
    page = FORMATS["html"].render(samples.report(), View())
    path = tmp_path / "page.html"
    path.write_text(page.replace("</main>", "<script>document.title = 'owned'</script></main>"))
    assert "<title>owned" not in run(browser, "--dump-dom", path.as_uri())


def test_the_written_symbol_is_marked_in_both_schemes(browser, tmp_path):
    page = FORMATS["html"].render(samples.report(), View())
    light = probed(browser, page, tmp_path)
    dark = probed(browser, page, tmp_path, 1280, "--blink-settings=preferredColorScheme=0")
    assert light["formulas"] > 0
    assert light["background"] != dark["background"]
    assert light["marked"] != dark["marked"]
    assert "rgba(0, 0, 0, 0)" not in (light["marked"], dark["marked"])


def test_the_page_prints(browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(FORMATS["html"].render(samples.report(), View()), encoding="utf-8")
    run(browser, f"--print-to-pdf={tmp_path / 'page.pdf'}", path.as_uri())
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
