"""One unit's workbook: three sheets to fill, what the unit shares, how to fill, and a hidden sheet for the way back.

Gets `UnitForms` and the package's hash, gives an openpyxl workbook. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from build_scripts.forms import styles, validation
from build_scripts.forms.content import UnitForms
from build_scripts.forms.grid import as_text
from build_scripts.forms.layout import (
    FIRST_ROW,
    FORM_VERSION,
    HEAD,
    HEAD_ROW,
    HEADER_ROW,
    META_FORM,
    META_KEY,
    META_NAME,
    META_PROJECTS,
    META_UNITS,
    META_VALUES,
    NEW_PROBLEM_ROWS,
    NO_LEAD,
    PROBLEM_FACTS,
    SHARED_COLUMNS,
    Column,
    Form,
    HeadField,
)
from build_scripts.forms.prefilled import pack
from build_scripts.locale import day, t

# A4 upright has room for this without shrinking: LibreOffice cuts a single wider column off instead of fitting it.
_HOWTO_WIDTH = 76


def make_workbook(forms: UnitForms, package_hash: str) -> Workbook:
    """The workbook a unit gets: its three forms, what it shares with others, how to fill, and the hidden sheet."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for form in Form:
        _form_sheet(workbook.create_sheet(form.sheet), form, forms)
    if forms.shared:
        _shared_sheet(workbook.create_sheet(t("forms.sheet.shared")), forms)
    _howto_sheet(workbook.create_sheet(t("forms.sheet.howto")))
    _meta_sheet(workbook.create_sheet(t("forms.sheet.meta")), forms, package_hash)
    workbook.active = 0
    return workbook


def _form_sheet(sheet: Worksheet, form: Form, forms: UnitForms) -> None:
    rows: tuple[object, ...] = getattr(forms, form)
    last = FIRST_ROW + len(rows) - 1
    if form is Form.PROBLEMS:
        last += NEW_PROBLEM_ROWS
    _head(sheet, form, forms)
    _header(sheet, form.columns)
    for offset, row in enumerate(rows):
        _row(sheet, form, FIRST_ROW + offset, offset + 1, row)
    for number in range(FIRST_ROW + len(rows), last + 1):
        _blank_row(sheet, form, number, number - FIRST_ROW + 1)
    if last < FIRST_ROW:
        last = FIRST_ROW
        _note_line(sheet, FIRST_ROW, len(form.columns), t("forms.head.no_rows"))
    else:
        validation.add_validations(sheet, form, forms, last)
    _count(sheet, form, last, len(rows))
    sheet.column_dimensions["A"].hidden = True
    name = form.letter("title" if form is Form.PROBLEMS else "name")
    sheet.freeze_panes = f"{get_column_letter(name + 1)}{FIRST_ROW}"
    _print_set_up(sheet, last, len(form.columns))


def _head(sheet: Worksheet, form: Form, forms: UnitForms) -> None:
    """Rows 1 to 4: title, period, who fills it in, what to fill."""
    width = len(form.columns)
    title = "forms.head.title"
    if forms.unit_id == NO_LEAD:
        title = "forms.head.title_no_lead_of" if forms.project else "forms.head.title_no_lead"
    facts = {"unit": forms.unit, "project": forms.project, "period": forms.period.words}
    _title(sheet, width, t(title, **facts, sheet=form.sheet))
    words = [t("forms.head.period", period=forms.period.words), t("forms.head.exported", day=day(forms.as_of))]
    _note_line(sheet, 2, width, "　　".join(words))
    sheet.row_dimensions[HEAD_ROW].height = 24
    for item in HEAD[form]:
        _head_field(sheet, form, item, forms)


