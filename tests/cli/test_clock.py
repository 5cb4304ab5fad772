"""The day of a build is the one its government has, by the time zone that the package names."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from build_scripts.cli import clock
from build_scripts.cli.options import day_of
from build_scripts.core.errors import UsageError, reason_of
from build_scripts.core.periods import FIRST_DAY, LAST_DAY
from build_scripts.exports.formats.zipped import zipped

NIGHT = datetime(2026, 11, 28, 1, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class Frozen(datetime):
    @classmethod
    def now(cls, tz=None):
        return NIGHT.astimezone(tz)


@pytest.mark.parametrize(
    ("descriptor", "day"),
    [
        ('{"disclosure": {"timezone": "America/Toronto"}}', 27),
        ('{"disclosure": {"timezone": "Pacific/Auckland"}}', 28),
        ('{"disclosure": {"timezone": "Nowhere/Else"}}', 28),
        ('{"disclosure": {"timezone": 8}}', 28),
        ('{"disclosure": []}', 28),
        ("{}", 28),
        ("no json", 28),
        (None, 28),
    ],
)
def test_today_is_the_governments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, descriptor, day):
    monkeypatch.setattr(clock, "datetime", Frozen)
    if descriptor is not None:
        (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    assert clock.today_of(tmp_path).day == day


@pytest.mark.parametrize("said", ["0001-01-01", "1899-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_that_no_package_knows_is_refused_in_a_line(said):
    with pytest.raises(UsageError, match=said):
        day_of(said)


def test_the_first_and_the_last_day_can_be_asked_for_and_zipped():
    for day in (FIRST_DAY, LAST_DAY):
        assert day_of(day.isoformat()) == day
        assert zipped({"a": b"b"}, day)


def test_of_many_files_that_could_not_be_copied_the_first_reason_is_told():
    many = shutil.Error([("a", "b", "[Errno 28] No space left on device: 'a' -> 'b'"), ("c", "d", "[Errno 28] x")])
    assert reason_of(many) == "No space left on device"
    assert reason_of(OSError(28, "No space left on device")) == "No space left on device"
