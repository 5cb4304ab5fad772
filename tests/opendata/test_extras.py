"""Badges, embeds and the build manifest."""

from __future__ import annotations

import hashlib
import json
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import opendata_samples as samples
from all_of import all_of

from build_scripts.core.method import COLOURS, Status
from build_scripts.exports import badge_path, build_manifest, embed
from build_scripts.exports.badges import badge
from build_scripts.locale import t

SVG = "{http://www.w3.org/2000/svg}"


@all_of("status", list(Status))
def test_a_badge_says_its_status_in_glyph_word_and_title(status):
    root = ET.fromstring(badge(status, "2026-06-30"))
    label = t(f"status.label.{status}")
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert texts == ["规划进展", t(f"status.glyph.{status}"), label]
    assert label in (root.find(f"{SVG}title").text or "")
    assert [each.get("fill") for each in root.iter(f"{SVG}rect")][1] == COLOURS[status]
    width = float(root.get("width"))
    middle = [float(element.get("x")) for element in root.iter(f"{SVG}text")]
    assert 0 < middle[0] < middle[1] < middle[2] < width


def test_every_target_has_a_badge_file_of_its_status(site, publication):
    for target in publication.edition.package.targets:
        status = publication.edition.assessments[target.target_id].status
        assert (site / badge_path(target.target_id)).read_bytes() == badge(status, "2026-06-30")


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_embed_code_is_safe_html_whatever_the_name(publication):
    edition = publication.edition
    for target in edition.package.targets:
        made = embed(edition, target)
        parser = Tags()
        parser.feed(made.iframe + made.image)
        assert [tag for tag, _ in parser.found] == ["iframe", "a", "img"]
        frame = parser.found[0][1]
        assert frame["src"] == f"{samples.ADDRESS}embed/{target.target_id}/"
        assert target.name in frame["title"] or target.name.replace("\t", " ") in frame["title"]
        assert parser.found[2][1]["src"] == f"{samples.ADDRESS}{badge_path(target.target_id)}"
        assert made.status_label in parser.found[2][1]["alt"]


def test_embed_shows_the_latest_value_or_none(publication):
    edition = publication.edition
    made = embed(edition, edition.package.target_by_id["gdp-2025"])
    assert (made.latest_value, made.unit, made.status_label) == ("2181.18", "亿元", "符合进度")
    assert embed(edition, edition.package.target_by_id["road-2025"]).latest_value == ""


def test_manifest_lists_hashes_and_changes_with_any_byte():
    inputs, outputs = [("datapackage/a.csv", b"1")], {"index.html": b"x", "a/b.html": b"y"}
    said = json.loads(build_manifest(inputs, outputs.items(), "2026.06", samples.AS_OF))
    assert [each["path"] for each in said["outputs"]] == ["a/b.html", "index.html"]
    assert said["outputs"][1]["sha256"] == hashlib.sha256(b"x").hexdigest()
    other = json.loads(build_manifest(inputs, (outputs | {"index.html": b"z"}).items(), "2026.06", samples.AS_OF))
    assert other["outputs_sha256"] != said["outputs_sha256"]
    assert other["inputs_sha256"] == said["inputs_sha256"]
    renamed = json.loads(build_manifest(inputs, [("i.html", b"x"), ("a/b.html", b"y")], "2026.06", samples.AS_OF))
    assert renamed["outputs_sha256"] != said["outputs_sha256"]
