"""What is quoted from a plan stands in the plan: each rule broken by one change."""

from datetime import date

from packages import cell, column

from build_scripts.checks import find_violations, load_package
from build_scripts.load import read

TARGETS = "targets/targets.csv"
PLAN = "# 规划 { #plan }\n\n到2025年，生产总值达到200亿元，城镇化率达到65%。累计投资50亿元，公园达到9个。\n"


def text(content: bytes, plan_id: str = "test-plan"):
    """Gives the package the text of a plan."""

    def change(folder):
        path = folder / "targets" / "texts" / f"{plan_id}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    return change


def found(folder):
    # Whether the figures themselves can be read is tested in test_printed: here most targets print no number.
    problems = find_violations(read(folder), date(2026, 11, 21))
    own = [item for item in problems if not item.code.startswith("printed-")]
    return [(item.code, item.file, item.row, item.field) for item in own]


def printed_as_in_plan(*changes):
    """The other targets print its name, so that only the first is looked at."""
    rest = [cell("targets", row, "figure_as_printed", "规划") for row in range(3, 8)]
    return [text(PLAN.encode()), *rest, *changes]


def quote(words: str):
    """Gives the first target a quote; the small package has no such column."""

    def change(folder):
        path = folder / TARGETS
        head, first, *rest = path.read_text(encoding="utf-8").splitlines()
        lines = [f"{head},quote", f"{first},{words}", *(f"{line}," for line in rest)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


def test_a_quoted_sentence_may_break_anywhere_but_not_differ(make_package):
    good = make_package(*printed_as_in_plan(quote("生产总值达到 200亿元，城镇化率达到65%。")))
    assert found(good) == []
    bad = make_package(*printed_as_in_plan(quote("生产总值达到200亿元以上。")))
    assert found(bad) == [("quote-not-in-plan", TARGETS, 2, "quote")]


def test_a_target_out_of_a_table_needs_no_printed_figure_one_out_of_a_text_does(make_package):
    bare = cell("targets", 2, "figure_as_printed", "")
    assert found(make_package(bare)) == []
    assert found(make_package(*printed_as_in_plan(bare))) == [("figure-missing", TARGETS, 2, "figure_as_printed")]
    assert found(make_package(*printed_as_in_plan(bare, quote("累计投资50亿元，公园达到9个。")))) == []


def test_the_printed_figure_stands_in_the_quote_or_else_in_the_text(make_package):
    other = make_package(*printed_as_in_plan(quote("累计投资50亿元，公园达到9个。")))
    assert found(other) == [("figure-not-in-plan", TARGETS, 2, "figure_as_printed")]
    nowhere = make_package(*printed_as_in_plan(cell("targets", 2, "figure_as_printed", "250亿元")))
    assert found(nowhere) == [("figure-not-in-plan", TARGETS, 2, "figure_as_printed")]


def test_a_text_of_no_plan_and_one_in_another_encoding_are_named(make_package):
    stray = make_package(text(b"# x { #x }\n", "other-plan"))
    assert found(stray) == [("plan-text-unknown", "targets/texts/other-plan.md", 0, "")]
    garbled = make_package(text("# 规划\n".encode("gb18030")))
    assert found(garbled) == [("plan-text-encoding", "targets/texts/test-plan.md", 0, "")]


def test_a_package_holds_its_texts(make_package):
    package = load_package(make_package(*printed_as_in_plan()), date(2026, 11, 21))
    assert [passage.anchor for passage in package.texts["test-plan"].passages] == ["plan", "p1"]


def excerpt(words: str):
    """Gives the source of most figures an excerpt."""
    return column("sources", "excerpt", "", words)


def test_a_figure_stands_in_its_sources_excerpt_where_there_is_one(make_package):
    every = "2021年生产总值160亿元，2022年171.5亿元，2023年180亿元。"
    assert found(make_package(excerpt(every))) == []
    without = found(make_package(excerpt(every.replace("171.5", "171.6"))))
    assert without == [("figure-not-in-source", "progress/observations.csv", 3, "figure_as_printed")]
    other = found(make_package(excerpt(every.replace("2022年", "次年"))))
    assert other == [("figure-not-in-source", "progress/observations.csv", 3, "period")]
