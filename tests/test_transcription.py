"""What the plans promise arrived in the package whole and unchanged.

Three independent witnesses: the inventories drawn up before the package (tests/data/inventory_*.csv), the units as
printed (printed_units.csv), and the proof that every statement was found in the plans (transcription_proof.csv).
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from pathlib import Path

from all_of import all_of

DATA = Path(__file__).parent / "data"
TARGETS = Path(__file__).parents[1] / "datapackage" / "targets"
sys.path.append(str(DATA))
prover = importlib.import_module("prove_transcription")
plan_text = importlib.import_module("plan_text")

PLAN_FINGERPRINTS = {
    "ydsq-2020": "d6ec377cb7d0383794774e10db39f82290d8c6e9dcae258b403e422213c71e1f",
    "sdgc-2023": "1eea0d873914bf22efdd6e2521d2551f1b7f77fa9dad078db2ff3903cdbffb23",
}
FLAGS = {"base-inferred", "year-inferred", "no-deadline", "no-threshold", "approx", "range", "aspirational",
         "planning-stage", "ambiguous", "layout"}  # fmt: skip
NAMES = (
    "plans",
    "projects",
    "units",
    "responsibilities",
    "regions",
    "region_members",
    "indicators",
    "targets",
    "tasks",
)
# Where reading the plans again showed the inventory to be wrong: a word cut in two by a page break, a shortened name.
CORRECTED = {
    ("ydsq-l8-network-full", "printed"): "覆盖全域的现代化网络体系",
    ("ydsq-info-net-full", "printed"): "覆盖全域、互联互通、资源共享",
    ("ydsq-w-poetry-study-base", "printed"): "山水诗研学旅游基地等项目",
    ("ydsq-w-lincang-liandu-wuyi", "name"): "临安至苍南公路莲都区北互通至武义段",
    ("ydsq-w-ningbo-tourism-park", "name"): "丽水—宁波山海协作生态旅游文化产业园",
    ("ydsq-w-shuhong-rural-park", "name"): "舒洪黄龙国家农村产业融合发展示范园",
    ("ydsq-w-rural-land-restoration", "name"): "农村全域土地综合整治与生态修复工程",
    ("ydsq-w-bihu-restoration-pilot", "name"): "碧湖全域土地综合整治与生态修复国家试点",
    ("ydsq-w-intl-culture-platforms", "name"): "市域东、中、西部国际经济文化交流平台",
    ("ydsq-w-river-lake-restoration", "name"): "流域水环境综合整治和河湖生态修复",
}
PACKAGE = {name: prover.read_rows(TARGETS / f"{name}.csv") for name in NAMES}
PRINTED_UNITS = prover.read_rows(DATA / "printed_units.csv")
PROOF = prover.read_rows(DATA / "transcription_proof.csv")
TARGET_BY_ID = {row["target_id"]: row for row in PACKAGE["targets"]}
PROJECT_BY_ID = {row["project_id"]: row for row in PACKAGE["projects"]}


def unproven(package: dict[str, list[dict[str, str]]]) -> set[object]:
    """Statements of a package without a proof row, and proof rows without a statement."""
    said = set(prover.statements(package | {"printed_units": PRINTED_UNITS}))
    proven = {prover.Statement(*(row[name] for name in prover.FIELDS[:6])) for row in PROOF}
    return said ^ proven


# --- the proof -------------------------------------------------------------------------------------------------------


def test_every_statement_is_proven_exactly_as_it_stands() -> None:
    assert unproven(PACKAGE) == set()


@all_of(
    "table, field, value",
    [
        ("targets", "figure_as_printed", "达到2350亿元"),
        ("targets", "section", "一/（四）/2"),
        ("tasks", "note", "原文：建成丽水机场。用词：建成。"),
        ("projects", "title", "扩大投资工程"),
        ("plans", "doc_number", "丽委办发〔2020〕34号"),
    ],
)
def test_a_statement_changed_without_a_new_proof_is_noticed(table: str, field: str, value: str) -> None:
    first, *rest = PACKAGE[table]
    assert unproven(PACKAGE | {table: [first | {field: value}, *rest]})


def test_a_row_left_out_is_noticed() -> None:
    assert unproven(PACKAGE | {"targets": PACKAGE["targets"][1:]})


def test_every_proof_row_is_sealed_and_rests_on_the_plans_as_read() -> None:
    for row in PROOF:
        assert row["source_sha256"] == PLAN_FINGERPRINTS[row["plan_id"]], row
        assert row["seal"] == prover.seal(row), row


def test_a_proof_row_edited_by_hand_breaks_its_seal() -> None:
    row = PROOF[0]
    for field in prover.FIELDS[:-1]:
        assert prover.seal(row | {field: row[field] + "0"}) != row["seal"], field


def test_responsible_units_were_found_one_after_the_other() -> None:
    places: dict[tuple[str, str], list[int]] = {}
    for row in PROOF:
        if row["what"] == "responsible":
            places.setdefault((row["record_id"].split("/")[0], row["section"]), []).append(int(row["offset"]))
    assert sum(map(len, places.values())) == 222
    for place, offsets in places.items():
        assert offsets == sorted(set(offsets)), place


# --- nothing is missing ----------------------------------------------------------------------------------------------


def test_every_target_of_the_inventory_arrived_with_its_figures() -> None:
    inventory = {row["target_id"]: row for row in prover.read_rows(DATA / "inventory_targets.csv")}
    assert len(inventory) == 294
    assert list(TARGET_BY_ID) == list(inventory)
    renamed = {"baseline_year": "baseline_period", "target_year": "target_period", "printed": "figure_as_printed"}
    for target_id, expected in inventory.items():
        found = TARGET_BY_ID[target_id]
        for name in expected.keys() - {"project_id"}:
            wanted = CORRECTED.get((target_id, name), expected[name])
            assert found[renamed.get(name, name)] == wanted, (target_id, name)
        if expected["project_id"]:
            assert found["project_id"] == expected["project_id"], target_id


def test_every_named_work_arrived_with_its_words() -> None:
    inventory = {row["task_id"]: row for row in prover.read_rows(DATA / "inventory_tasks.csv")}
    assert len(inventory) == 325
    assert [row["task_id"] for row in PACKAGE["tasks"]] == list(inventory)
    for found in PACKAGE["tasks"]:
        expected = inventory[found["task_id"]]
        for name in expected.keys() - {"project_id", "verb", "printed"}:
            assert found[name] == CORRECTED.get((found["task_id"], name), expected[name]), (found["task_id"], name)
        if expected["project_id"]:
            assert found["project_id"] == expected["project_id"]
        words = CORRECTED.get((found["task_id"], "printed"), expected["printed"])
        assert found["note"].startswith(f"原文：{words}。用词：{expected['verb']}。")


def test_every_printed_unit_arrived_in_its_role_and_order() -> None:
    assert len(PRINTED_UNITS) == 253
    found = {(r["project_id"], r["unit_id"], r["role"]): r["order"] for r in PACKAGE["responsibilities"]}
    printed: dict[tuple[str, str, str], str] = {}
    for row in PRINTED_UNITS:
        if row["role"] == "convener":
            assert PROJECT_BY_ID[row["project_id"]]["convener"] == row["printed"]
            continue
        printed.setdefault((row["project_id"], row["unit_id"], row["role"]), row["order"])
        if row["role"] == "lead":
            assert PROJECT_BY_ID[row["project_id"]]["lead_unit_id"] == row["unit_id"]
    mechanisms = {key for key in found if PROJECT_BY_ID[key[0]]["kind"] == "mechanism"}
    assert found.keys() - mechanisms == printed.keys()
    assert {key: found[key] for key in printed} == printed


def test_one_unit_stands_behind_each_printed_name() -> None:
    behind: dict[str, set[str]] = {}
    for row in PRINTED_UNITS:
        behind.setdefault(row["printed"], set()).add(row["unit_id"])
    assert [name for name, units in behind.items() if len(units) > 1] == []
    assert behind["市府办"] == behind["市政府办公室"]
    assert behind["市人社保局"] == behind["市人力社保局"]
    names = [row["name"] for row in PACKAGE["units"]]
    assert len(names) == len(set(names))


def test_the_plans_projects_are_complete() -> None:
    kinds = Counter(row["kind"] for row in PACKAGE["projects"])
    assert kinds == {"major_project": 10, "landmark_project": 8, "platform": 5, "coordination": 5, "mechanism": 5}


# --- what is said agrees with itself ---------------------------------------------------------------------------------


def test_a_lead_is_named_only_where_the_plan_prints_one() -> None:
    for row in PACKAGE["projects"]:
        assert bool(row["lead_unit_id"]) == (row["kind"] == "major_project"), row["project_id"]
    for row in PACKAGE["targets"]:
        project = PROJECT_BY_ID.get(row["project_id"])
        if project and project["kind"] == "major_project":
            assert row["lead_unit_id"] == project["lead_unit_id"], row["target_id"]
        if project and project["kind"] in {"landmark_project", "platform", "coordination"}:
            assert row["lead_unit_id"] == "", row["target_id"]


def test_the_investment_of_a_landmark_project_is_its_target() -> None:
    totals = {row["project_id"]: row for row in PACKAGE["targets"] if row["kind"] == "envelope"}
    landmarks = [row for row in PACKAGE["projects"] if row["kind"] == "landmark_project"]
    for row in landmarks:
        target = totals[row["project_id"]]
        assert (row["investment"], row["investment_unit"]) == (target["value"], target["unit"])
        assert target["comparator"] == "approx"


def test_flags_are_known_and_totals_leave_out_repeats_and_slogans() -> None:
    for row in PACKAGE["targets"]:
        flags = set(filter(None, row["flags"].split(";")))
        assert flags <= FLAGS, row["target_id"]
        assert (row["in_totals"] == "false") == bool(row["duplicate_of"] or "layout" in flags), row["target_id"]
        assert ("approx" in flags) == (row["comparator"] == "approx"), row["target_id"]
        assert ("range" in flags) == bool(row["value_high"]), row["target_id"]
        if "no-deadline" in flags:
            assert not row["target_period"], row["target_id"]


def test_a_repeat_says_the_same_as_the_target_it_repeats() -> None:
    repeats = [row for row in PACKAGE["targets"] if row["duplicate_of"]]
    assert len(repeats) == 9
    for row in repeats:
        original = TARGET_BY_ID[row["duplicate_of"]]
        assert not original["duplicate_of"]
        assert (row["indicator_id"], row["region_id"]) == (original["indicator_id"], original["region_id"])
        if row["value"] != original["value"]:
            assert {row["comparator"], original["comparator"]} == {"ge", "gt"}


def test_every_indicator_serves_a_target_or_a_figure() -> None:
    observed = {row["indicator_id"] for row in prover.read_rows(TARGETS.parent / "progress" / "observations.csv")}
    used = observed | {row["indicator_id"] for row in PACKAGE["targets"]}
    assert [row["indicator_id"] for row in PACKAGE["indicators"] if row["indicator_id"] not in used] == []
