"""A fast part of the audit, and proof that it sees what it looks for."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
import audit
import kills
from answers import Desk
from naughty import Bench
from planting import LANES, Headed, Text, listed
from result import Result

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("audit")]
# One lot of each sort that bites a different format.
LOTS = (
    ("</script><script>window.naughty=1</script>", '" onmouseover="window.naughty=1', "{{ 7*7 }}", "]]>"),
    ("=1+1", "}, author = {X}", "一;二,三:四", '"""'),
    ("\u202e反过来", "甲\x00乙", "长" * 20_000, "一\nBEGIN:VEVENT"),
    ("[字](https://example.org)", "_x0041_", "\\", "e\u0301"),
)
ANSWERS = ("=1+1", "<b>粗</b><i>斜</i>", "\u202e反过来", "长" * 300, "一\n二", "甲\x00乙", "../../etc/passwd", "'=1+1")


@pytest.fixture(scope="module")
def texts():
    return {each.text: each for each in listed()}


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("audit") / "site")


def test_the_list_holds_every_sort():
    kinds = [each.kind for each in listed()]
    assert len(kinds) >= 400
    assert len({each.text for each in listed()}) == len(kinds)
    assert {"sql", "html", "template", "markdown", "formula", "turning", "marks", "emoji", "half", "long", "lines",
            "control", "yaml", "toml", "json", "ics", "xml", "tex", "paths", "script"} <= set(kinds)  # fmt: skip


@pytest.mark.parametrize("lot", LOTS, ids=range(len(LOTS)))
def test_naughty_texts_are_refused_or_stand_as_text(bench, texts, lot):
    result = Result("texts")
    bench.through([texts[each] for each in lot], result)
    assert result.lost == []
    assert result.tried == len(bench.free)
    assert bench.site.site.joinpath("index.html").is_file()


def test_codes_and_numbers_are_refused(bench):
    result = Result("codes")
    for text in ("../../etc/passwd", "1e400", "<script>", "甲\x00乙", "9999-12-31"):
        bench.coded(Text("code", text), result)
    assert result.lost == []
    assert result.tried > 500


def test_texts_of_the_descriptor_and_the_settings_stand_as_text(tmp_path, texts):
    bench, result = Bench(tmp_path / "head", Headed), Result("head")
    for text in ("<style>@import 'https://example.org/x.css';</style>", "' OR '1'='1", "\u202e反过来"):
        bench.through([texts[text]], result)
    assert result.lost == []
    assert result.refused == len(bench.free)


def test_what_is_lost_is_seen(bench):
    """A page with one element more, one that does not parse, one without its text: each is told."""
    lot = [Text("plain", each) for each in ("甲文", "乙文", "丙文", "丁文")]
    assert len(lot) == LANES
    bench.through(lot, result := Result("texts"))
    assert result.lost == []
    site = bench.site.site
    cells = {place: lot[place.lane].text for place in bench.free}
    for path, edit in (
        ("targets/index.html", lambda text: text.replace("</main>", "<script>1</script></main>")),
        ("data/citation.json", lambda text: text[:-3]),
        ("data/csv/units.csv", lambda text: text.replace("甲文", "甲")),
    ):
        whole = (site / path).read_text(encoding="utf-8")
        (site / path).unlink()  # it may be a second name of a file that is kept
        (site / path).write_text(edit(whole), encoding="utf-8")
        assert [line for line in bench._judged(cells, lot) if line.startswith(path)], path
        (site / path).write_text(whole, encoding="utf-8")


def test_naughty_answers_are_refused_or_taken_as_they_are(tmp_path, texts):
    desk, result = Desk(tmp_path / "desk"), Result("forms")
    for each in ANSWERS:
        desk.take(texts[each], result)
    assert result.lost == []
    assert 0 < result.refused < result.tried


@pytest.mark.parametrize("verb", kills.VERBS)
def test_killed_twice_nothing_is_lost(tmp_path, verb):
    result = kills.run(verb, 2, tmp_path, seed=7)
    assert result.lost == []
    assert result.tried == 2


def test_the_table_names_what_was_lost():
    said = audit.table([Result("a", 1200, 3), Result("b", 5, 0, ["gone"]), Result("c").skip("no browser")])
    assert [line.split() for line in said.splitlines()[1:]] == [
        ["a", "1,200", "3", "0"], ["b", "5", "0", "1"], ["c", "0", "0", "no", "browser"],
    ]  # fmt: skip
