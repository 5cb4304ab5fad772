"""Makes a valid package of N places out of one: plans, units, regions, indicators, targets, works, figures and events.

Usage: python benchmarks/many_places.py TIMES FOLDER [--package datapackage] [--seed 20260630]

The first place is the package as it is. Each further one has the same plans under other ids, invented place names in
every sentence, figures moved by some per cent and days of publication moved by some days; the same seed gives the same
bytes. Bulletins and the region above all others (level `area` without members) are shared. Nothing in it is real.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.core.beside import KEY_JOINER
from build_scripts.core.tables import TABLES

SEED = 20260630
# Place names of the package, each to be replaced by another of as many characters.
NAMES = ("丽水", "莲都", "青田", "缙云", "龙泉", "庆元", "遂昌", "松阳", "云和", "景宁", "龙庆", "遂松", "云景")
# Names of what is made of them; each keeps its ending.
NAMED_SO = {"中心城区": "城区", "南北翼": "翼", "一带": "", "三区": ""}
FIRST = "东南西北安宁平和清明永新兴福泰华瑞嘉德昌康荣祥顺庆富贵盛隆裕吉丰惠恩义信仁礼智"
SECOND = "川河溪原丘岭峰谷桥台洲湾泽浦渡坪塘沙石林森梅竹松柏桐柳荷莲菊兰屏岩塔亭阁楼坊店"
SHARED_TABLES = frozenset({"bulletins", "unanswered"})
SHARED_IDS = frozenset({"quanguo"})
# Figures of these kinds lie within bounds or are whole by nature: they are taken over.
FIXED_UNITS = frozenset({"%", "分", "位", "‰", "级", ""})
LAST_DAY = date(2026, 11, 20)
Row = dict[str, str]


@dataclass(frozen=True)
class Listed:
    """A table of the package: where it lies, its columns and rows, which of its columns hold ids."""

    path: Path
    columns: list[str]
    rows: list[Row]
    ids: frozenset[str]


def read_tables(package: Path) -> dict[str, Listed]:
    """Every table of a package as text."""
    tables = {}
    for resource in json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        schema = json.loads((package / resource["schema"]).read_text(encoding="utf-8"))
        with (package / resource["path"]).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        tables[resource["name"]] = Listed(
            Path(resource["path"]), list(reader.fieldnames or ()), rows, id_columns(schema)
        )
    return tables


def id_columns(schema: Mapping[str, Any]) -> frozenset[str]:
    """The columns of a table that hold its own id or another row's."""
    own = schema["primaryKey"] if len(schema["primaryKey"]) == 1 else []
    return frozenset([*own, *(name for key in schema.get("foreignKeys", []) for name in key["fields"])])


class Place:
    """One invented place: how its ids end, what its towns are called, by how much its figures differ."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self.ending = f"-p{number:03d}"
        self.chance = random.Random(seed * 1_000 + number)
        self.names = {
            old: new + NAMED_SO.get(old, "") for old, new in zip((*NAMED_SO, *NAMES), self._names(), strict=True)
        }
        self._named = re.compile("|".join(self.names))
        self.factor = Decimal(self.chance.randint(850, 1150)) / 1000

    def _names(self) -> Iterator[str]:
        """Names nobody else has: a window of one fixed row of them all."""
        everything = [first + second for first in FIRST for second in SECOND]
        random.Random(SEED).shuffle(everything)
        start = self.number * (len(NAMES) + len(NAMED_SO))
        for place in range(start, start + len(NAMES) + len(NAMED_SO)):
            turn, index = divmod(place, len(everything))
            yield everything[index] if not turn else f"{everything[index][0]}{SECOND[-turn]}"

    def text(self, text: str) -> str:
        """A sentence with the places' names exchanged."""
        return self._named.sub(lambda found: self.names[found[0]], text)

    def id(self, name: str) -> str:
        """An id of this place."""
        return name if not name or name in SHARED_IDS else f"{name}{self.ending}"

    def moved(self, number: str, unit: str) -> str:
        """A figure of about the size, with as many decimals."""
        if not number or unit in FIXED_UNITS:
            return number
        value = Decimal(number)
        return str((value * self.factor).quantize(value)) if value else number

    def later(self, day: str) -> str:
        """A day some days later, none in the future; the same for one day wherever it stands."""
        moved = date.fromisoformat(day) + timedelta(days=self.number % 11)
        return day if moved > LAST_DAY else moved.isoformat()


