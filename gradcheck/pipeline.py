"""The stages in order, and nothing else: files found, read, posed, checked, told.

One bad file never takes another's results with it: what cannot be read becomes an error of the report,
what cannot be judged an undecided link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from gradcheck import __version__
from gradcheck.budget import Budget
from gradcheck.checking.cases.checked import Checked
from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import ProblemError, pose
from gradcheck.diagnosis.telling import Telling, tell
from gradcheck.discovery import discover
from gradcheck.faults import as_told
from gradcheck.options import Options
from gradcheck.processes import in_order
from gradcheck.reading.document import Document, load, read
from gradcheck.reading.errors import ReadingError
from gradcheck.reading.front_matter import place_in
from gradcheck.records import replace
from gradcheck.report.build import document_report
from gradcheck.report.model import DocumentReport, FileError, Report, Tool
from gradcheck.report.reading_shown import shown
from gradcheck.source import Source

# What a check imports late, since many commands do not need it: loaded before processes are forked.
_LATE = (
    "gradcheck.calculus.component_values",
    "gradcheck.calculus.normal_form",
    "gradcheck.calculus.term_forms",
    "numpy.random",
    "yaml",
)


def run(paths: Iterable[Path], options: Options) -> Report:
    """Check every derivation that the paths name."""
    found = discover(paths, options.excluded)
    documents: list[DocumentReport] = []
    errors = list(found.errors)
    if options.jobs > 1 and len(found.files) > 1:
        for late in _LATE:
            import_module(late)
    results = in_order(
        found.files, lambda path: _result(path, options), _lost, options.jobs, _bytes, options.meanwhile
    )
    for done, path in enumerate(found.files):
        if options.progress is not None:
            options.progress(str(path), done, len(found.files))
        match next(results):
            case FileError() as error:
                errors.append(error)
            case DocumentReport() as document:
                documents.append(document)
    return Report(Tool("gradcheck", __version__, options.seed), tuple(documents), tuple(errors))


def _result(path: Path, options: Options) -> DocumentReport | FileError:
    try:
        budget = Budget(options.seconds)
        checked = _checked(path, options, budget)
        return document_report(checked, _tellings(checked, budget))
    except (ReadingError, ProblemError) as error:
        return file_error(path, error)
    except Exception as error:
        return FileError(str(path), as_told(error))


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _lost(path: Path) -> FileError:
    return FileError(
        str(path), "the process that checked this died; was there too little memory? try --jobs 1"
    )


def show(path: Path, options: Options) -> str:
    """How one document was read, as text; raises ReadingError or ProblemError."""
    return shown(_checked(path, options, Budget(options.seconds)))


def _tellings(checked: Checked, budget: Budget) -> Mapping[str, Telling]:
    """What is told of the links; a fault of the search for causes costs the causes, never the verdicts."""
    try:
        return tell(checked, budget)
    except Exception as error:
        checked.notes.append(f"no causes are told: {as_told(error)}")
        return {}


def _checked(path: Path, options: Options, budget: Budget) -> Checked:
    document = _settled(read(path), path, options)
    assignment_path = _assignment_path(document, path, options)
    assignment = None if assignment_path is None else _assignment(load(assignment_path))
    return check(document, pose(document, assignment), options.seed, budget)


@lru_cache(maxsize=4)
def _assignment(source: Source) -> Document:
    """A problem as it was read: the submissions of a class share one."""
    return read(source)


def _settled(document: Document, path: Path, options: Options) -> Document:
    """The document with the front matter of the project's settings below its own."""
    if options.matter is None:
        return document
    return replace(document, front_matter={**options.matter(path), **document.front_matter})


def _assignment_path(document: Document, path: Path, options: Options) -> Path | None:
    """The assignment that a document names, relative to itself, else the one that was chosen."""
    named = document.front_matter.get("assignment")
    if named is None:
        return options.assignment
    target = path.parent / str(named)
    if not target.is_file():
        raise ProblemError(
            f"front matter: there is no assignment {str(named)!r} beside this document", "assignment"
        )
    return target


def file_error(path: Path, error: ReadingError | ProblemError) -> FileError:
    """What is told of a document that cannot be checked, with the place where it is known.

    That may be a place in the problem which the document answers.
    """
    if isinstance(error, ReadingError):
        return FileError(error.path or str(path), error.message, error.line, error.column)
    place = place_in(load(path).text, error.keys)
    return FileError(str(path), str(error), *(place or ()))
