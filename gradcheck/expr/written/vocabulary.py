"""What a document's names stand for: declared shapes, aliases, and how it writes layers.

A document that marks layers in brackets (`W^{[2]}`) uses digit subscripts for units; one that never does
uses them for layers (`w_2`). That is decided once for the document, as are aliases, so that a
name means the same on every line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from gradcheck.expr.written.extents import Extents
from gradcheck.expr.written.marks import Label, read_mark
from gradcheck.expr.written.names import WORD, Name, is_mixed, key_of, variants
from gradcheck.records import dataclass, field, replace
from gradcheck.shapes import SCALAR, Dim, Shape

# What losses are called; `L` may stand for any of them.
_MOST_KEPT = 1 << 14  # names; each place in the text has its own
# The initials of losses.
LOSS_INITIALS = frozenset(("CE", "BCE", "NLL", "MSE", "SSE", "RSS", "MAE"))
LOSS_BASES = (
    frozenset(
        (
            "L",
            "J",
            "C",
            "E",
            "\\mathcal{L}",
            "\\mathscr{L}",
            "\\mathcal{J}",
            "\\ell",
            "\\mathcal{E}",
            "Loss",
            "loss",
            "Cost",
            "cost",
        )
    )
    | LOSS_INITIALS
)
# How a subscript that is a word, and no index, is written.
WORDS = (WORD, "\\max", "\\min")


@dataclass(frozen=True)
class Vocabulary:
    """The names that are known before any line is read.

    shapes          key → declared shape
    aliases         key or base → the name it stands for
    digit_layers    whether `w_2` means the w of layer 2
    paren_layers    whether `W^{(2)}` means the W of layer 2, and not of sample 2
    distinct        letters whose two cases are two quantities, `u` and `U`
    sample_dim      the size that counts samples
    sample_axis     1 where samples are columns, 0 where they are rows
    turned          the declared shapes are the assignment's, turned for samples that are rows
    domains         key → domain of its samples
    sizes           sizes that are fixed numbers
    inferred        key → shape of an undeclared name, from its use
    batches         base of a name with a sample mark → base of the batch whose column it is
    labelled        keys of numbers with a label below, `d_k`, which is no index
    sums_repeated   repeated indices are summed without a Σ, as the document says
    labels          letters that choose an entry, y of `s_{y_i}`
    vectors         letters that are vectors below one index, `w_j`, with their size where it is declared
    counts          letters that count samples and are declared nowhere
    letter_sizes    what index letters run over, where subscripts are made of several, `x_{i+k}`
    units           letters of the columns of the identity, e of `e_k`, as the words of the document say
    no_losses       letters of losses that are variables here, a score ℓ beside a loss L
    extents         from where to where the indices of the document run
    rows            vectors are rows, as the words of the document say
    square_ones     a bold 1 is a square matrix of ones, as the words of the document say
    ascends         the numbers of the equations whose steps may go up, as something is told to be maximised
    climbs          of those whose steps have to, as ascents
    log_likelihoods keys of losses that are logarithms of others, `\\ell = \\log L`: steps go up on them
    members         letters whose numbers below are steps of a recursion: `W_3` is no row of W
    answers         letters of labels whose values are told one by one → domain of their samples
    batch_sets      keys of sets of samples, B of `i \\in B`: `|B|` is their number
    """

    shapes: Mapping[str, Shape] = field(default_factory=dict)
    aliases: Mapping[str, Name] = field(default_factory=dict)
    digit_layers: bool = False
    paren_layers: bool = False
    distinct: frozenset[str] = frozenset()
    sample_dim: str = "m"
    sample_axis: int = 1
    turned: bool = False
    domains: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    inferred: Mapping[str, Shape] = field(default_factory=dict)
    batches: Mapping[str, str] = field(default_factory=dict)
    labelled: frozenset[str] = frozenset()
    sums_repeated: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)
    vectors: Mapping[str, Dim | None] = field(default_factory=dict)
    letter_sizes: Mapping[str, tuple[Dim, ...]] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()
    rows: bool = False
    square_ones: bool = False
    extents: Extents = field(default_factory=Extents)
    batch_sets: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    no_losses: frozenset[str] = frozenset()
    ascends: frozenset[int] = frozenset()
    climbs: frozenset[int] = frozenset()
    log_likelihoods: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def samples_are_rows(self) -> bool:
        """Whether the declared quantities have samples as their rows, and none has them as its columns."""
        rows, columns = ({shape[axis] for shape in self.shapes.values()} for axis in (0, 1))
        return self.sample_dim in rows - columns

    def inferring(self, inferred: Mapping[str, Shape]) -> Vocabulary:
        """The same vocabulary with other inferred shapes, by which no name has another key."""
        other = replace(self, inferred=inferred)
        vars(other).update(_normalised=self._normalised, _canonical=self._canonical)
        return other

    def normalised(self, name: Name) -> Name:
        """A name with its alias put in, and a digit subscript made its layer where the document does so."""
        known = self._normalised.get(id(name))
        if known is None:
            if len(self._normalised) >= _MOST_KEPT:
                self._normalised.clear()
            known = self._normalised[id(name)] = name, self._normalised_of(name)
        return known[1]

    @cached_property
    def _normalised(self) -> dict[int, tuple[Name, Name]]:
        """What was found of names, each kept beside it: no other one takes its place in memory."""
        return {}

    def _normalised_of(self, name: Name) -> Name:
        if name.key in self.labelled:
            return name.without(base=name.key, sub=())
        if name.sample is not None and name.base in self.batches:
            name = name.without(base=self.batches[name.base])
        if self.paren_layers:
            name = in_layer(name)
        whole = self.aliases.get(name.key)
        if whole is not None:
            return name.without(base=whole.base, layer=whole.layer, sub=whole.sub)
        owner = self.aliases.get(key_of(name.base, name.layer, ()))
        if owner is not None and name.sub:
            return name.without(base=owner.base, layer=owner.layer, sub=(*owner.sub, *name.sub))
        letter = self.aliases.get(name.base)
        if letter is not None:
            name = name.without(base=letter.base)
        if self.digit_layers and name.layer is None and name.sub and name.sub[0].isdigit():
            layered = name.without(layer=name.sub[0], sub=name.sub[1:])
            if any(key_of(base, layered.layer, ()) in self.shapes for base in self.bases(layered)):
                return layered
        return name

    def canonical(self, name: Name) -> str:
        """The key of the quantity that a definition of this name defines."""
        identity = (name.base, name.layer, name.sub, name.sample)
        known = self._canonical.get(identity)
        if known is None:
            known = self._canonical[identity] = self._canonical_of(self.normalised(name))
        return known

    @cached_property
    def _canonical(self) -> dict[tuple[object, ...], str]:
        """The keys that were asked for: every stage asks for all names of a document."""
        return {}

    def _canonical_of(self, name: Name) -> str:
        for base in self.bases(name):
            for sub in (name.sub, ()) if name.sub else ((),):
                key = key_of(base, name.layer, sub)
                if sub != name.sub and name.sub[0].isdigit() and not self._is_only_unit(name, key):
                    continue
                if sub != name.sub and is_another(name):
                    continue
                if key in self.shapes and (base == name.base or self.may_hold(name, self.shapes[key])):
                    return key
        lettered = (p for p in name.sub if (p.isdigit() or len(p) > 1) and not self.is_label(p))
        return key_of(name.base, name.layer, tuple(p for p in lettered if not is_mixed(p)))

    def _is_only_unit(self, name: Name, key: str) -> bool:
        """`z_1^{[2]}` of a layer that has one unit: the whole `Z^{[2]}`; and `\\hat Y_{1i}` of one row."""
        entry = len(name.sub) == 2 and name.sub[1].isalpha() and len(name.sub[1]) == 1
        alone = entry or (name.layer is not None and len(name.sub) == 1)
        return alone and name.sub[0] == "1" and self.shapes.get(key, (0, 0))[0] == 1

    def bases(self, name: Name) -> tuple[str, ...]:
        """The spellings under which a base may be known, but not the other case of a distinct letter."""
        known = bases(name, self._losses)
        if name.base.lower() not in self.distinct:
            return known
        return tuple(base for base in known if base == name.base or base != name.base.swapcase())

    @cached_property
    def _losses(self) -> frozenset[str]:
        return frozenset(filter(self.may_be_loss, LOSS_BASES))

    def may_be_loss(self, key: str) -> bool:
        """Whether nothing that is told keeps a name from being a loss's: `C` of n × m is no cost."""
        return key not in self.no_losses and self.shapes.get(key, SCALAR)[0] == 1

    def may_hold(self, name: Name, shape: Shape) -> bool:
        """Whether a quantity of this shape has what the name's sample mark selects."""
        return name.sample is None or self.holds_samples(shape)

    def holds_samples(self, shape: Shape, base: str = "") -> bool:
        """Whether a quantity of this shape, and this letter, has a column, or a row, for each sample.

        Where `u_k \\in \\mathbb{R}^m` is declared, m is the size of a vector.
        """
        return shape[self.sample_axis] == self.sample_dim != self.vectors.get(base)

    def of_samples(self, size: Dim) -> Shape:
        """The shape of all samples of a quantity of a size."""
        return (size, self.sample_dim) if self.sample_axis else (self.sample_dim, size)

    def lies_in_row(self, name: Name) -> bool:
        """Whether a letter that nothing declares is one of a row: in lower case, where vectors are rows."""
        return self.rows and name.base.islower() and name.sample is None

    @cached_property
    def chooses(self) -> bool:
        """Whether letters choose entries: labels, and sizes that mark the last one."""
        return bool(self.labels or self.extents.ends)

    def is_label(self, mark: str) -> bool:
        """Whether a subscript is the label of an example, and says which entry is meant."""
        read = read_mark(mark)
        label = None if read is None else self.labels.get(read.base)
        return read is not None and label is not None and label.kind == read.kind

    def dim(self, letter: str) -> Dim | None:
        """The size that a letter names, if it names one."""
        if letter in self.sizes:
            return self.sizes[letter]
        return letter if letter in self._named_sizes else None

    @cached_property
    def told_sizes(self) -> tuple[Dim, ...]:
        """Every size but 1 that a name is declared or found to have."""
        shapes = (*self.shapes.values(), *self.inferred.values())
        return tuple(dict.fromkeys(dim for shape in shapes for dim in shape if dim != 1))

    @cached_property
    def _named_sizes(self) -> frozenset[Dim]:
        """The letters of sizes that stand in declared shapes."""
        return frozenset(dim for shape in self.shapes.values() for dim in shape if isinstance(dim, str))


