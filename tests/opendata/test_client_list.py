"""The list of programs in the guide: each with the version that the tests use, and a test that is there."""

import re

from all_of import all_of
from packages import ROOT

GUIDES = (ROOT / "docs" / "open-data.md", ROOT / "build_scripts" / "starter" / "pages.en" / "open-data.md")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for guide in GUIDES
    for line in guide.read_text(encoding="utf-8").partition("{ #clients }")[2].partition("\n## ")[0].splitlines()
    if line.startswith("| ") and "::" in line
]
PINS = "".join((ROOT / "requirements" / name).read_text(encoding="utf-8") for name in ("site.txt", "test.txt"))


def test_there_are_at_least_twenty():
    assert len(ROWS) >= 20 * len(GUIDES)
    # The same in each guide, and none twice.
    assert len({row[3] for row in ROWS}) == len(ROWS) / len(GUIDES)


@all_of("row", ROWS, ids=lambda row: row[0])
def test_each_has_its_version_and_its_test(row):
    name, version, opens, where = row
    if re.fullmatch(r"[\d.]+", version):
        known = re.match(r"[A-Za-z0-9-]+", name)[0]
        assert re.search(rf"(?m)^{known}(\[.*?\])?=={re.escape(version)}\b", PINS), (name, version)
    assert opens
    file, _, function = where.strip("`").partition("::")
    text = (ROOT / "tests" / ("" if "/" in file else "opendata") / file).read_text(encoding="utf-8")
    assert re.search(rf"(?m)^def {function}\(", text)
