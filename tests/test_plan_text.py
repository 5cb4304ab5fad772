"""The reader of the plans finds a quotation where it stands, and the prover refuses what is not printed."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

DATA = Path(__file__).parent / "data"
sys.path.append(str(DATA))
prover = importlib.import_module("prove_transcription")
plan_text = importlib.import_module("plan_text")

SAMPLE = """
某市某某规划

一、总体要求

到2025年，产值达到
100 亿元。

二、主要任务

（一）产业

1. 做强平台。建成 3 个平台。

专栏 1：平台名单

1. 甲平台。投资 10 亿元。

2. 乙平台。

做大规模，新增 5 家。

2. 做优服务。

专栏2：服务

一项服务覆盖全市。

另有 7 项。

附件

一、分工

责任单位：甲局、乙局（丙办、丁办），各县（市、区）政府等。
"""


def test_sections_follow_the_printed_outline() -> None:
    plan = plan_text.read_plan(SAMPLE)
    places = {
        "某市某某规划": "", "达到100亿元": "一", "3个平台": "二/（一）/1", "10亿元": "二/（一）/1/专栏1",
        "乙平台": "二/（一）/1/专栏1",
        "新增5家": "二/（一）/1", "做优服务": "二/（一）/2", "覆盖全市": "二/（一）/2/专栏2", "另有7项": "二/（一）/2",
        "一、分工": "附件/一",
    }  # fmt: skip
    for words, section in places.items():
        assert plan.find(words, section) is not None, words
        assert plan.sections_of(words) == (section,), words


def test_a_quotation_is_refused_in_another_section_and_across_sections() -> None:
    plan = plan_text.read_plan(SAMPLE)
    assert plan.find("达到100亿元", "二/（一）/1") is None
    assert plan.find("达到101亿元", "一") is None
    assert plan.find("100亿元。二、", "一") is None
    assert plan.find("达到 100\n亿元", "一") == plan.text.index("达到100亿元")


def test_a_printed_list_of_units_is_split_outside_brackets_only() -> None:
    plan = plan_text.read_plan(SAMPLE)
    assert prover.responsible_as_printed(plan, "附件/一") == ["甲局", "乙局（丙办、丁办）", "各县（市、区）政府"]
    listed = [
        {"project_id": "p", "section": "附件/一", "role": "responsible", "printed": name}
        for name in ("甲局", "各县（市、区）政府")
    ]
    assert list(prover.unit_list_errors(listed, {"p": plan}))


def test_the_prover_refuses_a_package_the_plan_does_not_bear_out(tmp_path: Path, monkeypatch, capsys) -> None:
    for plan_id in ("ydsq-2020", "sdgc-2023"):
        (tmp_path / f"{plan_id}.txt").write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(prover, "PROOF", tmp_path / "proof.csv")
    assert prover.main(tmp_path) == 1
    assert "达到2250亿元" in capsys.readouterr().err
    assert not (tmp_path / "proof.csv").exists()
