"""The day on which answers are taken in, which is the day they count as published from.

Gets a package, the day asked for and today, says why a day will not do: not tomorrow, for the checks of today would
refuse such a row; not a day that a bulletin has told of, for the bulletin says that it tells all that was out by then.
"""

from __future__ import annotations

from datetime import date

from build_scripts.core.errors import UsageError
from build_scripts.core.records import Package
from build_scripts.locale import day, period, t


def refuse_impossible(package: Package, received: date, today: date) -> None:
    """Let `received` pass as the day of answers taken in today, or say why not.

    Raises:
        UsageError: it lies after today, or a bulletin that is out already tells of it.
    """
    if received > today:
        raise UsageError(t("forms.error.day_future", day=day(received), today=day(today)))
    told = max((each for each in package.bulletins if each.as_of >= received), key=lambda it: it.as_of, default=None)
    if told is None:
        return
    title = t(f"bulletin.title.{told.kind}", period=period(told.period))
    code = "day_told_today" if received == today else "day_told"
    raise UsageError(t(f"forms.error.{code}", day=day(received), title=title, until=day(told.as_of)))
