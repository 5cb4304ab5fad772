"""Makes plain `mkdocs build` and `mkdocs serve` give what ours give: a hook that `mkdocs.yml` names.

The frame of a page says what no file written by hand holds: words, the day of the data, which sections there are.
The run that stages the pages leaves it beside them, in the derived configuration. The hook has MkDocs go on with that
one, made anew for what `mkdocs.yml` holds by now. Runs of ours read it at once; it names no such hook.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

# MkDocs knows this file by its path alone.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from build_scripts.core.errors import SiteError
from build_scripts.core.identity import languages_of_site, read_settings
from build_scripts.core.language import choose, use
from build_scripts.core.settings import Settings
from build_scripts.locale import later, t
from build_scripts.site.engine import CONFIG_NAME, MKDOCS, engine_environment, guard_of, write_config
from build_scripts.site.finish import finish

_PACKAGE, _OUT = "datapackage", "build"
_called: dict[str, Any] = {"command": "build", "dirty": False}
_staged: list[Settings] = []


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember what MkDocs was called for."""
    _called.update(command=command, dirty=dirty)


def on_config(config: Any) -> Any:  # noqa: ANN401 - MkDocs' or ProperDocs' own
    """The derived configuration in the place of the one that was read.

    Raises:
        ClickException: there are no pages yet, or the configuration cannot be used.
    """
    try:
        chosen = _staged_by(Path(config.config_file_path).parent)
        _staged[:] = [chosen]
        derived = write_config(chosen, chosen.site_dir)
    except SiteError as failure:
        raise click.ClickException(str(failure)) from failure
    for name, value in engine_environment(chosen).items():
        os.environ.setdefault(name, value)
    program = type(config).__module__.partition(".")[0]
    whole = import_module(f"{program}.config").load_config(
        str(derived), strict=config.strict, site_dir=config.site_dir, use_directory_urls=config.use_directory_urls
    )
    if _called["command"] == "serve":
        whole.site_url = config.site_url
    whole.plugins.on_startup(**_called)
    whole = whole.plugins.on_config(whole)
    whole.plugins[MKDOCS] = sys.modules[__name__]
    return whole


def on_serve(server: Any, *, config: Any, builder: Any) -> None:  # noqa: ANN401, ARG001
    """Watch the staged pages, which are what is served."""
    server.watch(str(_staged[0].staged_dir))
    print(t("site.plain.serve"), file=sys.stderr)  # noqa: T201


def on_post_build(*, config: Any) -> None:  # noqa: ANN401
    """Finish the pages as `build` does; for `serve` they stay open to the script that loads them again.

    Raises:
        ClickException: a page may not be published.
    """
    if _called["command"] != "serve":
        try:
            finish(Path(config.site_dir), guard_of(_staged[0]))
        except SiteError as failure:
            raise click.ClickException(str(failure)) from failure


def _staged_by(root: Path) -> Settings:
    """The run that staged the pages of a project, as it left itself.

    Raises:
        SiteError: there is none, or each language has its own.
    """
    use(choose(None, root / _PACKAGE))
    out = root / _OUT
    if languages_of_site(read_settings(root)):
        raise SiteError(later("site.plain.languages"))
    if not (out / CONFIG_NAME).is_file():
        raise SiteError(later("site.plain.unstaged"))
    extra = json.loads((out / CONFIG_NAME).read_bytes())["extra"]
    return Settings(root, root / _PACKAGE, date.fromisoformat(extra["data_as_of"]), out, MKDOCS, reach=extra["reach"])
