"""Contract 2.0: what it adds is optional, so that an older package loads as before; what is given is kept."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import packages
import pytest

from build_scripts.core.records import Package
from build_scripts.load import read, records

NEW_FIELDS = {
    "observations": ("recorded_on",),
    "task_events": ("recorded_on",),
    "problem_events": ("recorded_on",),
    "indicators": ("nature", "additive", "min", "max", "interval_months"),
    "targets": ("promise", "quote", "path"),
    "sources": ("kind", "accessed", "original_title"),
}


def loaded(folder: Path) -> Package:
    tables = read(folder)
    assert tables.problems == ()
    return records(tables)


def without(table: str, names: tuple[str, ...]) -> packages.Change:
    """The schema of contract 1.x: no such fields."""

    def edit(schema: dict) -> None:
        schema["fields"] = [field for field in schema["fields"] if field["name"] not in names]

    return packages.schema(table, edit)


def unlisted(meta: dict) -> None:
    del meta["contract"]
    meta["resources"] = [each for each in meta["resources"] if each["name"] != "searches"]


def column(table: str, name: str, *values: str) -> packages.Change:
    """Add a column to a table's file; rows without a value stay empty."""

    def edit(content: bytes) -> bytes:
        lines = content.decode().splitlines()
        cells = [name, *values, *[""] * (len(lines) - 1 - len(values))]
        return "".join(f"{line},{cell}\n" for line, cell in zip(lines, cells, strict=True)).encode()

    return packages.data(packages.path_of(table), edit)


def test_a_package_of_contract_one_loads_unchanged(tmp_path: Path) -> None:
    old = [without(table, names) for table, names in NEW_FIELDS.items()]
    package = loaded(
        packages.write_package(
            tmp_path / "old", *old, packages.descriptor(unlisted), packages.remove("progress/searches.csv")
        )
    )
    assert package.searches == ()
    first = package.observations[0]
    assert first.recorded_on is None
    assert first.known_from == first.pub
    indicator = package.indicators[0]
    assert (indicator.nature, indicator.additive, indicator.min, indicator.max, indicator.interval_months) == (
        "",
        None,
        None,
        None,
        None,
    )
    assert (package.targets[0].promise, package.targets[0].quote, package.targets[0].path) == ("", "", "")
    assert (package.sources[0].kind, package.sources[0].accessed) == ("document", None)
    assert package.sources[0].original_title == ""


def test_a_file_may_lack_the_new_columns(tmp_path: Path) -> None:
    package = loaded(packages.write_package(tmp_path / "p"))
    assert package.task_events[0].known_from == package.task_events[0].pub
    assert package.sources[0].kind == "document"


def test_the_new_columns_are_kept(tmp_path: Path) -> None:
    package = loaded(
        packages.write_package(
            tmp_path / "p",
            column("observations", "recorded_on", "2022-05-05"),
            column("sources", "kind", "live"),
            column("sources", "accessed", "2022-05-06"),
            column("sources", "original_title", "A report"),
            column("indicators", "nature", "level"),
            column("indicators", "additive", "true"),
            column("indicators", "min", "0"),
            column("indicators", "max", "999.5"),
            column("indicators", "interval_months", "36"),
        )
    )
    assert package.observations[0].known_from == date(2022, 5, 5)
    assert (package.sources[0].kind, package.sources[0].accessed) == ("live", date(2022, 5, 6))
    assert package.sources[0].original_title == "A report"
    assert package.sources[1].kind == "document"
    indicator = package.indicators[0]
    assert (indicator.nature, indicator.additive, indicator.max) == ("level", True, Decimal("999.5"))
    assert (indicator.min, indicator.interval_months) == (Decimal(0), 36)


def test_a_search_is_a_row_that_names_what_was_looked_for(tmp_path: Path) -> None:
    package = loaded(packages.write_package(tmp_path / "p"))
    [search] = package.searches
    assert (search.plan_id, search.target_id, search.result) == ("test-plan", None, "not_found")
    assert search.known_from == search.date == date(2023, 2, 1)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"plan_id": "no-such-plan"}, "foreign-key"),
        ({"place_kind": "pub"}, "cell-enum"),
        ({"result": "found"}, "cell-enum"),
        ({"place": ""}, "cell-required"),
        ({"date": "2023-02-30"}, "cell-type"),
    ],
)
def test_a_search_is_held_to_its_schema(tmp_path: Path, cells: dict[str, str], code: str) -> None:
    changes = [packages.cell("searches", 2, name, value) for name, value in cells.items()]
    [found] = read(packages.write_package(tmp_path / "p", *changes)).problems
    assert (found.code, found.file, found.row) == (code, "progress/searches.csv", 2)


def test_longer_figures_and_units_are_let_in(tmp_path: Path) -> None:
    package = loaded(
        packages.write_package(
            tmp_path / "p",
            packages.cell("targets", 2, "figure_as_printed", "数" * 200),
            packages.cell("indicators", 2, "unit", "元" * 40),
            packages.cell("plans", 2, "doc_number", ""),
            packages.cell("plans", 2, "short_title", ""),
            packages.cell("projects", 2, "short_title", ""),
        )
    )
    assert package.plans[0].doc_number == ""


def test_the_real_package_is_of_contract_two() -> None:
    package_dir = packages.ROOT / "datapackage"
    assert json.loads((package_dir / "datapackage.json").read_text(encoding="utf-8"))["contract"] == "2.0"
    package = records(read(package_dir))
    assert package.searches
    rows = [*package.observations, *package.task_events, *package.problem_events, *package.searches]
    assert all(row.recorded_on for row in rows)


def test_what_many_governments_have_nothing_for_may_be_left_out(tmp_path: Path) -> None:
    lacking = {"plans": ("doc_number", "short_title"), "projects": ("short_title",), "regions": ("adcode",)}
    changes = [without(table, names) for table, names in lacking.items()]
    changes += [packages.no_column(table, name) for table, names in lacking.items() for name in names]
    package = loaded(packages.write_package(tmp_path / "p", *changes))
    plan, project, region = package.plans[0], package.projects[0], package.regions[0]
    assert (plan.doc_number, plan.name, project.name, region.adcode) == ("", plan.title, project.title, "")


def test_a_code_of_a_place_is_any_countrys(tmp_path: Path) -> None:
    package = loaded(packages.write_package(tmp_path / "p", packages.cell("regions", 3, "adcode", "CA-ON")))
    assert package.regions[1].adcode == "CA-ON"
