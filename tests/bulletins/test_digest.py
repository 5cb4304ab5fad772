"""What a bulletin tells is counted right: what was promised and published by its day, beside the one before."""

from dataclasses import replace
from datetime import date

from bulletin_samples import TODAY

from build_scripts.bulletins import NewsKind, digests, summary, title
from build_scripts.checks import load_package
from build_scripts.core.asof import asof
from build_scripts.core.method import Disclosure, Family
from build_scripts.report import build_report


def test_a_plan_counts_from_the_day_it_was_issued(real):
    first, second = real.plans
    of_first = sum(target.plan_id == first.plan_id for target in real.targets)
    assert not asof(real, date(2020, 12, 19)).targets
    assert len(asof(real, date(2020, 12, 20)).targets) == of_first
    assert len(asof(real, date(2023, 3, 7)).targets) == of_first
    assert len(asof(real, date(2023, 3, 8)).targets) == len(real.targets)
    assert {plan.plan_id for plan in asof(real, date(2023, 3, 8)).plans} == {first.plan_id, second.plan_id}


def test_a_bulletin_before_the_second_plan_counts_the_first_alone(told, real):
    digest = told["2022-q4"]
    of_first = sum(target.plan_id == real.plans[0].plan_id for target in real.targets)
    assert digest.report.tally.total == of_first < len(real.targets)
    assert not digest.plans_issued
    after = told["2023-q1"]
    assert [plan.plan_id for plan in after.plans_issued] == [real.plans[1].plan_id]
    assert after.report.tally.total == len(real.targets)
    # What has just been promised is not a change of status.
    assert {change.entry.target_id for change in after.changes} <= {e.target_id for e in digest.report.entries}


def test_verdicts_are_those_of_a_report_of_that_day(told, real):
    for name in ("2021-q1", "2022-q4", "2024", "2026-q3"):
        digest = told[name]
        whole = build_report(real, digest.report.as_of, digest.bulletin.released)
        for entry in digest.report.entries:
            assert entry.assessment == whole.entry_by_id[entry.target_id].assessment, entry.target_id


def test_every_bulletin_is_compared_with_the_one_before_of_its_kind(told):
    assert told["2024-q2"].previous.bulletin_id == "2024-q1"
    assert told["2024-q2"].base == told["2024-q1"].report.as_of
    assert told["2025"].previous.bulletin_id == "2024"
    assert told["2021-q1"].previous is None
    assert told["2021-q1"].base == date(2020, 12, 31)
    assert told["2021"].base == date(2020, 12, 31)


def test_changes_are_exactly_the_differences_of_two_reports(told, real):
    digest = told["2025-q4"]
    then = build_report(real, told["2025-q3"].report.as_of)
    differing = {
        entry.target_id
        for entry in build_report(real, digest.report.as_of).entries
        if then.entry_by_id[entry.target_id].status is not entry.status and entry.target.duplicate_of is None
    }
    assert {change.entry.target_id for change in digest.changes} == differing
    assert differing


def test_quarters_share_out_all_news_and_leave_none_out(told, real):
    quarters = [digest for digest in told.values() if digest.bulletin.kind == "quarter"]
    keys = [
        (s.indicator_id, s.region_id, s.period, s.basis, s.pub, s.source_id)
        for digest in quarters
        for s in (news.figure.observation for news in digest.news)
    ]
    assert len(keys) == len(set(keys))
    first, last = min(d.base for d in quarters), max(d.report.as_of for d in quarters)
    released = max(d.bulletin.released for d in quarters)
    known = {
        (s.indicator_id, s.region_id, s.period, s.basis, s.pub, s.source_id)
        for s in real.observations
        if first < s.pub <= last and s.value is not None and s.known_from <= released
    }
    # A figure of an indicator that only the plan of 2023 names is no news to a bulletin before it.
    early = {target.indicator_id for target in real.targets if target.plan_id == real.plans[0].plan_id}
    left_out = {key for key in known - set(keys) if key[0] in early}
    assert not left_out
    assert set(keys) <= known


def test_due_without_a_value_follows_the_calendar(told):
    due = told["2025-q4"]
    assert {each.day for each in due.newly_due} == {date(2025, 12, 31)}
    assert {each.id for each in due.newly_due} == {each.id for each in told["2025-q3"].coming}
    assert due.newly_unanswered
    assert due.newly_unanswered <= {entry.target_id for entry in due.unanswered}
    assert not told["2026-q1"].newly_unanswered
    assert len(told["2026-q1"].unanswered) == len(due.unanswered)


def test_nobody_had_searched_when_the_bulletins_of_the_past_fell_due(told):
    states = {entry.searched.state for digest in told.values() for entry in digest.unanswered}
    assert states == {Disclosure.NOT_SEARCHED}


def test_groups_add_up_to_the_whole(told):
    for digest in told.values():
        for groups in (digest.by_project, digest.by_unit):
            assert sum(group.tally.total for group in groups) == digest.report.tally.total
            for family in Family:
                assert sum(group.tally.family(family) for group in groups) == digest.report.tally.family(family)


def test_a_thin_quarter_says_so(told):
    text = "".join(summary(told["2026-q1"]))
    assert "本站没有收录新的数据和进展；资料收到" in text
    assert "没有目标的状态发生变化" in text
    assert "只收录了任务进展" in "".join(summary(told["2024-q3"]))


def test_summaries_are_chinese_without_codes_or_slips(told):
    for digest in told.values():
        text = "".join(summary(digest))
        assert text.endswith("。")
        for slip in ("None", "。。", "，。", "、。", "{", "}", "0项变为", "_", "  "):
            assert slip not in text, (title(digest.bulletin), text)


def test_a_revised_figure_is_told_as_such_with_what_it_was(real):
    seen = next(s for s in real.observations if (s.indicator_id, s.region_id, s.period) == ("gdp", "lishui", "2023"))
    revised = replace(seen, pub=date(2026, 10, 20), value=seen.value + 1)
    package = replace(real, observations=(*real.observations, revised))
    digest = next(d for d in digests(package, TODAY) if d.bulletin.bulletin_id == "2026-q3")
    assert [(n.kind, n.earlier.observation.value) for n in digest.news] == [(NewsKind.REVISED, seen.value)]
    assert "修订的数据1个" in "".join(summary(digest))


def test_problems_opened_and_closed_are_told_from_published_steps(make_package):
    package = load_package(make_package(), TODAY)
    row = package.bulletins[0]
    months = [
        replace(row, bulletin_id="m-2023-02", period="2023-02", as_of=date(2023, 3, 20), released=row.released),
        replace(row, bulletin_id="m-2023-05", period="2023-05", as_of=date(2023, 5, 31), released=row.released),
        replace(row, bulletin_id="m-2023-06", period="2023-06", as_of=date(2023, 7, 1), released=row.released),
    ]
    told = {d.bulletin.bulletin_id: d for d in digests(replace(package, bulletins=tuple(months)), TODAY)}
    assert [i.problem.problem_id for i in told["m-2023-02"].opened] == ["land"]
    assert not told["m-2023-02"].closed
    assert [i.problem.problem_id for i in told["m-2023-05"].closed] == ["land"]
    assert not told["m-2023-05"].opened
    assert not told["m-2023-06"].closed
    assert "新提出1个、销号0个，尚未销号1个" in "".join(summary(told["m-2023-02"]))


def test_only_released_bulletins_are_told(real):
    assert not digests(real, date(2026, 11, 20))
    assert len(digests(real, date(2026, 11, 21))) == len(real.bulletins)
