"""Sizes that no equation tells, closed as people write.

Small letters are columns, lone Greek ones numbers, and so is the N of `1/N`; what capitals and names with two
subscripts are made of stays open, since a habit must not make numbers of matrices.
"""

from __future__ import annotations

from gradcheck.expr.inference.infer import Typist
from gradcheck.expr.written.names import core_letter, is_greek


def close_by_habit(typist: Typist, arrays: frozenset[str]) -> None:
    """Close what is open as people write: columns in lower case; lone Greek letters, the N of 1/N scalars.

    arrays   letters of what has several entries, though nothing tells how many
    """
    sizes = typist.sizes
    uses: dict[int, int] = {}
    for type_ in typist.names.values():
        for size in type_:
            uses[sizes.root(size)] = uses.get(sizes.root(size), 0) + 1
    # What a sum adds to a number, and nothing relates to any size, is a number for each sample.
    for rows, columns in typist.beside_numbers:
        of_samples = sizes.value(columns) == typist.vocabulary.sample_dim or sizes.value(columns) == 1
        if sizes.value(rows) is None and uses.get(sizes.root(rows), 0) == 1 and of_samples:
            sizes.may_be(1, (rows,))
    for key, (rows, columns) in typist.names.items():
        letter = core_letter(typist.spelled[key].base)
        lone = all(sizes.value(s) is None and uses.get(sizes.root(s), 0) == 1 for s in (rows, columns))
        lone = lone and typist.spelled[key].base not in arrays
        if lone and key in typist.divisors:
            sizes.may_be(1, (rows, columns))
            continue
        small = typist.spelled[key].base in typist.told.units or (
            letter.islower() if len(letter) == 1 else is_greek(letter.lstrip("\\")) and letter[1:2].islower()
        )
        across, along = (rows, columns) if typist.vocabulary.rows else (columns, rows)
        for size, wanted in ((across, small), (along, small and lone)):
            is_open = sizes.value(size) is None and not sizes.is_many(size)
            if wanted and is_open and sizes.root(size) not in matrix_sizes(typist):
                sizes.set(size, 1)


def forms_are_numbers(typist: Typist) -> None:
    """Small letters that are as wide and as high as others are wide, `c` of `w^T S w - c w^T w`, are numbers.

    So is `s = a^T b / \\|a\\|`. Columns are what such letters are; claims say no more of it, and one like
    `s a - b` would make square matrices of all.
    """
    sizes = typist.sizes
    types = {key: (sizes.root(rows), sizes.root(columns)) for key, (rows, columns) in typist.names.items()}
    small = [type_ for key, type_ in types.items() if typist.spelled[key].base.islower()]
    widths = {columns for rows, columns in small if rows != columns}
    bold = {type_ for key, type_ in types.items() if typist.spelled[key].base in typist.told.bold}
    turned = {sizes.root(columns) for _, columns in typist.turned}
    forms = {(rows, columns) for rows, columns in small if columns in widths and rows in widths & turned}
    forms -= bold  # nobody makes a number bold
    heights = {rows for rows, columns in types.values() if rows != columns and (rows, columns) not in forms}
    capitals = {size for key, type_ in types.items() if _is_capital(typist, key) for size in type_}
    kept = {size for size in heights | capitals if sizes.value(size) != 1}
    for form in sorted(forms):
        if kept.isdisjoint(form) and not any(map(sizes.is_many, form)):
            sizes.may_be(1, form)


def entries_are_numbers(typist: Typist) -> None:
    """What an entry is defined as is a number: `w^T x_i + b` of `z_i`, before claims make a matrix of w."""
    for type_ in typist.of_entries:
        typist.sizes.may_be(1, (s for s in type_ if typist.sizes.root(s) not in matrix_sizes(typist)))


def matrix_sizes(typist: Typist) -> set[int]:
    """The sizes of capitals and of what is written with two subscripts: a habit must not make them 1."""
    columns = {typist.sizes.root(t[1]) for k, t in typist.names.items() if typist.spelled[k].base.islower()}
    return {
        typist.sizes.root(size)
        for key, type_ in typist.names.items()
        for size in type_
        if key in typist.doubly or (_is_capital(typist, key) and not _is_form(typist, key, columns))
    }


def _is_capital(typist: Typist, key: str) -> bool:
    """Whether a name has a matrix's letter, and is not written by its units alone."""
    base = typist.spelled[key].base
    return base.isupper() and base not in typist.told.units


def _is_form(typist: Typist, key: str, columns: set[int]) -> bool:
    """Whether a capital is the value of a form such as `w^T A w`: as wide and as high as w has columns."""
    rows, width = (typist.sizes.root(size) for size in typist.names[key])
    return key in typist.plain and rows == width and rows in columns
