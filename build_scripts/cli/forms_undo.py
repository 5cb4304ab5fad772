"""`forms undo`: takes the last ingest back, as long as no published site has shown it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from build_scripts.checks import find_violations
from build_scripts.cli import forms_print
from build_scripts.cli.clock import today
from build_scripts.cli.options import PACKAGE_DEFAULT, PackageOption, ToOption, settings
from build_scripts.core.errors import BuildError, DataError
from build_scripts.core.records import Severity
from build_scripts.core.settings import Settings
from build_scripts.forms.ingest import session
from build_scripts.load import Receipt, last_append, preview_undo
from build_scripts.load import undo as take_back
from build_scripts.locale import t
from build_scripts.publish.shown import shown_searches, shown_sources
from build_scripts.publish.versions import target_of


def undo(
    yes: Annotated[bool, typer.Option("--yes", "-y", help=t("cli.option.undo_yes"))] = False,
    to: ToOption = None,
    package: PackageOption = PACKAGE_DEFAULT,
) -> None:
    """Undo the last forms taken in."""
    chosen = settings(package)
    with session(chosen.package_dir):
        receipt = last_append(chosen.package_dir)
        if receipt is None:
            raise BuildError(t("forms.undo.nothing"))
        _refuse_published(chosen, receipt, to)
        broken = [
            each
            for each in find_violations(preview_undo(chosen.package_dir, receipt), today())
            if each.severity is Severity.ERROR
        ]
        if broken:
            raise DataError(broken)
        forms_print.say(t("forms.undo.about", words=receipt.words, counts=forms_print.counts(receipt.rows)))
        if not yes and not typer.confirm(t("forms.undo.ask"), default=False):
            raise BuildError(t("forms.undo.kept"))
        take_back(chosen.package_dir, receipt)
    forms_print.say(t("forms.undo.done", counts=forms_print.counts(receipt.rows)))
    if receipt.restored:
        forms_print.say(t("forms.undo.restored", counts=forms_print.counts(receipt.restored)))


def _refuse_published(chosen: Settings, receipt: Receipt, to: Path | None) -> None:
    """Let pass what nobody outside has seen.

    Raises:
        BuildError: a published site has shown some of it.
    """
    target = target_of(chosen, to)
    if shown_sources(target) & set(receipt.sources) or shown_searches(target) & set(receipt.searches):
        raise BuildError(t("forms.undo.published", words=receipt.words))
