"""Which column of somebody's table is what. Gets the table's cells, gives `Columns` with an account of each column.

Headings say most. Where one may mean two things (`Target` is a name or a figure, `Objective` a group or a name), the
cells below and the other columns decide. What was concluded so is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

import pandas as pd

from build_scripts.importing.figures import comparator_words, read_figure
from build_scripts.importing.header_lines import find_header, unit_above
from build_scripts.importing.headings import (
    ACTUAL,
    ALSO,
    BASE,
    BY,
    CURRENT,
    FIELDS,
    FORECAST,
    GROUP,
    IGNORED,
    TARGET,
    Heading,
    Meanings,
    is_unit,
    read_heading,
)
from build_scripts.importing.periods import read_period
from build_scripts.locale import read_words, t

_LETTERS = 26
# Two years alone, so far apart, are where a plan starts and where it wants to be.
_GAP = 2
# So many cells say what a column holds.
_LOOKED_AT = 200
_BEFORE = re.compile(r"^[^\d]*")
_NO_WORD = re.compile(r"[\W_]+|(?:[A-Z]{1,3})?[£$€¥]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it stands, its heading, what that means, and the cells in it that are not empty."""

    place: int
    heading: Heading
    meaning: str
    cells: tuple[str, ...]

    @property
    def title(self) -> str:
        """How the account names it: by its heading, or by its letter."""
        letters, place = "", self.place + 1
        while place:
            place, rest = divmod(place - 1, _LETTERS)
            letters = chr(ord("A") + rest) + letters
        return self.heading.title or t("importing.column_at", letter=letters)

    def mostly(self, test: Callable[[str], object]) -> bool:
        """Whether a test holds for half of the cells at least."""
        return bool(self.cells) and 2 * sum(bool(test(cell)) for cell in self.cells) >= len(self.cells)

    @property
    def is_figures(self) -> bool:
        """Whether its cells are figures, not sentences in which a figure stands."""
        return self.mostly(lambda cell: _begins(cell) and read_figure(cell))

    @property
    def has_figures(self) -> bool:
        """Whether its cells hold one figure each, in whatever words."""
        return self.mostly(read_figure)

    @property
    def is_plain_year(self) -> bool:
        """Whether its heading is a year and nothing else."""
        return self.heading.is_year


def _begins(cell: str) -> bool:
    """Whether a cell begins with its figure, or with words that compare: `600 homes`, `at least 60%`, `不少于12个`."""
    found = _BEFORE.match(cell)
    before = found.group().strip().lower() if found else ""
    return not before or _NO_WORD.fullmatch(before.upper()) is not None or before in comparator_words()


@dataclass
class Columns:
    """What each column is.

    `titles` are their headings, by place; `fields` the places by field; `years` those of figures, with their year;
    `also` those that go into the note, with their titles. `given` is what headings say for all rows. `account` says
    of each column what it became; `guessed` are columns that are what they are by a conclusion; `left` those not used,
    each with a reason.
    """

    header: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    also: dict[int, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    account: list[tuple[str, str]] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    guessed: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)

    @property
    def known(self) -> int:
        """How many columns are used."""
        return len({*self.fields.values(), *self.years, *self.also})


def find_columns(raw: pd.DataFrame) -> Columns:
    """Find the header line of a table, and what each of its columns is."""
    if not len(raw):
        return Columns()
    meanings = Meanings()
    header, headings = find_header(raw, meanings)
    columns = _Decision(header, tuple(_read(raw, header, headings, meanings))).columns
    if not columns.given.get("unit") and "unit" not in columns.fields and (unit := unit_above(raw, header)):
        columns.given["unit"] = unit
        columns.guessed.append((unit, "unit_above"))
    return columns


def _read(raw: pd.DataFrame, header: int, headings: list[str], meanings: Meanings) -> Iterator[Column]:
    body = raw.iloc[header + 1 :]
    for place, text in zip(raw.columns, headings, strict=True):
        heading = read_heading(text)
        cells = tuple(cell for cell in (str(each).strip() for each in body[place]) if cell)
        yield Column(int(str(place)), heading, meanings.of(heading), cells[:_LOOKED_AT])


