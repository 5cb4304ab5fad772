"""A site of the invented package, as state and as folders, without the site engine."""

import shutil
from datetime import date
from itertools import chain
from pathlib import Path

from build_scripts.bulletins import digests
from build_scripts.checks import load_package
from build_scripts.core.records import Artifact
from build_scripts.core.settings import Settings
from build_scripts.locale import t
from build_scripts.pages import SiteData, bulletin, bulletins, project, publications, revisions, target, withdrawn
from build_scripts.publish import STATE_PATH, State, from_json
from build_scripts.publish.site_state import package_digest, said_of, state_artifact
from build_scripts.render import render_pages
from build_scripts.report import build_report
from build_scripts.site.written import written

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 22)
# A site of the kinds of page that publications are about; the others add nothing here.
KINDS = (target, withdrawn, project, revisions, bulletins, bulletin, publications)


def settings_of(package_dir: Path, as_of: date = AS_OF) -> Settings:
    """Settings of a site whose root is the package's parent folder."""
    root = package_dir.parent
    if not (root / "mkdocs.yml").exists():
        shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
        (root / "docs").mkdir()
        (root / "docs" / "about.md").write_text("# 关于 { #about }\n", encoding="utf-8")
    return Settings(root, package_dir, as_of, root / "build")


def made(settings: Settings) -> list[Artifact]:
    """The pages of the site and its state."""
    package = load_package(settings.package_dir, AS_OF)
    report = build_report(package, settings.as_of)
    told = digests(package, settings.as_of)
    given = SiteData(report, digests=told)
    pages = list(render_pages(chain.from_iterable(kind.pages(given) for kind in KINDS)))
    files = [*written(settings), *pages]
    return [
        *pages,
        state_artifact(settings, said_of(report, told), report.as_of, files, str(package.meta.get("version") or "")),
    ]


_KNOWN: dict[tuple[str, date], State] = {}


def state_at(package_dir: Path, as_of: date = AS_OF) -> State:
    """The state of the package's site; that of equal packages is made once."""
    key = package_digest(package_dir), as_of
    if key not in _KNOWN:
        _KNOWN[key] = _state(package_dir, as_of)
    return _KNOWN[key]


def _state(package_dir: Path, as_of: date) -> State:
    return from_json(next(each.data for each in made(settings_of(package_dir, as_of)) if each.path == STATE_PATH))


def build_site(settings: Settings) -> Path:
    """What `build` leaves in `build/site`, its HTML reduced to what `publish` looks at; gives the folder."""
    site = settings.site_dir
    shutil.rmtree(site, ignore_errors=True)
    for artifact in made(settings):
        path = site / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.data)
    (site / "index.html").write_text("<h1>总览</h1>", encoding="utf-8")
    slot = f'<p class="publication-slot">{t("publication.pending")}</p>'
    (site / "publications" / "index.html").write_text(f"<h1>发布记录</h1>\n{slot}\n", encoding="utf-8")
    for page in [path for path in site.glob("bulletins/*/later/*.md") if slot in path.read_text(encoding="utf-8")]:
        (page.parent / "index.html").write_text(f"<h1>此后</h1>\n{slot}\n", encoding="utf-8")
    own = f'<p class="publication-slot">{t("publication.bulletin_pending")}</p>'
    for page in [path for path in site.glob("bulletins/*/*.md") if own in path.read_text(encoding="utf-8")]:
        (page.parent / "index.html").write_text(f"<h1>通报</h1>\n{own}\n", encoding="utf-8")
    return site
