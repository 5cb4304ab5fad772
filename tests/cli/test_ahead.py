"""`--as-of` a day still to come: whatever is made of it is called a rehearsal; of one that is over nothing is."""

from datetime import date

import pytest

from build_scripts.checks import load_package
from build_scripts.cli import ahead, assess, build, check, collect, forms, preview, serve
from build_scripts.core.errors import SiteError
from build_scripts.report import build_report

TODAY = date(2026, 11, 22)
COMING = "2026-12-31"
SAID = "注意：数据截止日 2026年12月31日 还没有到，今天是 2026年11月22日；结果只供预演，不能发布。"


@pytest.fixture
def package_dir(make_package, monkeypatch):
    monkeypatch.setattr(ahead, "today", lambda: TODAY)
    monkeypatch.setattr(ahead, "today_of", lambda _package: TODAY)
    return make_package()


@pytest.mark.parametrize("verb", [assess.assess, check.check, collect.collect])
@pytest.mark.parametrize(("day", "said"), [(COMING, [SAID]), ("2026-11-22", []), ("2025-01-01", [])])
def test_results_on_standard_output_are_called_a_rehearsal_beside_it(package_dir, capfd, verb, day, said):
    verb(package=package_dir, as_of=day)
    printed = capfd.readouterr()
    assert [line for line in printed.err.splitlines() if line.startswith("注意")] == said
    assert SAID not in printed.out


def test_forms_of_a_day_to_come_are_a_rehearsal_too(package_dir, tmp_path, capfd):
    forms.export(tmp_path / "forms", period="2026-11", package=package_dir, as_of=COMING)
    assert SAID in capfd.readouterr().err.splitlines()
    forms.status(period="2026-11", due_days=10, package=package_dir, as_of=COMING)
    assert SAID in capfd.readouterr().err.splitlines()


def test_today_is_the_day_that_comes_first(package_dir, monkeypatch):
    monkeypatch.setattr(ahead, "today_of", lambda _package: date(2026, 11, 23))
    chosen = build.settings(package_dir, "2026-11-23")
    assert not ahead.ahead(chosen)
    assert ahead.ahead(build.settings(package_dir, "2026-11-24"))


def test_a_build_and_what_serves_or_reviews_one_say_so(package_dir, capsys, monkeypatch):
    chosen = build.settings(package_dir, COMING)
    report = build_report(load_package(package_dir, TODAY), TODAY)
    assert next(build._passed(chosen, report)) == SAID
    assert SAID not in build._passed(build.settings(package_dir, "2026-11-22"), report)
    monkeypatch.setattr(preview, "changes", lambda _states, _published: [])
    monkeypatch.setattr(preview, "_states", lambda _chosen, _editions: {})
    preview.preview(package=package_dir, as_of=COMING)
    assert SAID in capsys.readouterr().out.splitlines()

    def taken(*_arguments: object) -> None:
        raise OSError("taken")

    monkeypatch.setattr(serve, "LiveServer", taken)
    with pytest.raises(SiteError):
        serve.serve(package=package_dir, as_of=COMING)
    assert SAID in capsys.readouterr().out.splitlines()
