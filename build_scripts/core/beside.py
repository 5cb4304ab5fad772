"""What stands beside the promises in a package of a day: breakdowns of its indicators, texts in other languages.

Gets a package already narrowed to the day, gives the same without what belongs to things that are not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from build_scripts.core.records import Package
from build_scripts.core.tables import TABLES

# A key of several columns is written in one cell, its parts joined by this.
KEY_JOINER = ";"
# The descriptor's own texts are translated under this name of a table.
DESCRIPTOR_TABLE = "datapackage"


def without_strangers(package: Package, gone: frozenset[str]) -> Package:
    """`package` without what is said of targets, indicators or regions that it does not have (`gone`)."""
    if package.official_judgements:
        targets = {each.target_id for each in (*package.targets, *package.withdrawn)}
        judged = tuple(each for each in package.official_judgements if each.target_id in targets)
        package = replace(package, official_judgements=judged)
    if not package.series and not package.breakdowns:
        return package
    there = package.indicator_by_id
    series = tuple(each for each in package.series if each.indicator_id in there)
    known = {each.series_id for each in series}
    return replace(
        package,
        series=series,
        series_dimensions=tuple(each for each in package.series_dimensions if each.series_id in known),
        breakdowns=tuple(each for each in package.breakdowns if each.series_id in known and each.region_id not in gone),
    )


def without_unsaid(package: Package, whole: Package) -> Package:
    """`package` with only the translations of texts it has; one of a row that `whole` lacks too is left alone."""
    if not package.translations or package.translations is not whole.translations:
        return package
    named = {each.table for each in package.translations} & TABLES.keys()
    gone = {name: row_keys(whole, name).keys() - row_keys(package, name).keys() for name in named}
    return replace(
        package,
        translations=tuple(each for each in package.translations if each.key not in gone.get(each.table, ())),
    )


def row_keys(package: Package, table: str) -> Mapping[str, object]:
    """The rows of a table by their key as a translation writes it."""
    columns = TABLES[table].key
    keys = attrgetter(*columns)
    rows = package.table(table)
    if len(columns) == 1:
        return {str(keys(row)): row for row in rows}
    return {KEY_JOINER.join(map(str, keys(row))): row for row in rows}
