"""What is missing for a verdict, said in English: numbers stand apart from their units, names in one kind of marks."""

import re
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


def test_every_sentence_begins_with_a_capital(make_package):
    day = load_day(make_package(), DAY, date(2024, 6, 30))
    with speaking("en"):
        report = build_report(day.seen, settled(day.seen, date(2024, 6, 30)))
        said = [unlock(each.target, each.assessment, report.package) for each in report.entries]
    assert any("responsible body would have to publish" in text for text in said), said
    assert not [text for text in said if re.search(r"(?:^|\. )[a-z]", text)]
