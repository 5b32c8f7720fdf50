"""Keys of the front matter that are nearly right are told of; a blog's own keys are left alone."""

import pytest

from gradcheck.reading.front_matter import misspelt


@pytest.mark.parametrize(
    ("key", "meant"), [("shape", "shapes"), ("titel", "title"), ("domain", "domains"), ("alias", "aliases")]
)
def test_a_key_that_is_nearly_right(key: str, meant: str) -> None:
    (told,) = misspelt({key: {}}, f"---\n{key}: {{}}\n---\n")
    assert f"`{key}` (line 2)" in told
    assert f"`{meant}`" in told


def test_other_keys_are_left_alone() -> None:
    matter = {"layout": "post", "tags": [], "date": 1, "shapes": {}, "author": "a", "permalink": "/x/"}
    assert not list(misspelt(matter, ""))
