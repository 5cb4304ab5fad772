"""Who does the many small jobs of a build: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from build_scripts.core.crew import Crew
from build_scripts.core.errors import UsageError
from build_scripts.locale import t


class Executor(StrEnum):
    """Where charts, cards and pages are made."""

    LOCAL = "local"
    DASK = "dask"


ExecutorOption = Annotated[
    Executor,
    typer.Option("--executor", help=t("cli.option.executor")),
]
SchedulerOption = Annotated[str | None, typer.Option("--scheduler", metavar="ADDRESS", help=t("cli.option.scheduler"))]


def crew_of(executor: Executor, scheduler: str | None) -> Crew:
    """The crew that was asked for.

    Raises:
        UsageError: there is no such cluster, or the address is of no use.
    """
    if executor is Executor.LOCAL:
        if scheduler:
            raise UsageError(t("site.cluster.local"))
        return Crew()
    if not scheduler:
        raise UsageError(t("site.cluster.address"))
    from build_scripts.core.dask_crew import ClusterError, DaskCrew  # noqa: PLC0415 - only where it is asked for

    try:
        return DaskCrew(scheduler)
    except ClusterError as failure:
        raise UsageError(t(f"site.cluster.{failure}", address=scheduler)) from failure
