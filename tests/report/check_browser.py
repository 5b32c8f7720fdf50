"""The HTML report in a headless Chromium: `python -m tests.report.check_browser [PAGE ...] [--shots DIR]`.

Not part of the suite, since a machine need not have a browser. Each page (the samples, where none is named)
is loaded with scripts allowed; a probe beside the report's frame counts what a document must not bring about.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from gradcheck.report.formats import FORMATS
from gradcheck.report.view import View
from tests.report import samples

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTHS = {"desktop": 1280, "phone": 390}
PROBE = """<!doctype html><meta charset="utf-8"><title>probe</title>
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
  const box = seen.querySelector("#show-correct");
  if (box) box.checked = false;
  document.title = "result:" + JSON.stringify({{
    acting: seen.querySelectorAll("script,img,iframe,object,embed,form,link,[onclick],[onerror]").length,
    formulas: seen.querySelectorAll("math").length,
    empty, sideways,
    filtered: style(".link.v-correct", "display"),
    marked: style(".gc-mark", "backgroundColor"),
  }});
}};
</script>"""


def main() -> int:
    """Probe every page at every width, and say what is not as it should be."""
    to = argparse.ArgumentParser(description=__doc__)
    to.add_argument("pages", nargs="*", type=Path)
    to.add_argument("--shots", type=Path, help="a directory for screenshots")
    chosen = to.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("no Chromium is installed", file=sys.stderr)
        return 2
    pages = {path.stem: path.read_text(encoding="utf-8") for path in chosen.pages} or {
        each.__name__: FORMATS["html"].render(each(), View())
        for each in (samples.report, samples.hostile, samples.attacks)
    }
    faults = 0
    for name, page in pages.items():
        for screen, width in WIDTHS.items():
            found = probe(browser, page, width)
            wrong = told(found)
            faults += len(wrong)
            print(f"{name}, {screen}: {found['formulas']} formulas; {', '.join(wrong) or 'as it should be'}")
            if chosen.shots:
                shoot(browser, page, width, chosen.shots / f"{name}-{screen}.png")
    return min(faults, 1)


def told(found: dict[str, object]) -> list[str]:
    """What is not as it should be on a page."""
    wrong = []
    if found["acting"]:
        wrong.append(f"{found['acting']} elements that act or load")
    if found["empty"]:
        wrong.append(f"{found['empty']} formulas without width")
    if found["sideways"]:
        wrong.append("the page scrolls sideways")
    if found["filtered"] not in (None, "none"):
        wrong.append("the filter hides nothing")
    return wrong


def probe(browser: str, page: str, width: int) -> dict[str, object]:
    """What a browser makes of a page of that width; the page's own policy is lifted, to see it try."""
    lifted = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "probe.html"
        path.write_text(PROBE.format(width=width, page=escape(lifted)), encoding="utf-8")
        dom = run(browser, "--dump-dom", path.as_uri())
    result = re.search(r"<title>result:(.*?)</title>", dom)
    if result is None:
        raise SystemExit("the page did not load, or a document changed its title")
    data = json.loads(result[1])
    assert isinstance(data, dict)
    return data


def shoot(browser: str, page: str, width: int, target: Path) -> None:
    """A screenshot of the first screens of a page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        run(
            browser,
            f"--window-size={width},2400",
            "--hide-scrollbars",
            f"--screenshot={target}",
            path.as_uri(),
        )


def run(browser: str, *arguments: str) -> str:
    """The browser's output."""
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=3000",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


if __name__ == "__main__":
    raise SystemExit(main())
