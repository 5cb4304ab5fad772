"""What a phone's reader waits for while a page loads, told in processor time, so that a busy machine tells the same.

Gets a page that has gone nowhere yet, gives `Speed`: how far things moved (CLS), how long the page could not answer
(TBT) and when its largest part was painted (LCP), the last two on a processor four times slower than this one.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, Response

SLOWER = 4
LONG_TASK_MS = 50
SHIFTS = """
() => {
  window.shifted = 0;
  new PerformanceObserver(seen => {
    for (const shift of seen.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
  }).observe({type: 'layout-shift', buffered: true});
}
"""


class Speed(NamedTuple):
    """Cumulative layout shift, total blocking time and largest contentful paint."""

    shifted: float
    blocked_ms: float
    painted_ms: float


def visit(browser: Browser, page: Page, address: str) -> tuple[Response, Speed]:
    """Go to a page and wait until it is quiet; gives the answer and how the page loaded."""
    page.add_init_script(f"({SHIFTS})()")
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline", "loading"])
    answer = page.goto(address)
    page.wait_for_load_state("networkidle")
    shifted = page.evaluate("() => window.shifted")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    return answer, Speed(shifted, *_times(events, address))


def _times(events: list[dict[str, Any]], address: str) -> tuple[float, float]:
    """Blocking time and largest paint, from the tasks of the page's own thread."""
    started = next(e for e in events if e["name"] == "CommitLoad" and e["args"]["data"]["url"] == address)
    process, thread = started["pid"], started["tid"]
    tasks = [
        (each["ts"], SLOWER * each["tdur"] / 1000)
        for each in events
        if each["name"] == "ThreadControllerImpl::RunTask"
        and (each["pid"], each["tid"]) == (process, thread)
        and each["ts"] >= started["ts"]
        and "tdur" in each
    ]
    first = _painted(events, process, "firstContentfulPaint")
    largest = _painted(events, process, "largestContentfulPaint::Candidate")
    blocked = sum(max(0.0, took - LONG_TASK_MS) for at, took in tasks if at >= first)
    return blocked, sum(took for at, took in tasks if at <= largest)


def _painted(events: list[dict[str, Any]], process: int, name: str) -> int:
    """The moment of the last such paint."""
    return max(each["ts"] for each in events if each["name"] == name and each["pid"] == process)