def row_of(table: str, row: Row, place: Place, ids: frozenset[str], units: Mapping[str, str]) -> Row:
    """A row of the package as it stands for another place."""
    made = {name: place.id(cell) if name in ids else place.text(cell) for name, cell in row.items()}
    if table == "observations":
        unit = units[row["indicator_id"]]
        made |= {"value": place.moved(row["value"], unit), "figure_as_printed": "", "pub": place.later(row["pub"])}
    elif table == "sources":
        made["published"] = place.later(row["published"]) if row["published"] else ""
        made["url"] = f"{row['url']}#{place.number}" if row["url"] else ""
    elif table == "task_events":
        made["pub"] = place.later(row["pub"])
    elif table == "regions":
        made["adcode"] = (
            f"{99 - place.number // 99:02d}{place.number % 99:02d}{row['adcode'][4:]}" if row["adcode"] else ""
        )
        made["order"] = str(int(row["order"]) + 100 * place.number)
        made["tile"] = ""  # a schematic map is of one place
    if made.get("also_called"):
        # A name belongs to one body: only those that name the place are there once more.
        said = zip(row["also_called"].split(";"), made["also_called"].split(";"), strict=True)
        made["also_called"] = ";".join(new for old, new in said if new != old)
    return made


def translation_of(row: Row, place: Place, tables: Mapping[str, Listed]) -> Row:
    """A translation as it stands for another place: of the row that is there once more, under its key there."""
    of = tables.get(row["table"])
    key = TABLES[row["table"]].key if of else ("key",)
    ids = of.ids if of else frozenset(key)
    parts = zip(key, row["key"].split(KEY_JOINER), strict=True)
    moved = (place.id(part) if name in ids else place.later(part) if name == "pub" else part for name, part in parts)
    return {name: place.text(cell) for name, cell in row.items()} | {"key": KEY_JOINER.join(moved)}


def write(path: Path, columns: list[str], rows: list[Row]) -> None:
    """A table as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def multiply(package: Path, folder: Path, times: int, seed: int = SEED) -> Path:
    """A package of `times` places in `folder`; gives the folder."""
    shutil.copytree(package, folder, dirs_exist_ok=True)
    tables = read_tables(package)
    units = {row["indicator_id"]: row["unit"] for row in tables["indicators"].rows}
    places = [Place(number, seed) for number in range(1, times)]
    for name, table in tables.items():
        rows = list(table.rows)
        own = [row for row in table.rows if not SHARED_IDS & {row.get("region_id", ""), row.get("key", "")}]
        own = own if name in {"regions", "translations"} else table.rows
        # What is there once is translated once.
        own = [row for row in own if row.get("table") not in {*SHARED_TABLES, "datapackage"}]
        for place in places if name not in SHARED_TABLES else ():
            if name == "translations":
                rows += [translation_of(row, place, tables) for row in own]
            else:
                rows += [row_of(name, row, place, table.ids, units) for row in own]
        write(folder / table.path, table.columns, rows)
    for text in sorted((package / "targets" / "texts").glob("*.md")):
        for place in places:
            copy = folder / "targets" / "texts" / f"{text.stem}{place.ending}.md"
            copy.write_text(place.text(text.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("times", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--package", type=Path, default=Path(__file__).parents[1] / "datapackage")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    print(multiply(given.package, given.folder, given.times, given.seed))


if __name__ == "__main__":
    main()
