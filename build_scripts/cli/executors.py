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
    typer.Option("--executor", help="画图和生成网页由谁做：local 本机，dask 集群（见 docs/scale.md）"),
]
SchedulerOption = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Dask 调度器的地址，如 tcp://127.0.0.1:8786")
]


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
