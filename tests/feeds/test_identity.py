"""What `mkdocs.yml` says of the site is read with care: environment, foreign tags, broken files."""

from pathlib import Path

import pytest

from build_scripts.core.errors import SiteError
from build_scripts.core.identity import Site, site_identity

ROOT = Path(__file__).parents[2]


def written(folder, text):
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_projects_own_file_gives_its_name_and_operator(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    site = site_identity(ROOT)
    assert site.name == "规划进展公开·丽水"
    assert site.author == "规划进展公开项目组"
    assert site.address == ""
    monkeypatch.setenv("SITE_URL", "https://example.org/plan")
    assert site_identity(ROOT).address == "https://example.org/plan/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_name: 甲\nsite_url: https://a.example/\n", Site("甲", "甲", "https://a.example/")),
        (
            "site_name: 甲\nsite_url: !ENV [NO_SUCH_A, NO_SUCH_B, https://b.example]\n",
            Site("甲", "甲", "https://b.example/"),
        ),
        ("site_name: 甲\nsite_url: !ENV NO_SUCH_A\n", Site("甲", "甲", "")),
        ("site_name: 甲\nx: !!python/name:os.system\ny: !relative a\n", Site("甲", "甲", "")),
        ("", Site("", "", "")),
        ("- a\n", Site("", "", "")),
    ],
)
def test_values_tags_and_defaults(tmp_path, text, expected):
    assert site_identity(written(tmp_path, text)) == expected


def test_a_missing_or_broken_file_is_one_clear_line(tmp_path):
    with pytest.raises(SiteError, match="无法读取"):
        site_identity(tmp_path)
    with pytest.raises(SiteError, match="不是有效的 YAML"):
        site_identity(written(tmp_path, "a: [b\n"))


@pytest.mark.parametrize(
    "given", ["10.5281/zenodo.1234567", "https://doi.org/10.5281/zenodo.1234567", "doi: 10.5281/zenodo.1234567"]
)
def test_a_doi_is_read_however_it_is_written(tmp_path, given):
    site = site_identity(written(tmp_path, f'site_name: a\nextra:\n  doi: "{given}"\n'))
    assert site.doi == "10.5281/zenodo.1234567"


@pytest.mark.parametrize("given", ["zenodo.1234567", "10.5281", "10.5281/a b", "javascript:10.5281/a", '10.5281/a"b'])
def test_what_is_no_doi_is_refused_in_one_line(tmp_path, given):
    with pytest.raises(SiteError, match="不是 DOI"):
        site_identity(written(tmp_path, f"site_name: a\nextra:\n  doi: '{given}'\n"))
    assert site_identity(written(tmp_path, 'site_name: a\nextra:\n  doi: ""\n')).doi == ""
