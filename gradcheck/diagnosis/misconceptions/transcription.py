"""GC7xx: what handwriting loses on its way into text; recognised where formulas are read."""

from __future__ import annotations

from gradcheck.diagnosis.misconceptions.record import Example, Misconception

TRANSCRIPTION = (
    Misconception(
        code="GC701",
        name="row-rule-as-minus",
        meaning="the rules drawn around a row vector are read as minus signs",
        cause="rows of a matrix are often drawn with a dash on either side",
        sign="every row begins with a minus, and elsewhere the product has none",
        example=Example(
            r"\begin{bmatrix} w_1^{\top} \\ w_2^{\top} \end{bmatrix} x",
            r"\begin{bmatrix} -w_1^{\top} \\ -w_2^{\top} \end{bmatrix} x",
        ),
        tags=("matrix", "rows", "dash"),
    ),
    Misconception(
        code="GC702",
        name="sig-as-sin",
        meaning="the handwritten `sig` of the sigmoid is read as a sine",
        cause="g and n look alike",
        sign="no sine occurs in the forward pass",
        example=Example(r"g(z) = \sigma(z)", r"g(z) = \sin(z)"),
        tags=("sigmoid", "sine"),
    ),
    Misconception(
        code="GC703",
        name="x-as-times",
        meaning="the letter X is read as a multiplication sign",
        cause="a capital X and a cross look alike",
        sign="the product ends or begins with an operator",
        example=Example(r"dW_1 = dz_1 \, X", r"dW_1 = dz_1 \times"),
        tags=("X", "times", "input"),
    ),
    Misconception(
        code="GC704",
        name="arrow-as-relation",
        meaning="an arrow or an equals sign is read as another sign",
        cause="an arrow over an equals sign looks like a struck one",
        sign="the two sides are equal, though the sign says otherwise",
        example=Example(r"a \Rightarrow b = c", r"a \neq c"),
        tags=("arrow", "relation", "not equal"),
    ),
    Misconception(
        code="GC705",
        name="stray-strike",
        meaning="a factor that is needed is struck out",
        cause="a line of the paper or of another correction runs through it",
        sign="with the struck part the line is right",
        example=Example(r"-(y - a)", r"\cancel{-}(y - a)"),
        tags=("cancel", "strike"),
    ),
    Misconception(
        code="GC706",
        name="lost-script",
        meaning="a superscript, its bracket or a layer is lost",
        cause="small brackets disappear in copying",
        sign="the neighbours carry the mark: a^{[1](2)} beside a^{1}",
        example=Example(r"a_k^{[1](1)}", r"a_k^{1}"),
        tags=("superscript", "bracket", "layer", "sample"),
    ),
)
