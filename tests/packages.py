"""A small, valid, invented package for tests, and the changes a test makes to it. No figure here is real."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from build_scripts.starter.resources import resource

ROOT = Path(__file__).parents[1]
Change = Callable[[Path], None]
# Cells that a figure as printed speaks of.
_FIGURES = {"value", "value_high", "unit", "yoy"}

TABLES: dict[str, str] = {
    "targets/plans.csv": """\
plan_id,title,short_title,doc_number,issuer,issued_on,period_start,period_end,summary,url
test-plan,测试市发展规划（虚构）,测试规划,测政〔2021〕1号,测试市人民政府,2021-03-01,2021,2025,虚构的规划，只供测试,https://example.org/plan
""",
    "targets/units.csv": """\
unit_id,name,category
dev-reform,测试市发展改革委,department
transport,测试市交通局,department
""",
    "targets/regions.csv": """\
region_id,name,level,adcode,order
city,测试市,city,990100,1
county-a,甲县,county,990101,2
county-b,乙县,county,990102,3
group-ab,甲乙组团,group,,4
""",
    "targets/region_members.csv": """\
group_id,region_id
group-ab,county-a
group-ab,county-b
""",
    "targets/indicators.csv": """\
indicator_id,name,unit,decimals,direction,frequency,definition
gdp,地区生产总值,亿元,2,up,A,虚构的生产总值
urban-share,城镇化率,%,1,up,A,虚构的城镇化率
invest,累计投资,亿元,2,up,M,虚构的累计投资
parks,公园数,个,0,up,A,虚构的公园数
""",
    "targets/projects.csv": """\
project_id,plan_id,kind,order,title,short_title,objective,convener,lead_unit_id,investment,investment_unit,section
road,test-plan,major_project,1,道路工程（虚构）,道路,修路,,transport,100,亿元,三/（一）
show,test-plan,platform,2,示范平台（虚构）,平台,示范,,,,,三/（二）
""",
    "targets/responsibilities.csv": """\
project_id,unit_id,role,order
road,transport,lead,1
road,dev-reform,responsible,2
show,dev-reform,responsible,1
""",
    "targets/targets.csv": """\
target_id,plan_id,project_id,indicator_id,region_id,name,kind,comparator,value,value_high,unit,baseline_period,\
baseline_value,baseline_basis,baseline_source_id,period_start,target_period,due,monotone,flow,peers,\
reference_indicator_id,reference_region_id,section,figure_as_printed,lead_unit_id,duplicate_of,in_totals,flags,note
gdp-2025,test-plan,,gdp,city,生产总值达到200亿元,level_by,ge,200,,亿元,2020,150,main,yearbook,,2025,,,,,,,二/（一）,200亿元,,,true,,
share-2025,test-plan,,urban-share,city,城镇化率达到65%,share_by,ge,65,,%,2020,60,main,yearbook,,2025,,,,,,,二/（一）,65%,,,true,,
invest-2125,test-plan,road,invest,city,累计完成投资50亿元,cum_flow,ge,50,,亿元,,,,,2021,2025,,,true,,,,三/（一）,50亿元,transport,,true,,
parks-2025,test-plan,,parks,county-a,公园达到9个,count_by,ge,9,,个,,,,,,2025,,,,,,,二/（二）,9个,,,true,year-inferred,
parks-again,test-plan,,parks,county-a,公园达到9个（重复）,count_by,ge,9,,个,,,,,,2025,,,,,,,二/（三）,9个,,parks-2025,false,,
open-2024,test-plan,road,parks,city,2024年建成通车,milestone,event,,,,,,,,,2024,2024-12-31,,,,,,三/（一）,2024年通车,transport,,true,,
""",
    "targets/related_indicators.csv": """\
target_id,indicator_id,region_id,relation,note
parks-2025,parks,city,wider_region,全市的数，范围更大
""",
    "targets/tasks.csv": """\
task_id,plan_id,project_id,name,region_id,lead_unit_id,due,due_as_printed,target_id,section,note
ring-road,test-plan,road,环城路（虚构）,city,transport,2024-12-31,2024年底,open-2024,三/（一）,
""",
    "targets/unanswered.csv": """\
word,also_called,instead,target_ids,task_ids
停车,停车难,公园,parks-2025,
""",
    "progress/sources.csv": """\
source_id,title,publisher,published,url,tier,note
yearbook,测试市统计年鉴（虚构）,测试市统计局,2021-06-01,https://example.org/yearbook,1,
gazette,测试市统计公报（虚构）,测试市统计局,2022-03-01,https://example.org/gazette,1,
paper,测试日报（虚构）,测试日报社,2022-03-02,,2,见报纸第一版
""",
    "progress/observations.csv": """\