class _Decision:
    """The columns of one table while it is decided what each is."""

    def __init__(self, header: int, every: tuple[Column, ...]) -> None:
        self.columns = Columns(header, titles={each.place: each.title for each in every})
        self.every = every
        self.open = [each for each in every if each.heading.title or each.cells]
        self.became: dict[int, list[str]] = {}
        self.unused: set[int] = set()
        for decide in (self._asides, self._bases, self._fields, self._value, self._name, self._group, self._years):
            decide()
        self._unit()
        self._rest()
        self._account()

    def take(self, name: str, column: Column, guess: str = "") -> None:
        """Let a column be a field; `guess` is the code of the conclusion, where its heading alone does not say so."""
        self.columns.fields[name] = column.place
        self.say(column, name)
        if guess:
            self.columns.guessed.append((column.title, guess))

    def say(self, column: Column, name: str) -> None:
        """Note what a column has become, with the year its heading names."""
        words = t(f"importing.field.{name}")
        dated = name in {"value", "baseline_value", "figures"} and column.heading.period
        year = t("importing.field_of", what=words, year=column.heading.period) if dated else words
        self.became.setdefault(column.place, []).append(year)
        self.open = [each for each in self.open if each.place != column.place]

    def leave(self, column: Column, reason: str, **facts: str) -> None:
        """Note why a column is not used."""
        self.columns.left.append((column.title, reason, facts))
        self.unused.add(column.place)
        self.open = [each for each in self.open if each.place != column.place]

    def has(self, *names: str) -> bool:
        """Whether one of the fields has its column."""
        return any(name in self.columns.fields for name in names)

    def of(self, *meanings: str) -> list[Column]:
        """The columns still open that may mean one of these, those of the first meaning first."""
        return [each for meaning in meanings for each in self.open if each.meaning == meaning]

    def _asides(self) -> None:
        """Numbers of rows, and what goes into the note."""
        for column in self.of(IGNORED):
            self.became[column.place] = [t("importing.field.ignored")]
            self.open.remove(column)
        for column in self.of(ALSO):
            self.columns.also[column.place] = column.title
            self.say(column, "also")

    def _bases(self) -> None:
        for column in self.of(BASE, "baseline_value"):
            years = column.mostly(lambda cell: read_period(cell, 1)) and not column.heading.period
            name = "baseline_year" if column.meaning == BASE and years else "baseline_value"
            if not self.has(name):
                self.take(name, column)
                if column.heading.period:
                    self.columns.given["baseline_year"] = column.heading.period

    def _fields(self) -> None:
        for column in self.of("unit"):
            if not column.mostly(is_unit) and column.mostly(_names_a_body):
                self.open[self.open.index(column)] = replace(column, meaning="lead")
        if self.of("value") and not all(each.is_figures for each in self.of(TARGET)):
            # Beside targets in words with figures of their own, a task is what targets belong to.
            for column in [
                each for each in self.of("name") if each.heading.words in read_words("importing.heading.task")
            ]:
                self.open[self.open.index(column)] = replace(column, meaning=GROUP)
        for column in self.of(*FIELDS):
            if not self.has(column.meaning) and not (column.meaning == "value" and column.heading.period):
                self.take(column.meaning, column)

    def _value(self) -> None:
        """The target value: a column named so, that of the last year, one whose cells are figures."""
        dated = [each for each in self.of("value", TARGET, BY, GROUP) if self._is_promise(each)]
        dated.sort(key=lambda each: each.heading.period)
        plain = [each for each in self.of(TARGET, GROUP) if not each.heading.period]
        named = self.has("name", "indicator")
        if not self.has("value"):
            chosen = next((each for each in plain if each.is_figures), None)
            chosen = chosen or (dated.pop() if dated else None)
            worded = [each for each in plain if each.meaning == TARGET and named and each.has_figures]
            chosen = chosen or next(iter(worded), None)
            if chosen:
                self.take("value", chosen)
                if chosen.heading.period:
                    self.columns.given["target_year"] = chosen.heading.period
            else:
                self._last_year()
        for column in dated:
            self.leave(column, "interim", year=column.heading.period)

    @staticmethod
    def _is_promise(column: Column) -> bool:
        """Whether a heading names the year of what is promised."""
        return bool(column.heading.period) and (column.meaning != GROUP or column.is_figures)

    def _last_year(self) -> None:
        """Of two years alone the later is the target; so is the last of several that stands apart from the rest."""
        years = sorted((each for each in self.open if each.is_plain_year), key=lambda each: each.heading.period)
        if len(years) < 2 or int(years[-1].heading.period[:4]) - int(years[-2].heading.period[:4]) < _GAP:
            return
        self.take("value", years[-1], "last_year")
        self.columns.given["target_year"] = years[-1].heading.period
        if len(years) == 2 and not self.has("baseline_value"):
            self._as_base(years[0])

    def _as_base(self, column: Column) -> None:
        """Let a column of figures be the baseline, too."""
        self.take("baseline_value", column)
        self.columns.given["baseline_year"] = column.heading.period
        self.columns.years[column.place] = column.heading.period

    def _name(self) -> None:
        """The target's name: a column named so, targets in words, the indicator, else the closest group."""
        fields = self.columns.fields
        if not self.has("name"):
            words = self.of(TARGET)
            groups = self.of(GROUP)
            if words:
                self.take("name", words[0])
            elif "indicator" in fields:
                self.take("name", self._at(fields["indicator"]), "name_indicator")
            elif groups:
                self.take("name", groups[-1])
        name = self._at(fields["name"]) if "name" in fields else None
        if name and not self.has("value") and name.has_figures:
            self.take("value", name, "value_in_name")

    def _at(self, place: int) -> Column:
        return next(each for each in self.every if each.place == place)

    def _group(self) -> None:
        groups = self.of(GROUP)
        if groups and not self.has("project"):
            self.take("project", groups[0])

    def _years(self) -> None:
        """Figures under their years; what is true now is the baseline where no other column is."""
        for column in list(self.open):
            if column.is_plain_year or (column.meaning in {ACTUAL, CURRENT} and column.heading.period):
                self.columns.years[column.place] = column.heading.period
                self.say(column, "figures")
                if column.meaning == CURRENT and not self.has("baseline_value"):
                    self.take("baseline_value", column)
                    self.columns.given["baseline_year"] = column.heading.period

    def _unit(self) -> None:
        """The unit in the brackets of the target value, or of the baseline."""
        if self.has("unit"):
            return
        places = [self.columns.fields[name] for name in ("value", "baseline_value") if self.has(name)]
        for column in map(self._at, places):
            if column.heading.unit:
                self.columns.given["unit"] = column.heading.unit
                self.became[column.place].append(t("importing.field_unit", unit=column.heading.unit))
                return

    def _rest(self) -> None:
        """Why each of the others is not used."""
        fields = self.columns.fields
        stands_for = {GROUP: "project", TARGET: "name", BASE: "baseline_value"}
        for column in list(self.open):
            name = stands_for.get(column.meaning, column.meaning)
            if column.meaning == FORECAST:
                self.leave(column, "forecast")
            elif column.meaning in {ACTUAL, CURRENT, BY}:
                self.leave(column, "undated")
            elif name in fields:
                facts = {"other": self._at(fields[name]).title, "what": t(f"importing.field.{name}")}
                self.leave(column, "column_twice", **facts)
            else:
                self.leave(column, "column")

    def _account(self) -> None:
        """What each column became, in their order."""
        for column in self.every:
            if column.place in self.became:
                self.columns.account.append((column.title, reduce(_both, dict.fromkeys(self.became[column.place]))))
            elif column.place in self.unused:
                self.columns.account.append((column.title, t("importing.field.unused")))


def _names_a_body(text: str) -> bool:
    """Whether a cell is the name of an authority: 单位 heads such columns as well as those of units."""
    return re.search(t("forms.public_body"), text) is not None


def _both(first: str, second: str) -> str:
    return t("importing.both", first=first, second=second)
