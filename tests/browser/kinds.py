"""One real page for every kind of page, and which addresses belong to the kind."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple


class Kind(NamedTuple):
    """`sample` is the page that is tried out; `pattern` matches the addresses of all pages of the kind."""

    name: str
    sample: str
    pattern: str


KINDS = (
    Kind("home", "", r""),
    Kind("plans", "plans/", r"plans/"),
    Kind("plan", "plans/ydsq-2020/", r"plans/[^/]+/"),
    Kind("plan_text", "plans/sdgc-2023/text/", r"plans/[^/]+/text/"),
    Kind("projects", "projects/", r"projects/"),
    Kind("project", "projects/sdgc-01/", r"projects/sdgc-\d+/"),
    Kind("mechanism", "projects/sdgc-m-dudao/", r"projects/sdgc-m-[^/]+/"),
    Kind("landmark", "projects/ydsq-l1/", r"projects/ydsq-[^/]+/"),
    Kind("works", "works/", r"works/"),
    Kind("work", "works/ydsq-w-lishui-airport/", r"works/[^/]+/"),
    Kind("targets", "targets/", r"targets/"),
    Kind("target", "targets/ydsq-gdp-city-2025/", r"targets/[^/]+/"),
    Kind("indicators", "indicators/", r"indicators/"),
    Kind("indicator", "indicators/gdp/", r"indicators/[^/]+/"),
    Kind("regions", "regions/", r"regions/"),
    Kind(
        "county",
        "regions/longquan/",
        r"regions/(liandu|qingtian|jinyun|longquan|qingyuan|suichang|songyang|yunhe|jingning|lishui-kaifaqu)/",
    ),
    Kind("region", "regions/lishui/", r"regions/(lishui|zhongxin-chengqu|quanguo)/"),
    Kind("group", "regions/ls-sanqu/", r"regions/ls-[^/]+/"),
    Kind("units", "units/", r"units/"),
    Kind("unit", "units/shi-fagaiwei/", r"units/[^/]+/"),
    Kind("sources", "sources/", r"sources/"),
    Kind("source", "sources/chinadaily-20240425-q1-economy/", r"sources/[^/]+/"),
    Kind("forms_indicators", "forms/indicators/", r"forms/indicators/"),
    Kind("forms_tasks", "forms/tasks/", r"forms/tasks/"),
    Kind("forms_problems", "forms/problems/", r"forms/problems/"),
    Kind("bulletins", "bulletins/", r"bulletins/"),
    Kind("bulletin_quarter", "bulletins/2025-q4/", r"bulletins/\d{4}-q\d/"),
    Kind("bulletin_year", "bulletins/2024/", r"bulletins/\d{4}/"),
    Kind("bulletin_later", "bulletins/2025-q4/later/", r"bulletins/[^/]+/later/"),
    Kind("letters", "letters/", r"letters/"),
    Kind("search", "search/", r"search/"),
    Kind("searches", "searches/", r"searches/"),
    Kind("problems", "problems/", r"problems/"),
    Kind("calendar", "calendar/", r"calendar/"),
    Kind("organisation", "organisation/", r"organisation/"),
    Kind("data", "data/", r"data/"),
    Kind("files", "data/files/", r"data/files/(page_\d+/)?"),
    Kind("dictionary", "data/dictionary/", r"data/dictionary/"),
    Kind("dictionary_table", "data/dictionary/observations/", r"data/dictionary/[^/]+/"),
    Kind("quality", "data/quality/", r"data/quality/"),
    Kind("revisions", "data/revisions/", r"data/revisions/"),
    Kind("method", "method/", r"method/"),
    Kind("publications", "publications/", r"publications/"),
    Kind("practice", "practice/", r"practice/([^/]+/)?"),
    Kind("about", "about/", r"about/"),
    Kind("participate", "participate/", r"participate/"),
    Kind(
        "handbook",
        "handbook/forms/",
        r"handbook/(.+/)?|architecture/|method-notes/|open-data/|scale/|security/",
    ),
    Kind("contract", "data-contract/", r"data-contract/"),
    Kind("report", "report/", r"report/"),
    Kind("embed", "embed/ydsq-gdp-city-2025/", r"embed/[^/]+/"),
    Kind("not_found", "404.html", r"404\.html"),
)


def address(path: Path, site: Path) -> str:
    """The address of a page of the site, relative to its root."""
    relative = path.relative_to(site).as_posix()
    return relative.removesuffix("index.html")


def kinds_of(page: str) -> list[str]:
    """The names of the kinds that claim the page at this address; there should be one."""
    return [kind.name for kind in KINDS if re.fullmatch(kind.pattern, page)]