def _head_field(sheet: Worksheet, form: Form, item: HeadField, forms: UnitForms) -> None:
    for span in (item.label, item.value):
        if span[1] > span[0]:
            sheet.merge_cells(start_row=HEAD_ROW, end_row=HEAD_ROW, start_column=span[0], end_column=span[1])
    label = sheet.cell(HEAD_ROW, item.label[0])
    styles.put(label, t(f"forms.head.{item.code}"))
    label.font, label.alignment = styles.HEADER_FONT, styles.RIGHT
    cell = sheet.cell(HEAD_ROW, item.value[0])
    known_unit = item.code == "unit" and forms.unit_id != NO_LEAD
    entry = form is Form.INDICATORS and not known_unit
    for column in range(item.value[0], item.value[1] + 1):
        styles.dress(sheet.cell(HEAD_ROW, column), centred=True, entry=entry)
    if known_unit:
        styles.put(cell, forms.unit)
    elif form is not Form.INDICATORS:
        original = next(other for other in HEAD[Form.INDICATORS] if other.code == item.code)
        source = f"'{Form.INDICATORS.sheet}'!${get_column_letter(original.value[0])}${HEAD_ROW}"
        styles.compute(cell, f'=IF({source}="","",{source})')
    cell.number_format = styles.DATE_FORMAT if item.code == "filled_on" else styles.TEXT_FORMAT if entry else "General"


def _header(sheet: Worksheet, columns: tuple[Column, ...], row: int = HEADER_ROW, group: str = "") -> None:
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(row, number)
        styles.put(cell, t(f"forms.column.{group or Form(_form_of(columns))}.{column.code}"))
        cell.font, cell.border, cell.alignment = styles.HEADER_FONT, styles.BORDER, styles.CENTRE
        cell.fill = styles.ENTRY_HEADER_FILL if column.entry else styles.HEADER_FILL
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[row].height = 2 * styles.LINE_HEIGHT + 6


def _form_of(columns: tuple[Column, ...]) -> Form:
    return next(form for form in Form if form.columns is columns)


def _row(sheet: Worksheet, form: Form, number: int, index: int, row: object) -> None:
    """A prefilled row; cells the clerk fills stay empty but for the period that is most likely meant."""
    texts: list[tuple[str, float]] = []
    for position, column in enumerate(form.columns, start=1):
        cell = sheet.cell(number, position)
        known = form is Form.PROBLEMS and column.code in PROBLEM_FACTS
        entry = column.entry and not known
        styles.dress(cell, centred=column.centred, number=column.kind == "number", entry=entry)
        if column.code == "index":
            styles.put(cell, index)
        elif column.code == "period":
            styles.put(cell, validation.period_label(getattr(row, "period", "")))
        elif not entry:
            value = getattr(row, column.code)
            styles.put(cell, value)
            if isinstance(value, str) and column.code != "key":
                texts.append((value, column.width))
        _entry_format(cell.coordinate, sheet, column, entry=entry)
    sheet.row_dimensions[number].height = styles.row_height(texts, least=2)


def _blank_row(sheet: Worksheet, form: Form, number: int, index: int) -> None:
    for position, column in enumerate(form.columns, start=1):
        cell = sheet.cell(number, position)
        styles.dress(cell, centred=column.centred, number=column.kind == "number", entry=column.entry)
        if column.code == "index":
            styles.put(cell, index)
        _entry_format(cell.coordinate, sheet, column, entry=column.entry)
    sheet.row_dimensions[number].height = styles.row_height([], least=2)


def _entry_format(where: str, sheet: Worksheet, column: Column, *, entry: bool) -> None:
    """Text format keeps a spreadsheet from turning `2026-10` into a day; day cells show the day as it is stored."""
    if not entry:
        return
    if column.kind == "date":
        sheet[where].number_format = styles.DATE_FORMAT
    elif column.kind in {"period", "note", "choice"}:
        sheet[where].number_format = styles.TEXT_FORMAT


def _count(sheet: Worksheet, form: Form, last: int, total: int) -> None:
    """Row 4: how many rows are filled, counted by the spreadsheet, and which cells to fill."""
    letter = get_column_letter(form.letter("value" if form is Form.INDICATORS else "state"))
    words = t("forms.head.filled_count", cells=f"{letter}{FIRST_ROW}:{letter}{last}", total=total)
    styles.compute(_note_line(sheet, 4, len(form.columns)), f'={words}&"　　{t("forms.head.only_yellow")}"')


