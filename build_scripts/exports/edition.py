"""One edition of the data: what may be published on one day. Gets a report, gives `Edition`.

Every download, API answer and catalogue entry is a pure function of an `Edition`, so two forms of the same table
cannot differ.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from build_scripts.assess import (
    GroupAssessment,
    SearchState,
    StatusAt,
    assess_groups,
    assess_tasks,
    disclosures,
)
from build_scripts.core.links import relative
from build_scripts.core.method import Assessment
from build_scripts.core.records import Observation, Package, Target
from build_scripts.core.standing import NO_STANDINGS, Key, Standings, standings
from build_scripts.core.tables import TABLES
from build_scripts.explain import explain, periods_of
from build_scripts.locale import t
from build_scripts.locale.pub_date import undated
from build_scripts.report import Report

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Edition:
    """The package of a day (`asof`), with the verdicts of that day.

    `schemas` are the package's Table Schemas by table name. `history` are the targets' verdicts on earlier days;
    `tasks` and `groups` the verdicts on named works and groups of regions, by id. `sentences` are the verdicts'
    explanations in words, one tuple of sentences a target. `base_url` is the absolute address of the site's root,
    ending in a slash, or `""` when it is not known; addresses in catalogues are then relative. `mail` is where to
    write about the data, `""` for nowhere. `let_out` is the content of every version let out so far, with the address
    of its zip. `doi` is the identifier of the data as a whole, `""` for none.
    """

    package: Package
    schemas: Mapping[str, Schema]
    assessments: Mapping[str, Assessment]
    as_of: date
    history: tuple[StatusAt, ...] = ()
    tasks: Mapping[str, Assessment] = field(default_factory=dict)
    groups: Mapping[str, GroupAssessment] = field(default_factory=dict)
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base_url: str = ""
    mail: str = ""
    let_out: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    doi: str = ""

    def __post_init__(self) -> None:
        if self.base_url and not self.base_url.endswith("/"):
            object.__setattr__(self, "base_url", f"{self.base_url}/")

    @property
    def name(self) -> str:
        """The package's machine name, which names its files: lower-case letters, digits, `.`, `_`, `-`."""
        return re.sub(r"[^a-z0-9._-]+", "-", str(self.package.meta.get("name") or "").lower()).strip("-.") or "package"

    @property
    def title(self) -> str:
        """The package's title for readers."""
        return str(self.package.meta.get("title") or self.name)

    @property
    def description(self) -> str:
        """What the package says of itself; its title when it says nothing."""
        return str(self.package.meta.get("description") or self.title)

    @property
    def keywords(self) -> tuple[str, ...]:
        """The descriptor's keywords."""
        return tuple(str(word) for word in _listed(self.package.meta, "keywords"))

    @property
    def number(self) -> str:
        """The package's calendar version (`2026.11`), or the edition's day written so when it has none."""
        return str(self.package.meta.get("version") or f"{self.as_of:%Y.%m.%d}")

    @property
    def version(self) -> str:
        """What this content is called: a version let out names its own bytes alone, anything later says so."""
        return t("opendata.version.later", version=self.number) if self.is_later else self.number

    @property
    def is_later(self) -> bool:
        """Whether the version has been let out with other content than this."""
        known = self.let_out.get(self.number)
        return known is not None and known[0] != self.content

    @property
    def kept_at(self) -> str:
        """The path of the zip in which just this content stays, or `""` when it has not been let out."""
        known = self.let_out.get(self.number)
        return known[1] if known is not None and known[0] == self.content else ""

    @cached_property
    def content(self) -> str:
        """A digest of every row of the package; empty cells do not count, so that a new column changes nothing."""
        digest = hashlib.sha256()
        for name, table in TABLES.items():
            for record in getattr(self.package.own or self.package, name):
                cells = [(column.name, getattr(record, column.name), column.default) for column in table.columns]
                said = [(key, str(value)) for key, value, default in cells if value not in ("", None, (), default)]
                digest.update(repr((name, said)).encode())
        return digest.hexdigest()

    @property
    def publisher(self) -> str:
        """Who publishes the data: the first contributor of the descriptor."""
        contributors = (each for each in _listed(self.package.meta, "contributors") if isinstance(each, Mapping))
        return next((str(each["title"]) for each in contributors if each.get("title")), self.title)

    @property
    def licence(self) -> Mapping[str, str]:
        """The first licence of the descriptor: `name`, `path`, `title`; empty when it names none."""
        licences = (each for each in _listed(self.package.meta, "licenses") if isinstance(each, Mapping))
        return next(({name: str(each.get(name) or "") for name in ("name", "path", "title")} for each in licences), {})

    @property
    def doi_link(self) -> str:
        """The address that leads to the data by their DOI, `""` for none."""
        return f"https://doi.org/{self.doi}" if self.doi else ""

    def address(self, path: str, seen_from: str) -> str:
        """The address of a file or page: absolute when the site's own is known, else as `seen_from` names it."""
        return f"{self.base_url}{path}" if self.base_url else relative(path, seen_from)

    @property
    def standings(self) -> Mapping[Key, Standings]:
        """What stands in every series, by (`indicator_id`, `region_id`)."""
        return standings(self.package)

    def told(self, target: Target) -> Observation | None:
        """The figure that tells of a target: the one its verdict names, else the latest that stands in its series."""
        series = self.standings.get((target.indicator_id, target.region_id), NO_STANDINGS)
        return series.told(self.assessments[target.target_id])

    @cached_property
    def searched(self) -> Mapping[str, SearchState]:
        """The disclosure state of every target past its deadline without a value, by `target_id`."""
        return disclosures(self.package, self.assessments, self.as_of)

    @cached_property
    def history_by_target(self) -> Mapping[str, tuple[StatusAt, ...]]:
        """The status history by `target_id`, oldest first."""
        points = sorted(self.history, key=attrgetter("target_id", "as_of"))
        return {key: tuple(group) for key, group in groupby(points, key=attrgetter("target_id"))}


def _listed(meta: Mapping[str, Any], name: str) -> list[Any]:
    """A list of the descriptor; empty for what is no list, since nobody checks these parts."""
    value = meta.get(name)
    return value if isinstance(value, list) else []


def assessed_edition(
    report: Report,
    schemas: Mapping[str, Schema],
    *,
    sentences: Mapping[str, tuple[str, ...]] | None = None,
    base_url: str = "",
    mail: str = "",
    let_out: Mapping[str, tuple[str, str]] | None = None,
    doi: str = "",
) -> Edition:
    """The edition of a report's day with everything the method says: targets, works, groups, every quarter since."""
    package, as_of = report.package, report.as_of
    verdicts = {entry.target_id: entry.assessment for entry in report.entries}
    return Edition(
        package,
        schemas,
        verdicts,
        as_of,
        history=report.history,
        tasks=assess_tasks(package, as_of),
        groups=assess_groups(package, as_of, verdicts),
        sentences=_explained(package, verdicts) if sentences is None else sentences,
        base_url=base_url,
        mail=mail,
        let_out=let_out or {},
        doi=doi,
    )


def _explained(package: Package, verdicts: Mapping[str, Assessment]) -> dict[str, tuple[str, ...]]:
    """Every target's verdict in sentences, by `target_id`."""
    titles = {source.source_id: source.title for source in package.sources}
    units = {target.target_id: package.indicator_by_id[target.indicator_id].unit for target in package.targets}
    days = undated(package)
    spans = {target.target_id: periods_of(target) for target in package.targets}
    return {
        name: explain(verdict, unit=units[name], titles=titles, undated=days, periods=spans[name])
        for name, verdict in verdicts.items()
    }
