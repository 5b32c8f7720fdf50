"""What all tests share: golden files, and properties without a deadline."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no failure, and the same commit passes or fails alike each time it is tested;
# `pytest --hypothesis-profile=explore` draws examples nobody has seen.
settings.register_profile("gradcheck", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("gradcheck")

# A fault that a user is told of in a sentence fails a test where it happens.
os.environ.setdefault("GRADCHECK_DEBUG", "1")

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files anew instead of comparing"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """A check that `text` is what the golden file of that name beside the test holds."""
    folder = Path(request.path).parent / "golden"

    def check(name: str, text: str) -> None:
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), "if this is as it should be: pytest --update-golden"

    return check
