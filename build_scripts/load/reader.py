"""From a folder to `Tables`: snapshot, descriptor, preflight, frictionless, types — in that order."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from build_scripts.core.characters import unsafe
from build_scripts.core.errors import DataError
from build_scripts.core.pause import no_collecting
from build_scripts.core.plan_text import FOLDER as TEXTS
from build_scripts.core.plan_text import PlanText, read_text
from build_scripts.core.records import Violation
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.load.descriptor import Descriptor, Listed, read_descriptor, unlisted
from build_scripts.load.journal import recover
from build_scripts.load.preflight import CleanTable, clean
from build_scripts.load.rawcsv import read_csv
from build_scripts.load.snapshot import Snapshot, take, versions
from build_scripts.load.tables import Tables, build
from build_scripts.load.violations import Place, unsafe_characters, violation

_ATTEMPTS = 5


def read(package_dir: Path) -> Tables:
    """Everything in a package, typed, with all problems found on the way; never raises for what the files hold."""
    try:
        with no_collecting():
            return read_snapshot(_steady(package_dir))
    except DataError as unfinished:
        return Tables(problems=unfinished.problems)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Tables(problems=(violation("file-unreadable", Place(DESCRIPTOR), reason=reason),))


def _steady(package_dir: Path) -> Snapshot:
    """A snapshot no append ran through: taken again when the files changed meanwhile.

    Raises:
        DataError: an interrupted append cannot be finished.
    """
    for _attempt in range(_ATTEMPTS):
        recover(package_dir)
        before = versions(package_dir)
        snapshot = take(package_dir)
        if versions(package_dir) == before:
            break
    return snapshot


def read_snapshot(snapshot: Snapshot) -> Tables:
    """As `read`, over bytes already in memory (a package as it would be after an append)."""
    from build_scripts.load.validate import validate  # noqa: PLC0415 - frictionless takes a third of a second to import

    descriptor, problems = read_descriptor(snapshot)
    if descriptor is None:
        return Tables(problems=tuple(sorted(problems)))
    text: dict[str, CleanTable] = {}
    used = {table.place.file for table in descriptor.tables}
    for listed in descriptor.tables:
        text[listed.name], found = _table(snapshot, listed, used)
        problems += found
    problems += _strays(snapshot, descriptor, problems)
    problems += validate(text)
    texts, found = _texts(snapshot)
    return build(descriptor.meta, text, problems + found, texts)


def _texts(snapshot: Snapshot) -> tuple[dict[str, PlanText], list[Violation]]:
    """The plans' texts by plan id; one that is no UTF-8 is a problem."""
    texts: dict[str, PlanText] = {}
    problems: list[Violation] = []
    for path, data in snapshot.files.items():
        if path.startswith(TEXTS) and path.endswith(".md"):
            plan_id = path.removeprefix(TEXTS).removesuffix(".md")
            try:
                texts[plan_id] = read_text(plan_id, data)
                problems += _unsafe_lines(Place(path), data.decode("utf-8-sig"))
            except UnicodeDecodeError as failure:
                problems.append(violation("plan-text-encoding", Place(path), found=failure.start))
    return texts, problems


def _unsafe_lines(place: Place, text: str) -> list[Violation]:
    """A problem for each line of a text with characters that may not stand in it."""
    lines = ((row, line, unsafe(line, prose=True)) for row, line in enumerate(text.split("\n"), 1))
    return [unsafe_characters(place, row, "", line, refused) for row, line, refused in lines if refused]


def _table(snapshot: Snapshot, listed: Listed, used: set[str]) -> tuple[CleanTable, list[Violation]]:
    """One table's text and the accidents in it; an unreadable table when its file is not there or is no CSV."""
    path = listed.place.file
    broken = CleanTable(listed.name, listed.place, listed.schema, readable=False)
    if path in snapshot.unreadable:
        return broken, [violation("file-unreadable", listed.place, reason=snapshot.unreadable[path])]
    if path not in snapshot.files:
        return broken, [_missing(snapshot, listed.place, used)]
    raw, problems = read_csv(listed.place, snapshot.files[path])
    if raw is None:
        return broken, problems
    table, found = clean(listed.name, listed.place, listed.schema, raw)
    return table, problems + found


def _missing(snapshot: Snapshot, place: Place, used: set[str]) -> Violation:
    """A file that is not there, with the one that was probably meant: other case, other folder, a slip of the pen."""
    wanted = PurePosixPath(place.file)
    tables = [name for name in snapshot.names if not name.endswith(".json") and name not in used]
    for name in tables:
        if name.lower() == place.file.lower() or PurePosixPath(name).name.lower() == wanted.name.lower():
            return violation("file-missing", place, do="do_near", near=name, found=wanted.name)
        if PurePosixPath(name).stem.lower() == wanted.stem.lower():
            return violation("file-missing", place, do="do_format", near=name, found=wanted.name)
    near = get_close_matches(place.file, tables, n=1, cutoff=0.8)
    if near:
        return violation("file-missing", place, do="do_near", near=near[0], found=wanted.name)
    return violation("file-missing", place, found=wanted.name)


def _strays(snapshot: Snapshot, descriptor: Descriptor, problems: list[Violation]) -> list[Violation]:
    """Files nobody lists, but for those already named as what a missing file was meant to be."""
    named = " ".join(item.hint for item in problems if item.code == "file-missing")
    return [item for item in unlisted(snapshot, descriptor) if item.file not in named]
