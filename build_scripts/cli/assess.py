"""The `assess` verb."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.assess import assess_groups, assess_package, assess_tasks
from build_scripts.assess.vectors import OUTPUT_COLUMNS, verdict_cells
from build_scripts.checks import load_package
from build_scripts.cli.ahead import say_ahead
from build_scripts.cli.clock import today
from build_scripts.cli.options import PACKAGE_DEFAULT, AsOfOption, KnownOption, PackageOption, TableFormat, settings
from build_scripts.cli.vector_file import assess_file
from build_scripts.core.asof import asof
from build_scripts.core.method import METHOD_VERSION, Assessment
from build_scripts.core.periods import as_written, written
from build_scripts.core.records import Package
from build_scripts.explain import explain, periods_of, unlock
from build_scripts.locale import t
from build_scripts.locale.pub_date import undated

FormatOption = Annotated[TableFormat, typer.Option("--format", help=t("cli.option.assess_format"))]
VectorsOption = Annotated[Path | None, typer.Option("--vectors", metavar="FILE", help=t("cli.option.vectors"))]
COLUMNS = ("target_id", *OUTPUT_COLUMNS[1:], "period", "value", "source_id")


def assess(
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    output: FormatOption = TableFormat.CSV,
    vectors: VectorsOption = None,
    known: KnownOption = None,
) -> None:
    """Assess every target, named work and group of areas by the published method."""
    if vectors is not None:
        _assess_vectors(vectors, output)
        return
    chosen = settings(package, as_of, known=known)
    say_ahead(chosen)
    # What was published cannot be dated after the real day; an old --as-of only hides newer figures.
    records = asof(load_package(chosen.package_dir, max(today(), chosen.as_of)), chosen.as_of, chosen.known)
    targets = assess_package(records, chosen.as_of)
    groups = {key: group.assessment for key, group in assess_groups(records, chosen.as_of, targets).items()}
    verdicts = [*targets.items(), *assess_tasks(records, chosen.as_of).items(), *groups.items()]
    if output is TableFormat.CSV:
        _write_csv(COLUMNS, ({"target_id": key, **_cells(verdict)} for key, verdict in verdicts))
    else:
        _write_json([_object(records, key, verdict, chosen.as_of.isoformat()) for key, verdict in verdicts])


def _assess_vectors(path: Path, output: TableFormat) -> None:
    """One row a vector; rows that cannot be read are named on standard error, and the exit code is then 1."""
    rows, problems = assess_file(path)
    if output is TableFormat.CSV:
        _write_csv(OUTPUT_COLUMNS, rows)
    else:
        _write_json(rows)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if problems:
        raise typer.Exit(1)


def _cells(verdict: Assessment) -> dict[str, str]:
    """A verdict as text cells, with the figure it stands on."""
    return {
        **verdict_cells(verdict),
        "period": written(verdict.period or ""),
        "value": f"{verdict.value:f}" if verdict.value is not None else "",
        "source_id": verdict.source_id or "",
    }


def _object(package: Package, key: str, verdict: Assessment, as_of: str) -> dict[str, object]:
    """A verdict as JSON: the same fields with nulls, and the steps as data and in words."""
    target = package.target_by_id.get(key)
    titles = {source_id: source.title for source_id, source in package.source_by_id.items()}
    titles |= {target_id: target.name for target_id, target in package.target_by_id.items()}
    unit = package.indicator_by_id[target.indicator_id].unit if target else ""
    periods = periods_of(target) if target else ()
    sentences = explain(verdict, unit=unit, titles=titles, undated=undated(package), periods=periods)
    return {
        "target_id": key,
        "as_of": as_of,
        "method_version": METHOD_VERSION,
        **{name: cell or None for name, cell in _cells(verdict).items()},
        "flags": list(verdict.flags),
        "source_ids": list(verdict.source_ids),
        "steps": [
            {
                "code": step.code,
                "rule": step.rule,
                "values": {name: as_written(value) for name, value in step.values},
            }
            for step in verdict.steps
        ],
        "explanation": list(sentences),
        "unlock": unlock(target, verdict, package) if target else "",
    }


def _write_csv(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    writer = csv.DictWriter(sys.stdout, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _write_json(rows: list[dict[str, object]] | list[dict[str, str]]) -> None:
    sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n")
