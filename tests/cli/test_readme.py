import re
import tomllib
from pathlib import Path

import yaml

from gradcheck.config import Config
from gradcheck.report.formats import FORMATS

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_settings_of_the_readme_are_settings():
    (text,) = blocks("toml")
    config = Config.of(tomllib.loads(text)["tool"]["gradcheck"], Path("root"))
    assert config.paths == (Path("root/derivations"),)
    assert config.ignored(Path("root/derivations/a.md")) == {"GC704"}
    assert "assignment" in config.matter(Path("root/derivations/homework/a.md"))


def test_the_readme_tells_every_format():
    told = re.findall(
        r"^\| `(\w+)` \| ", README.split("| `--format` | for |")[1].split("\n\n")[0], re.MULTILINE
    )
    assert set(told) == set(FORMATS)


def test_the_hook_of_the_readme_is_the_hook_of_the_repository():
    (text,) = blocks("yaml")
    (hook,) = yaml.safe_load(
        (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    )
    assert yaml.safe_load(text)[0]["hooks"][0]["id"] == hook["id"]
    assert hook["entry"] == "gradcheck run --only-derivations"
