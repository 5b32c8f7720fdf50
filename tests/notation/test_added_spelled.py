r"""`{+}{=}` is `+=` with its room taken away."""

from gradcheck.notation.tokens import tokenize


def test_signs_in_braces_add() -> None:
    for written in (r"b \;{+}{=}\; c", r"b {+}= c", "b += c"):
        relations = [token.text for token in tokenize(written, 0, len(written)) if token.kind == "relation"]
        assert relations == ["+="], written


def test_a_sign_in_braces_alone_adds_nothing() -> None:
    written = r"b {+} c = d"
    assert [token.text for token in tokenize(written, 0, len(written)) if token.kind == "relation"] == ["="]
