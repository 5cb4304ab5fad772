"""A settings file that cannot be read, or that a few lines blow up, is one clear line and no traceback."""

import json

import pytest
from packages import ROOT, data

from build_scripts.cli.clock import today, today_of
from build_scripts.core.errors import SiteError
from build_scripts.core.identity import read_settings, site_identity
from build_scripts.core.language import languages_of
from build_scripts.core.settings import Settings
from build_scripts.site.engine import write_config

LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
BAD = {
    "billions in twelve lines": LAUGHS,
    "in itself": "a: &a [*a]\n",
    "in itself by key": "a: &a\n  b: {c: *a}\n",
    "20,000 deep": f"a: {'[' * 20_000}{']' * 20_000}\n",
    "a day that is none": "site_name: 2024-13-45\n",
    "a list as a key": "? [a, b]\n: c\n",
    "no UTF-8": b"site_name: \xff\xfe\n",
    "no YAML": "a: [\n",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_settings_file_nobody_can_use_is_named(tmp_path, text):
    (tmp_path / "mkdocs.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SiteError, match=r"mkdocs\.yml"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "https://[::1/",
        "example.org",
        "javascript:alert(1)",
        "https://example.org/a b",
        "https://example.org/?q",
        "https://example.org/#a",
        "https://user:word@example.org/",
        "https://example.org:99999/",
        "mailto:a@example.org",
    ],
)
def test_an_address_no_site_can_have_is_named(tmp_path, address):
    (tmp_path / "mkdocs.yml").write_text(json.dumps({"site_name": "x", "site_url": address}), encoding="utf-8")
    with pytest.raises(SiteError, match="site_url"):
        site_identity(tmp_path)


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://例子.测试/目录", "https://example.org/a/"])
def test_an_address_a_site_can_have_ends_in_a_slash(tmp_path, address):
    (tmp_path / "mkdocs.yml").write_text(json.dumps({"site_name": "x", "site_url": address}), encoding="utf-8")
    assert site_identity(tmp_path).address == f"{address.rstrip('/')}/"


def test_aliases_as_people_use_them_are_read(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("a: &a {b: [1, 2]}\nc: {<<: *a, d: *a}\ne: *a\n", encoding="utf-8")
    assert read_settings(tmp_path)["c"] == {"b": [1, 2], "d": {"b": [1, 2]}}
    assert read_settings(ROOT)["site_name"]


def test_settings_are_read_anew_with_text_and_environment_and_belong_to_whoever_asks(tmp_path, monkeypatch):
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_url: !ENV [ADDRESS, none]\nnames: [one]\n", encoding="utf-8")
    assert read_settings(tmp_path)["site_url"] == "none"
    monkeypatch.setenv("ADDRESS", "https://example.org/")
    found = read_settings(tmp_path)
    assert found["site_url"] == "https://example.org/"
    found["names"].append("two")
    assert read_settings(tmp_path)["names"] == ["one"]
    file.write_text("names: [other]\n", encoding="utf-8")
    assert read_settings(tmp_path) == {"names": ["other"]}


def test_a_descriptor_without_end_leaves_language_and_day_to_the_defaults(make_package):
    folder = make_package(data("datapackage.json", lambda _text: b"[" * 100_000))
    assert languages_of(folder) == []
    assert today_of(folder) == today()


def test_names_in_the_settings_are_text_for_the_theme(tmp_path):
    named = {"site_name": "</title><b>甲 & 乙", "site_description": '" onload="x', "theme": {"name": "material"}}
    operator = {"name": "<script>x</script>", "mail": "a@example.org"}
    (tmp_path / "mkdocs.yml").write_text(json.dumps({**named, "extra": {"operator": operator}}), encoding="utf-8")
    settings = Settings(tmp_path, tmp_path / "datapackage", today(), tmp_path / "build")
    written = json.loads(write_config(settings, tmp_path / "site").read_text(encoding="utf-8"))
    assert written["site_name"] == "&lt;/title&gt;&lt;b&gt;甲 & 乙"
    assert written["site_description"] == "&quot; onload=&quot;x"
    assert written["extra"]["operator"] == {"name": "&lt;script&gt;x&lt;/script&gt;", "mail": "a@example.org"}
