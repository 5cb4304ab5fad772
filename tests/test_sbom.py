"""The bill of materials: whole, current, and in the form other programs read (CycloneDX 1.6)."""

import hashlib
import importlib.util
import json
import re

import pytest
from packages import ROOT

FILE = ROOT / "requirements" / "sbom.cdx.json"
COMPONENT = {
    "type", "bom-ref", "name", "version", "description", "hashes", "licenses", "purl", "externalReferences",
}  # fmt: skip


@pytest.fixture(scope="module")
def said():
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "requirements" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_a_bill_of_the_format(said):
    assert (said["bomFormat"], said["specVersion"], said["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", said["serialNumber"])
    references = [each["bom-ref"] for each in said["components"]]
    assert len(references) == len(set(references))
    for each in said["components"]:
        assert set(each) <= COMPONENT
        assert each["type"] in {"library", "file"}
        for entry in each["licenses"]:
            assert set(entry) in ({"expression"}, {"license"})
            assert "expression" in entry or set(entry["license"]) in ({"id"}, {"name"})
        hashes = [*each.get("hashes", ()), *(it for ref in each.get("externalReferences", ()) for it in ref["hashes"])]
        assert hashes
        assert all(it["alg"] == "SHA-256" and re.fullmatch(r"[0-9a-f]{64}", it["content"]) for it in hashes)
    (root,) = said["dependencies"]
    assert root["ref"] == said["metadata"]["component"]["bom-ref"]
    assert root["dependsOn"] == references


def test_every_requirement_is_in_it_with_all_its_hashes(said):
    text = (ROOT / "requirements" / "site.txt").read_text(encoding="utf-8")
    pins = set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;\\]+)", text, re.MULTILINE))
    libraries = [each for each in said["components"] if each["type"] == "library"]
    assert {(each["name"], each["version"]) for each in libraries} == pins
    told = [it["content"] for each in libraries for it in each["externalReferences"][0]["hashes"]]
    assert sorted(told) == sorted(re.findall(r"sha256:([0-9a-f]{64})", text))


def test_it_is_what_would_be_written_now(said, maker):
    assert maker.bill() == said, "run `make sbom`"
    files = {each["name"]: each for each in said["components"] if each["type"] == "file"}
    assert {"build_scripts/charts/fonts/report-sans-sc.otf", "assets/js/vega-bundle.js"} <= set(files)
    assert len(files) >= 5


@pytest.mark.site
def test_the_files_of_others_in_a_site_are_those_of_the_bill(said, real_site):
    """But for the theme's script, which `site/patch_theme` repairs on its way."""
    files = {each["name"]: each["hashes"][0]["content"] for each in said["components"] if each["type"] == "file"}
    there = {
        name: real_site / name for name in files if (real_site / name).suffix != ".js" or name.startswith("assets/js/")
    }
    there = {name: path for name, path in there.items() if path.is_file()}
    assert "assets/js/vega-bundle.js" in there
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()} == {
        name: files[name] for name in there
    }
