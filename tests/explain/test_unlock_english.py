"""What is missing for a verdict, said in English: numbers stand apart from their units, names in one kind of marks."""

from datetime import date

from packages import cell

from build_scripts.checks import load_day
from build_scripts.core.asof import settled
from build_scripts.core.language import speaking
from build_scripts.explain import unlock
from build_scripts.report.build import build_report

DAY = date(2026, 6, 30)


def test_what_is_missing_is_said_as_english_writes_it(make_package):
    folder = make_package(cell("targets", 5, "target_period", ""), cell("targets", 5, "flags", "no-deadline"))
    day = load_day(folder, DAY, DAY)
    with speaking("en"):
        report = build_report(day.seen, settled(day.seen, DAY))
        entry = next(each for each in report.entries if each.target.target_id == "parks-2025")
        said = unlock(entry.target, entry.assessment, report.package)
    assert "at least 9 个" in said
    assert "‘" in said
    assert "“" not in said
