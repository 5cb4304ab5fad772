"""Every language says the same: the same files, keys and placeholders, plurals that can be used, its own signs."""

import re
import string
import tomllib
from pathlib import Path

import pytest
from babel import Locale

from build_scripts.core.language import DEFAULT, known_languages
from build_scripts.locale import catalogue

FOLDER = Path(catalogue.__file__).parent
OTHERS = [code for code in known_languages() if code != DEFAULT]
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def entries(code: str) -> dict[str, catalogue.Entry]:
    return catalogue._words(code)


def placeholders(entry: catalogue.Entry) -> set[str]:
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for text in texts for _, name, *_ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_key_and_no_other(code):
    wanted, has = set(entries(DEFAULT)), set(entries(code))
    assert (sorted(wanted - has), sorted(has - wanted)) == ([], [])


@pytest.mark.parametrize("code", OTHERS)
def test_a_list_is_a_list_in_every_language(code):
    own, first = entries(code), entries(DEFAULT)
    assert [key for key in own if isinstance(own[key], tuple) != isinstance(first[key], tuple)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_asks_for_nothing_more(code):
    own, first = entries(code), entries(DEFAULT)
    sentences = [key for key, entry in own.items() if not isinstance(entry, tuple)]
    assert len(sentences) > 1000
    patterns = {"format.small", "format.names.bare_region"}
    more = {
        key: placeholders(own[key]) - placeholders(first[key])
        for key in sentences
        if key not in patterns and placeholders(own[key]) - placeholders(first[key])
    }
    assert more == {}


@pytest.mark.parametrize("code", known_languages())
def test_a_plural_has_forms_of_its_language_and_counts_what_it_says(code):
    locale = Locale.parse(entries(code)["format.cldr"])
    forms = {"by": {*locale.plural_form.tags, "other"}, "nth": {*locale.ordinal_form.tags, "other"}}
    for key, entry in entries(code).items():
        if isinstance(entry, dict):
            [asked] = entry.keys() & forms.keys()
            assert {*entry} - {asked} <= forms[asked], key
            assert entry[asked] in placeholders({k: v for k, v in entry.items() if k != asked}), key


@pytest.mark.parametrize("code", OTHERS)
def test_no_chinese_sign_is_in_another_language(code):
    for path in sorted((FOLDER / code).glob("*.toml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not HAN.search(line), f"{path.name}:{number}: {line}"


@pytest.mark.parametrize("code", known_languages())
def test_a_file_holds_every_table_once(code):
    for path in sorted((FOLDER / code).glob("*.toml")):
        tomllib.loads(path.read_text(encoding="utf-8"))