indicator_id,region_id,period,basis,pub,source_id,value,obs_status,yoy,yoy_real,figure_as_printed,note
gdp,city,2021,main,2022-03-01,gazette,160,A,6.5,true,160亿元,
gdp,city,2022,main,2023-03-01,gazette,171.5,A,,,171.5亿元,
gdp,city,2023,main,2024-03-01,gazette,180,P,,,180亿元,
gdp,county-a,2023,main,2024-03-01,gazette,100,A,,,,
gdp,county-b,2023,main,2024-03-01,gazette,80,A,,,,
urban-share,city,2023,main,2024-03-01,gazette,62.5,A,,,,
invest,city,2021-01-01/P6M,main,2021-08-01,gazette,5,A,,,,
invest,city,2021-01-01/P12M,main,2022-02-01,gazette,10,A,,,,
parks,county-a,2023,main,2024-03-01,paper,7,A,,,,
""",
    "progress/task_events.csv": """\
task_id,date,state,pub,source_id,planned_date,note
ring-road,2022-05-01,started,2022-05-02,paper,,
ring-road,2024-11-30,done,2024-12-01,paper,,
""",
    "progress/problems.csv": """\
problem_id,project_id,task_id,target_id,title,owner_unit_id,opened,due
land,road,ring-road,,用地没有落实（虚构）,transport,2023-02-01,2023-06-30
""",
    "progress/problem_events.csv": """\
problem_id,date,state,pub,source_id,note
land,2023-02-01,open,2023-02-02,,
land,2023-05-20,resolved,2023-05-21,paper,
land,2023-06-01,verified,2023-06-02,paper,
""",
    "progress/searches.csv": """\
search_id,date,plan_id,target_id,task_id,indicator_id,region_id,place,place_kind,url,query,period,result,note,recorded_on
archive-2023,2023-02-01,test-plan,,,,,存档副本（虚构）,archive,,逐条目标,,not_found,,
""",
    "progress/bulletins.csv": """\