def in_layer(name: Name) -> Name:
    """`W^{(2)}` and `a^{(l)}` with their mark as the layer; `x^{(i)}` stays a sample."""
    mark = name.sample
    if name.layer is not None or mark is None or not (mark.isdigit() or mark[0] in "lL"):
        return name
    return name.without(layer=mark, sample=None)


def bases(name: Name, losses: frozenset[str] = LOSS_BASES) -> tuple[str, ...]:
    """The spellings under which a name's base may be known, the likeliest first.

    losses   the letters that may be those of losses

    A lower-case letter with a sample mark is a column of the upper-case batch matrix.
    """
    others = variants(name.base)
    if others and name.base not in losses:
        others = tuple(base for base in others if base not in losses)
    if name.sample is not None and len(name.base) == 1 and name.base.islower():
        return (*others, name.base)
    return (name.base, *others)


def is_loss_name(name: Name) -> bool:
    """Whether a name is that of a loss: `L`, `J`, `\\ell`, `Loss_MSE`, `cost`, `CE`; layers have none."""
    named = name.base in LOSS_BASES or name.base.lower().startswith(("loss", "cost"))
    return named and name.layer is None


def is_another(name: Name) -> bool:
    """Whether a word below a letter makes another quantity of it: `y_{true}` is no component of `y`.

    Below a loss it tells the kind: `L_{MSE}` is the loss L.
    """
    return any(part.startswith(WORDS) for part in name.sub) and not is_loss_name(name)