def _title(sheet: Worksheet, width: int, text: str) -> None:
    sheet.merge_cells(start_row=1, end_row=1, start_column=2, end_column=width)
    cell = sheet.cell(1, 2)
    styles.put(cell, text)
    cell.font, cell.alignment = styles.TITLE_FONT, styles.CENTRE
    sheet.row_dimensions[1].height = 30


def _note_line(sheet: Worksheet, row: int, width: int, text: str = "") -> Cell | MergedCell:
    """A line over the whole width; gives its cell, for what is no text."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=width)
    cell = sheet.cell(row, 2)
    styles.put(cell, text)
    cell.font, cell.alignment = styles.SMALL_FONT, styles.LEFT
    return cell


def _shared_sheet(sheet: Worksheet, forms: UnitForms) -> None:
    """What others report on projects this unit has a part in; nothing to fill."""
    width = len(SHARED_COLUMNS)
    _title(sheet, width, t("forms.head.title", unit=forms.unit, period="", sheet=t("forms.sheet.shared")))
    _note_line(sheet, 2, width, t("forms.head.shared"))
    _header(sheet, SHARED_COLUMNS, row=3, group="shared")
    for index, row in enumerate(forms.shared, start=1):
        texts = []
        for position, column in enumerate(SHARED_COLUMNS, start=1):
            cell = sheet.cell(3 + index, position)
            styles.dress(cell, centred=column.centred, number=column.kind == "number")
            value = index if column.code == "index" else getattr(row, column.code)
            styles.put(cell, value)
            texts.append((str(value), column.width))
        sheet.row_dimensions[3 + index].height = styles.row_height(texts)
    sheet.freeze_panes = "A4"
    _print_set_up(sheet, 3 + len(forms.shared), width, header=3, first_column="A")


def _howto_sheet(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = _HOWTO_WIDTH
    styles.put(sheet.cell(1, 1), t("forms.howto.title"))
    sheet.cell(1, 1).font = styles.TITLE_FONT
    for number, line in enumerate(t("forms.howto.lines").strip().split("\n"), start=2):
        cell = sheet.cell(number, 1)
        styles.put(cell, line)
        cell.font, cell.alignment = styles.BODY_FONT, styles.LEFT
        sheet.row_dimensions[number].height = styles.row_height([(line, _HOWTO_WIDTH)])
    sheet.protection.sheet = True
    styles.fit_to_page(sheet)


def _meta_sheet(sheet: Worksheet, forms: UnitForms, package_hash: str) -> None:
    """What the way back needs: which form this is, of which data, and which row is which."""
    facts = {
        "form_version": str(FORM_VERSION),
        "package_hash": package_hash,
        "unit_id": forms.unit_id,
        "period": forms.period.code,
        "as_of": forms.as_of.isoformat(),
    }
    for number, (name, value) in enumerate(facts.items(), start=1):
        styles.put(sheet.cell(number, 1), name)
        styles.put(sheet.cell(number, 2), value)
    for column, names in ((META_PROJECTS, forms.projects), (META_UNITS, forms.unit_names)):
        for number, name in enumerate(names, start=2):
            styles.put(sheet.cell(number, column), name)
    number = 2
    for form in Form:
        for row in getattr(forms, form):
            values = (form.value, row.key, getattr(row, "name", None) or row.title)
            for column, value in zip((META_FORM, META_KEY, META_NAME), values, strict=True):
                styles.put(sheet.cell(number, column), value)
            for column, value in enumerate(_prefilled(form, row), start=META_VALUES):
                styles.put(sheet.cell(number, column), value)
            number += 1
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _prefilled(form: Form, row: object) -> Iterator[str]:
    """What a row's cells go out with, field by field, as the hidden sheet keeps it."""
    for column in form.columns:
        if column.code not in {"key", "index"} and hasattr(row, column.code):
            yield pack(column.code, as_text(getattr(row, column.code)))


def _print_set_up(
    sheet: Worksheet, last: int, width: int, *, header: int = HEADER_ROW, first_column: str = "B"
) -> None:
    """Locked, landscape A4, one page wide, header row on every page."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"{first_column}1:{get_column_letter(width)}{last}"
    styles.fit_to_page(sheet, landscape=True)