bulletin_id,kind,period,as_of,released,headline
m-2024-03,month,2024-03,2024-03-31,2024-04-02,
""",
}


def write_package(folder: Path, *changes: Change) -> Path:
    """Write the invented package into `folder` with the project's own descriptor and schemas, then change it."""
    shutil.copytree(ROOT / "datapackage" / "schemas", folder / "schemas")
    meta = json.loads((ROOT / "datapackage" / "datapackage.json").read_text(encoding="utf-8"))
    # The invented package speaks one language, so it has no table of translations and no settings of languages.
    meta.pop("disclosure", None)
    meta["resources"] = [listed for listed in meta["resources"] if listed["path"] in TABLES]
    (folder / "datapackage.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for path, text in TABLES.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="")
    for change in changes:
        change(folder)
    return folder


def path_of(table: str) -> str:
    return next(path for path in TABLES if Path(path).stem == table)


def _read(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def _write(file: Path, rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    file.write_text(out.getvalue(), encoding="utf-8", newline="")


def cell(table: str, row: int, field: str, value: str) -> Change:
    """Put `value` into one cell; `row` as a spreadsheet numbers it (header = 1)."""

    def change(folder: Path) -> None:
        rows = _read(folder / path_of(table))
        rows[row - 1][rows[0].index(field)] = value
        if field in _FIGURES:
            rows[row - 1] = list(_reprinted(table, dict(zip(rows[0], rows[row - 1], strict=True))).values())
        _write(folder / path_of(table), rows)

    return change


def slip(table: str, row: int, field: str, value: str) -> Change:
    """As `cell`, but the figure as printed stays as it was: a slip of the pen."""

    def change(folder: Path) -> None:
        rows = _read(folder / path_of(table))
        rows[row - 1][rows[0].index(field)] = value
        _write(folder / path_of(table), rows)

    return change


def _reprinted(table: str, named: dict[str, str]) -> dict[str, str]:
    """A row whose figure was changed on purpose, with its printed form changed along."""
    if table == "targets" and named["value"]:
        figures = [named[name] + named["unit"] for name in ("value", "value_high") if named[name]]
        return named | {"figure_as_printed": "至".join(figures)}
    return named | {"figure_as_printed": ""} if table == "observations" else named


def add(table: str, **cells: str) -> Change:
    """Append a row; columns not named stay empty."""

    def change(folder: Path) -> None:
        rows = _read(folder / path_of(table))
        assert set(cells) <= set(rows[0]), set(cells) - set(rows[0])
        rows.append([cells.get(name, "") for name in rows[0]])
        _write(folder / path_of(table), rows)

    return change


def column(table: str, name: str, *values: str) -> Change:
    """Add a column; rows without a value stay empty."""

    def change(folder: Path) -> None:
        rows = _read(folder / path_of(table))
        cells = [name, *values, *[""] * (len(rows) - 1 - len(values))]
        _write(folder / path_of(table), [[*row, cell] for row, cell in zip(rows, cells, strict=True)])

    return change


def no_column(table: str, name: str) -> Change:
    """Take a column out of a table's file."""

    def change(folder: Path) -> None:
        file = folder / path_of(table)
        rows = _read(file)
        at = rows[0].index(name)
        _write(file, [[*row[:at], *row[at + 1 :]] for row in rows])

    return change


def copy_row(table: str, row: int, **cells: str) -> Change:
    """Append a copy of `row` with some cells changed."""

    def change(folder: Path) -> None:
        rows = _read(folder / path_of(table))
        named = dict(zip(rows[0], rows[row - 1], strict=True)) | cells
        if _FIGURES & set(cells) and "figure_as_printed" not in cells:
            named = _reprinted(table, named)
        rows.append([named[name] for name in rows[0]])
        _write(folder / path_of(table), rows)

    return change


def drop_row(table: str, row: int) -> Change:
    """Remove one row."""

    def change(folder: Path) -> None:
        rows = _read(folder / path_of(table))
        del rows[row - 1]
        _write(folder / path_of(table), rows)

    return change


def emptied(table: str) -> Change:
    """Keep only the header of a table."""

    def change(folder: Path) -> None:
        _write(folder / path_of(table), _read(folder / path_of(table))[:1])

    return change


def data(path: str, edit: Callable[[bytes], bytes]) -> Change:
    """Change a file's bytes."""

    def change(folder: Path) -> None:
        (folder / path).write_bytes(edit((folder / path).read_bytes()))

    return change


def replace(path: str, old: str, new: str) -> Change:
    """Replace one piece of a file's text, which must be there."""

    def edit(content: bytes) -> bytes:
        assert old.encode() in content, f"{old!r} is not in {path}"
        return content.replace(old.encode(), new.encode(), 1)

    return data(path, edit)


def remove(path: str) -> Change:
    """Delete a file."""
    return lambda folder: (folder / path).unlink()


def rename(path: str, new: str) -> Change:
    """Rename or move a file."""
    return lambda folder: (folder / path).rename(folder / new) and None


def descriptor(edit: Callable[[dict], None]) -> Change:
    """Change the descriptor as an object."""

    def change(folder: Path) -> None:
        file = folder / "datapackage.json"
        meta = json.loads(file.read_text(encoding="utf-8"))
        edit(meta)
        file.write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    return change


def table(name: str, text: str) -> Change:
    """One more table, listed, with the contract's schema: of those that only some packages have."""

    def change(folder: Path) -> None:
        listed = resource(ROOT, name)
        (folder / listed["path"]).write_text(text, encoding="utf-8", newline="")
        descriptor(lambda meta: meta["resources"].append(listed))(folder)

    return change


def schema(table: str, edit: Callable[[dict], None]) -> Change:
    """Change a Table Schema as an object."""

    def change(folder: Path) -> None:
        file = folder / "schemas" / f"{table}.json"
        meta = json.loads(file.read_text(encoding="utf-8"))
        edit(meta)
        file.write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    return change


def keep(**rows: set[int]) -> Change:
    """Keep only these rows of the tables named, and whatever else can still stand without the rest."""

    def change(folder: Path) -> None:
        tables = {Path(path).stem: _read(folder / path) for path in TABLES}
        for table, kept in rows.items():
            lines = tables[table]
            lines[1:] = [line for row, line in enumerate(lines[1:], 2) if row in kept]
        while _loosen(folder, tables):
            pass
        header, *searches = tables["searches"]
        named = [header.index(name) for name in ("plan_id", "target_id", "task_id", "indicator_id")]
        tables["searches"][1:] = [line for line in searches if any(line[at] for at in named)]
        for path in TABLES:
            _write(folder / path, tables[Path(path).stem])

    return change


def loose(*tables: str) -> Change:
    """Take out of these tables' schemas whatever they demand, as a foreign package might have it."""

    def change(folder: Path) -> None:
        for table in tables or [file.stem for file in (folder / "schemas").iterdir()]:
            schema(table, _undemanding)(folder)

    return change


def _undemanding(meta: dict) -> None:
    meta.pop("primaryKey", None)
    meta.pop("foreignKeys", None)
    for field in meta["fields"]:
        field.pop("constraints", None)


def _loosen(folder: Path, tables: dict[str, list[list[str]]]) -> bool:
    """Drop what points to a row that is gone: the cell where it may be empty, else its row. True if anything did."""
    loosened = False
    for name, table in tables.items():
        described = json.loads((folder / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
        needed = {item["name"] for item in described["fields"] if item.get("constraints", {}).get("required")}
        needed |= set(described["primaryKey"])
        for key in described.get("foreignKeys", []):
            (field,), (there,) = key["fields"], key["reference"]["fields"]
            parent = tables[key["reference"]["resource"] or name]
            known = {line[parent[0].index(there)] for line in parent[1:]} | {""}
            column = table[0].index(field)
            for line in [line for line in table[1:] if line[column] not in known]:
                loosened = True
                if field in needed:
                    table.remove(line)
                else:
                    line[column] = ""
    return loosened
