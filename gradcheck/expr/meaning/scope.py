"""One scope with one choice for every name: where names get their quantities.

A definition is elaborated when its name is first asked for, so they may stand in any order. A name that is
another bare name is the same quantity. What is defined per sample or component (`z^{(i)}`, `z_j`) is stacked
into the batch or the vector. What is known nowhere is an input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

from gradcheck.expr.forms.build import apply, pick, var, variables
from gradcheck.expr.forms.reading import MeaningError, Reading, Readings, each, expression
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.calls import called
from gradcheck.expr.meaning.choices import defining
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.elementwise import depends_entrywise
from gradcheck.expr.meaning.matrices import may_be_blocks
from gradcheck.expr.meaning.resolve import Known
from gradcheck.expr.meaning.unnamed_loss import UNNAMED, functional, name_of
from gradcheck.expr.meaning.wholes import whole_of
from gradcheck.expr.written.definitions import Definition
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.functions import BINARY, CALLED_BY_NAME, LOSSES, builtin_of
from gradcheck.expr.written.names import Name, is_command, key_of, unmarked
from gradcheck.expr.written.rates import LEARNING_RATES
from gradcheck.expr.written.usage import Usage
from gradcheck.expr.written.vocabulary import LOSS_BASES, Vocabulary, is_loss_name
from gradcheck.expr.written.writing import is_empty_start
from gradcheck.notation.tree import Node
from gradcheck.records import dataclass, field
from gradcheck.shapes import SCALAR, Dim, Shape, ShapeError
from gradcheck.source import Span

SAMPLE = "·i"


@dataclass
class Scope:
    """Names and functions of one scope under one hypothesis.

    quantities   key → its possible definitions, the first that works is taken
    functions    written name → its definition
    component    every size but the number of samples is 1
    loss_key     the quantity that `dW` and an undefined `L` refer to
    losses       the letters that mean that quantity where nothing defines them
    outputs      what the forward pass ends in, where no loss is said
    count_letters    letters that count the terms of a Σ
    sine_is_sigmoid  `\\sin` is an abbreviated sigmoid throughout
    several      bases of what stands nowhere but before several arguments
    scalar_letters   lower-case letters that do not stand for the matrix of their upper case
    bound            letters that run here, by a Σ or as the index of what is defined
    ranges           the sizes over which the letters of the line in hand run
    written          keys of the names that the document itself writes, and not only its assignment
    """

    vocabulary: Vocabulary
    quantities: Mapping[str, Sequence[Definition]]
    functions: Mapping[str, Definition]
    component: bool = False
    sampled: bool = False
    parameters: frozenset[str] = frozenset()
    loss_key: str | None = None
    losses: frozenset[str] = LOSS_BASES
    outputs: tuple[str, ...] = ()
    count_letters: frozenset[str] = frozenset()
    sine_is_sigmoid: bool = False
    scalar_letters: frozenset[str] = frozenset()
    usage: Usage = field(default_factory=Usage)
    written_sample: str | None = None
    varied: Sequence[Node] = ()
    ranges: Mapping[str, Dim] = field(default_factory=dict)
    aliases: dict[str, Expr] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    spellings: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    program: dict[str, Expr] = field(default_factory=dict)
    used: dict[str, Reading] = field(default_factory=dict)
    chosen: dict[str, Definition] = field(default_factory=dict)
    problems: dict[str, MeaningError] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    _open: set[str] = field(default_factory=set)
    bound: frozenset[str] = frozenset()

    # --- what elaboration asks ------------------------------------------------------------------

    @property
    def sample_dim(self) -> str:
        """The size that counts samples."""
        return self.vocabulary.sample_dim

    def sizes(self) -> list[Dim]:
        """Every size but 1 that a quantity of the document has."""
        dims = (*self.vocabulary.told_sizes, *[dim for shape in self.shapes.values() for dim in shape])
        return [dim for dim in dict.fromkeys(dims) if dim != 1]

    @property
    def implicit_sample(self) -> Ix | None:
        """The sample index that nobody writes in component notation."""
        return Ix(SAMPLE, self.sample_dim) if self.component and self.sampled else None

    def bases(self, name: Name) -> tuple[str, ...]:
        """The spellings under which a name's base may be known."""
        return self.vocabulary.bases(name)

    def normalised(self, name: Name) -> Name:
        """A name with aliases and layers resolved."""
        return self.vocabulary.normalised(name)

    def spelled(self, quantity: Expr, name: Name) -> None:
        """Remember the first way in which the document writes a quantity, without sample and component."""
        plain = name.sample is None and not name.primes
        if quantity.op == "var" and plain and (not self.written or name.key in self.written):
            self.spellings.setdefault(quantity.attr[0], unmarked(name.key))

    def latex_of(self, key: str) -> str:
        """A quantity as the author writes it."""
        return self.spellings.get(key) or unmarked(name_of(key, self.latex_of))

    def quantity(self, key: str) -> Expr | None:
        """The quantity of a key, elaborating its definition at first use; None where nothing is known."""
        if key not in self.known:
            if key in self._open:
                raise MeaningError(f"{key} is defined by itself")
            self.known[key] = self._find(key)
        return self.known[key]

    def layers_of(self, base: str) -> list[str]:
        """The layers in which a letter is declared, defined or written."""
        start = f"{base}^{{["
        keys = (*self.vocabulary.shapes, *self.quantities, *self.vocabulary.inferred)
        return list(dict.fromkeys(key[len(start) : -2] for key in keys if key.startswith(start)))

    def lists(self, name: Name) -> bool:
        """Whether a numbered quantity is known by its entries alone: `u_1` by `u_{1j}`, no row of a `u`."""
        shape, bare = (self._inferred(key_of(name.base, name.layer, sub)) or SCALAR for sub in (name.sub, ()))
        return shape != SCALAR and self.sample_dim not in shape and not self.component and bare[1] == 1

    def new_input(self, name: Name) -> Expr:
        """An input for a name that is known nowhere, of the shape that its use gives it.

        Raises MeaningError for a command that is no letter, and for a function's letter.
        """
        if name.base in ("nabla", "partial"):
            raise MeaningError("what this derivative is taken of, or by, is not written", name.span)
        if is_command(name.base):
            raise MeaningError(f"unknown command {name.base}, which nothing here defines", name.span)
        self.usage.refuse_bare(name)
        for key in (name.key, key_of(name.base, name.layer, ())):
            if (shape := self._inferred(key)) is not None and (key == name.key or shape != SCALAR):
                return self._input(key, shape)
        samples = name.sample is not None or self._carries_samples(name.key)
        return self._input(name.key, self.vocabulary.of_samples(1) if samples else SCALAR)

    def loss(self) -> Expr | None:
        """The loss as a scalar; one value a sample where it is not summed."""
        if self.loss_key is None or self.loss_key in self._open:
            return None
        # In the middle of a definition the loss may seem to rest on itself: what is found then is not kept.
        found = (self.aside() if self._open else self).quantity(self.loss_key)
        if found is not None and self.implicit_sample is not None and found.shape == (1, self.sample_dim):
            return pick(found, None, self.implicit_sample)
        return found

    def elementwise(self, target: Expr, variable: Expr) -> bool:
        """Whether each entry of target depends on the entry of variable at its place alone."""
        return depends_entrywise(target, variable, self.program)

    # --- functions ------------------------------------------------------------------------------

    def is_function(self, name: Name) -> bool:
        """Whether brackets after this name apply it."""
        if name.key in CALLED_BY_NAME or BINARY.get(name.key) in LOSSES:
            return name.key not in self.quantities
        if name.primes or name.key in BINARY or self.function(name) or builtin_of(name):
            return True
        own = name.base in self.usage.functions or (name.base in FUNCTION_LETTERS and not name.sub)
        return own and self.quantity(name.key) is None

    def call(self, name: Name, arguments: Sequence[Readings], span: Span) -> list[Reading]:
        """A function of the document or of the language applied to its arguments."""
        return called(self, name, arguments, span)

    def function(self, name: Name) -> Definition | None:
        own = self.normalised(name)
        keys = (own.key, *(key_of(own.base, layer, ()) for layer in (own.layer, None)))
        return next((self.functions[key] for key in keys if key in self.functions), None)

    def with_parameter(self, name: Name, parameter: Expr, body: Node) -> list[Reading]:
        """The readings of a function's body, in which its parameter hides the quantity of that name."""
        key, applied = self.normalised(name).key, f"·{body.span}"
        if applied in self._open:
            raise MeaningError("this function is defined by itself", body.span)
        known, program = dict(self.known), dict(self.program)
        self._open.add(applied)
        self.known[key] = parameter
        try:
            found = Elaborator(self).readings(body)
        finally:
            self._open.discard(applied)
            self.known[key] = known.get(key)
            if key not in known:
                del self.known[key]
            undone = self._forget_uses(parameter, known, program)
        kept = [r.mended for r in each(found, expression) if not undone & variables(expression(r.value))]
        if not kept:
            raise MeaningError("this function uses quantities that rest on its own parameter", body.span)
        return kept

    def _forget_uses(
        self, parameter: Expr, known: Mapping[str, Expr | None], program: Mapping[str, Expr]
    ) -> frozenset[str]:
        """Undo definitions that were elaborated meanwhile and so took the parameter for the quantity."""
        undone: set[str] = set()
        tainted = {parameter.attr[0]}
        while more := {k for k, v in self.program.items() if k not in program and tainted & variables(v)}:
            for key in more:
                self._forget(key, known)
            undone |= more
            tainted |= more
        return frozenset(undone)

    def _forget(self, key: str, known: Mapping[str, Expr | None]) -> None:
        del self.program[key], self.shapes[key]
        self.chosen.pop(key, None)
        self.used.pop(key, None)
        if key not in known and key in self.known:
            del self.known[key]

    def auxiliary(self, value: Expr) -> Expr:
        """A quantity of its own with this value."""
        key = f"·u{len(self.program)}"
        self.program[key], self.shapes[key] = value, value.shape
        return var(key, value.shape)

    def aside(self) -> Scope:
        """A scope that knows the same and learns on its own."""
        other = copy(self)
        for name in [name for name, value in vars(self).items() if isinstance(value, dict | set)]:
            setattr(other, name, copy(getattr(self, name)))
        return other

    # --- finding quantities ---------------------------------------------------------------------

    def _find(self, key: str) -> Expr | None:
        if key == UNNAMED:
            return functional(self.outputs, self)
        for definition in self.quantities.get(key, ()):
            if (defined := self._defined(key, definition)) is not None:
                return defined
        other = self.loss_key if key in self.losses and self.vocabulary.may_be_loss(key) else None
        if other is not None and other not in (key, *self._open):  # L of `J = L + s` is not J
            return self.quantity(other)
        shape = self._declared(key)
        return self._size(key) if shape is None else self._input(key, shape)

    def _declared(self, key: str) -> Shape | None:
        if (shape := self.vocabulary.shapes.get(key)) is None or not self.component:
            return shape
        return (1, self.sample_dim) if self._carries_samples(key) else SCALAR

    def _inferred(self, key: str) -> Shape | None:
        """The shape that a name's use gives it; per component only samples are left of it."""
        shape = self.vocabulary.inferred.get(key)
        if shape is None or not self.component:
            return shape
        batched = shape[1] == self.sample_dim or self._carries_samples(key)
        return (1, self.sample_dim) if batched and self.sampled else SCALAR

    def _carries_samples(self, key: str) -> bool:
        may = self.component and self.sampled and key not in self.parameters and key not in LEARNING_RATES
        return may and self.vocabulary.shapes.get(key, (1, self.sample_dim))[1] == self.sample_dim

    def _size(self, key: str) -> Expr | None:
        dim = self.vocabulary.dim(key)
        if dim is None and key in self.count_letters:
            dim = key if key in self.sizes() else self.sample_dim
        return None if dim is None else self.count(dim)

    def count(self, dim: Dim) -> Expr:
        """A size as a number; per component every size but the number of samples is 1."""
        if dim == 1 or (self.component and dim != self.sample_dim):
            return apply("ones", attr=(SCALAR,))
        return apply("sum", apply("ones", attr=((1, dim),)), attr=(None,))

    def _input(self, key: str, shape: Shape) -> Expr:
        self.shapes[key] = shape
        made = self.known[key] = var(key, shape)
        return made

    def _defined(self, key: str, definition: Definition) -> Expr | None:
        """The quantity by one of its definitions, or None where that one gives no meaning."""
        self._open.add(key)
        try:
            with defining(self, definition):
                reading = self.meaning(key, definition)
        except MeaningError as error:
            self.problems[key] = error
            return None
        finally:
            self._open.discard(key)
        self.chosen[key] = definition
        value = expression(reading.value)
        self.used[key] = reading
        if value.op == "var":
            self.aliases[key] = value
            return value
        self.program[key], self.shapes[key] = value, value.shape
        return var(key, value.shape)

    def meaning(self, key: str, definition: Definition) -> Reading:
        """The reading of a definition that has the wanted shape; transposes are supplied only if none has.

        Raises MeaningError where it has none.
        """
        wanted = self._wanted(key, definition)
        name = self.normalised(definition.name)
        fallback: Reading | None = None
        refused: MeaningError | None = None
        for lenient in (False, True):
            try:
                readings = Elaborator(self, lenient=lenient).readings(definition.right)
            except MeaningError as error:
                refused = refused or error
                continue
            for reading in readings:
                try:
                    value = whole_of(expression(reading.value), name, SAMPLE, self.vocabulary, wanted)
                    whole = Reading(value, reading.notes)
                except (MeaningError, ShapeError):
                    continue
                if wanted is None or expression(whole.value).shape in wanted:
                    return whole
                fallback = fallback or whole
            if wanted is None:
                break
        if fallback is not None and not self._declared(key) and not may_be_blocks(definition.right):
            return fallback
        if fallback is not None:
            raise MeaningError(f"the right side has not the shape that {key} has", definition.right.span)
        raise refused or MeaningError("this definition has no reading", definition.right.span)

    def _wanted(self, key: str, definition: Definition) -> tuple[Shape, ...] | None:
        if is_loss_name(definition.name) and self.vocabulary.may_be_loss(key):
            return (SCALAR, self.vocabulary.of_samples(1))
        used = is_empty_start(definition.name, definition.right) or may_be_blocks(definition.right)
        shape = self._declared(key) or (self._inferred(key) if used else None)
        return None if shape is None else (shape,)
