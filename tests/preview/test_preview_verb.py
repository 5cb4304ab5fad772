"""The verb: what it prints and writes, and how it says that there is nothing to compare with."""

import hashlib
import json

import pytest
from packages import add
from preview_samples import AS_OF, build_site, made, settings_of

from build_scripts.cli import preview as verb
from build_scripts.cli import publish as publishing
from build_scripts.core.errors import UsageError
from build_scripts.core.foreign import is_han
from build_scripts.core.language import speaking
from build_scripts.overlay import Overlay

REVISION = add(
    "observations",
    indicator_id="gdp",
    region_id="city",
    period="2023",
    basis="main",
    pub="2025-05-01",
    source_id="gazette",
    value="181.5",
    obs_status="A",
)


@pytest.fixture
def site(make_package, monkeypatch):
    """A site whose overlay is made without charts."""
    settings = settings_of(make_package(), AS_OF)
    monkeypatch.setattr(verb, "overlay", lambda chosen, _package, _report: Overlay(tuple(made(chosen)), ()))
    monkeypatch.setattr(verb, "today", lambda: AS_OF)
    build_site(settings)
    return settings


def preview(site, **options):
    verb.preview(package=site.package_dir, as_of=AS_OF.isoformat(), out=site.out_dir, **options)


def test_before_the_first_publication_it_counts(site, capsys):
    preview(site)
    printed = capsys.readouterr().out
    assert "还没有发布过" in printed
    assert "这是第一次发布" in printed
    assert "目标6项" in printed


def test_against_the_published_site_it_names_each_change_and_writes_both_pages(site, capsys):
    publishing.publish(approved_by="王某", package=site.package_dir, out=site.out_dir)
    REVISION(site.package_dir)
    before = sorted(path for path in site.site_dir.rglob("*"))
    capsys.readouterr()
    preview(site)
    printed = capsys.readouterr().out
    assert "修订的数据（1）" in printed
    assert "测试市地区生产总值：2023年180亿元（初步数） → 2023年181.5亿元" in printed
    folder = site.out_dir / "preview"
    assert "181.5亿元" in (folder / "review.md").read_text(encoding="utf-8")
    assert "181.5亿元" in (folder / "review.html").read_text(encoding="utf-8")
    assert sorted(path for path in site.site_dir.rglob("*")) == before


def test_any_built_site_or_its_state_file_will_do_to_compare_with(site, capsys):
    preview(site, against=site.site_dir)
    assert "数据、状态和页面都没有变化" in capsys.readouterr().out
    preview(site, against=site.site_dir / "publications" / "state.json")
    assert "数据、状态和页面都没有变化" in capsys.readouterr().out


@pytest.mark.slow
def test_what_is_no_site_is_refused_in_one_line(site, tmp_path):
    with pytest.raises(UsageError, match="没有网站的状态文件"):
        preview(site, against=tmp_path / "nowhere")
    broken = tmp_path / "state.json"
    broken.write_text('{"form": 99}', encoding="utf-8")
    with pytest.raises(UsageError, match="无法读懂"):
        preview(site, against=broken)


def manifest_of(site, code, settings):
    """What `build` writes about a site in one language, as far as anybody asks."""
    mark = hashlib.sha256(settings).hexdigest()
    told = {"languages": [code], "inputs": [{"path": "mkdocs.yml", "sha256": mark}]}
    (site.site_dir / "build-manifest.json").write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.slow
def test_a_site_built_in_another_language_is_reviewed_in_it(site, capsys):
    """Built with `--language en`, all of it would otherwise be shown as changed into the package's language."""
    with speaking("en"):
        build_site(site)
    settings = site.root / "mkdocs.yml"
    manifest_of(site, "en", settings.read_bytes())
    publishing.publish(approved_by="王某", package=site.package_dir, out=site.out_dir)
    capsys.readouterr()
    preview(site)
    printed = capsys.readouterr().out
    assert "Compared with" in printed
    assert "Data, statuses and pages have not changed." in printed
    assert [sign for sign in printed if is_han(sign)] == []
    review = (site.out_dir / "preview" / "review.md").read_text(encoding="utf-8")
    assert "have not changed" in review
    settings.write_text(settings.read_text(encoding="utf-8") + "# \n", encoding="utf-8")
    preview(site)
    assert "次发布" in capsys.readouterr().out, "other settings make another site"


def test_preview_may_be_asked_for_a_language(site, capsys):
    preview(site, language="en")
    assert "This is the first publication" in capsys.readouterr().out
    with pytest.raises(UsageError, match="tlh"):
        preview(site, language="tlh")
