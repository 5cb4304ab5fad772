"""The day of a build is the one its government has, by the time zone that the package names."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from build_scripts.cli import clock

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
