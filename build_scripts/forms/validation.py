"""The drop-downs and limits on a form's entry cells. Gets a filled sheet and its `UnitForms`, changes the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from build_scripts.core.method import PROBLEM_STATES, TASK_STATES
from build_scripts.core.periods import key_of
from build_scripts.forms.content import UnitForms
from build_scripts.forms.layout import (
    FIRST_ROW,
    HEAD,
    HEAD_ROW,
    META_PROJECTS,
    META_UNITS,
    NO_LEAD,
    NOTE_LIMIT,
    OBS_STATUSES,
    Form,
    labels,
)
from build_scripts.forms.locate import Located
from build_scripts.locale import period as in_words
from build_scripts.locale import t

_CHOICES = {
    Form.INDICATORS: ("obs_status", "obs_status", OBS_STATUSES),
    Form.TASKS: ("state", "task_state", TASK_STATES),
    Form.PROBLEMS: ("state", "problem_state", PROBLEM_STATES),
}
# Days a clerk may write: wide enough for every deadline, narrow enough to catch 1900 and 2204.
_FIRST_DAY, _LAST_DAY = "DATE(2010,1,1)", "DATE(2049,12,31)"
_MOST = 10**12


def period_label(code: str) -> str:
    """A period as its drop-down shows it."""
    return in_words(key_of(code)) if code else ""


def add_validations(sheet: Worksheet, form: Form, forms: UnitForms, last: int) -> None:
    """Put every drop-down, number and day limit of a form on rows `FIRST_ROW` to `last`, and on the head cells."""
    for code, rule in _rules(form):
        _over_column(sheet, form, code, rule, last)
    if form is Form.INDICATORS:
        _periods(sheet, forms)
        _head(sheet, forms)
    elif form is Form.PROBLEMS and forms.projects:
        names = _range(META_PROJECTS, len(forms.projects))
        _over_column(sheet, form, "project", _list_from(names), last, first=FIRST_ROW + len(forms.problems))


def restore_validations(sheet: Worksheet, located: Located) -> None:
    """Put drop-downs and limits back on a form that came in a format of which no reader tells them."""
    last = max(located.grid.rows, located.first_row)
    for code, rule in _rules(located.form):
        if column := located.columns.get(code):
            letter = get_column_letter(column)
            rule.add(f"{letter}{located.first_row}:{letter}{last}")
            sheet.add_data_validation(rule)


def _rules(form: Form) -> Iterator[tuple[str, DataValidation]]:
    """What is checked in a form's own columns, whatever its rows are."""
    column, family, codes = _CHOICES[form]
    yield column, _list(labels(family, codes).values())
    made = {"date": _day, "number": _number, "tick": lambda: _list([t("forms.nothing_new_yes")]), "note": _text}
    for item in form.columns:
        if item.entry and item.kind in made:
            yield item.code, made[item.kind]()


def _periods(sheet: Worksheet, forms: UnitForms) -> None:
    """One drop-down per distinct choice of periods; another period may be typed after a warning."""
    letter = get_column_letter(Form.INDICATORS.letter("period"))
    lists: dict[tuple[str, ...], DataValidation] = {}
    for number, row in enumerate(forms.indicators, start=FIRST_ROW):
        if row.periods not in lists:
            lists[row.periods] = _list(map(period_label, row.periods))
            lists[row.periods].errorStyle = "warning"
            lists[row.periods].error = t("forms.validation.period")
        lists[row.periods].add(f"{letter}{number}")
    for rule in lists.values():
        sheet.add_data_validation(rule)


def _head(sheet: Worksheet, forms: UnitForms) -> None:
    rules = {"filled_on": _day(), "nothing_new": _list([t("forms.nothing_new_yes")])}
    if forms.unit_id == NO_LEAD:
        # Any body may report what nobody leads: another name may be typed after a warning.
        rules["unit"] = _list_from(_range(META_UNITS, len(forms.unit_names)))
        rules["unit"].errorStyle, rules["unit"].error = "warning", t("forms.validation.unit")
    for item in HEAD[Form.INDICATORS]:
        if item.code in rules:
            rules[item.code].add(f"{get_column_letter(item.value[0])}{HEAD_ROW}")
            sheet.add_data_validation(rules[item.code])


def _over_column(
    sheet: Worksheet, form: Form, code: str, rule: DataValidation, last: int, first: int = FIRST_ROW
) -> None:
    letter = get_column_letter(form.letter(code))
    rule.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(rule)


def _range(column: int, count: int) -> str:
    letter = get_column_letter(column)
    return f"'{t('forms.sheet.meta')}'!${letter}$2:${letter}${count + 1}"


def _list(words: Iterable[str]) -> DataValidation:
    return _list_from('"' + ",".join(words) + '"')


def _list_from(formula: str) -> DataValidation:
    return _rule(DataValidation(type="list", formula1=formula, allow_blank=True), "list")


def _number() -> DataValidation:
    return _rule(
        DataValidation(type="decimal", operator="between", formula1=str(-_MOST), formula2=str(_MOST)), "number"
    )


def _day() -> DataValidation:
    return _rule(DataValidation(type="date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY), "date")


def _text() -> DataValidation:
    rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(NOTE_LIMIT))
    return _rule(rule, "text")


def _rule(rule: DataValidation, sentence: str) -> DataValidation:
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.errorTitle = t("forms.validation.title")
    rule.error = t(f"forms.validation.{sentence}", limit=NOTE_LIMIT)
    return rule
