"""Gets entries and the text of their pages, gives the files that a browser asks for, each when it is needed.

`names-0.json` is all that the first answer needs: the best-known pages by name, and the words that no plan answers.
Further names and the sentences about pages (`notes-N.json`) come after it. `text/N.json` lead from words to pages:
a hash of a word says which file it is in, so that a question reads a few files of a fixed size however large the site.
Pages are named by their place in the list of all entries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from platform import python_version

from build_scripts.core.kept import Keep, key_of, made_anew
from build_scripts.core.records import Artifact
from build_scripts.core.vocabulary import Role
from build_scripts.locale import t, words
from build_scripts.report import Report
from build_scripts.report.concerns import bare_region
from build_scripts.search import page_text
from build_scripts.search.entries import KINDS, Entry
from build_scripts.search.page_text import grams, plain_text

FOLDER = "search"
# Bytes of JSON in one file of names or notes: about 50 kB gzipped.
_PART = 190_000
# Bytes of JSON in one file of words, on average: about 10 kB gzipped.
_SHARD = 30_000
_OWNER = "search/files"
Json = list[object]


def search_files(
    report: Report, found: Iterable[Entry], text_of: Callable[[str], str], keep: Keep = made_anew
) -> Iterator[Artifact]:
    """All files of the search; `text_of` gives a page's Markdown by address, `keep` is asked for a text's words."""
    ordered = sorted(found, key=lambda entry: (entry.silent, KINDS.index(entry.kind), entry.standing, entry.address))
    words = _words(ordered, text_of, keep)
    labels = list(dict.fromkeys(entry.label for entry in ordered))
    names = list(_parts(_row(entry, labels) for entry in ordered))
    notes = list(_parts(entry.note for entry in ordered))
    shards = _shards(words)
    rest = [
        *((f"names-{number}.json", _text(part)) for number, part in enumerate(names) if number),
        *((f"notes-{number}.json", _text(part)) for number, part in enumerate(notes)),
        *((f"text/{number}.json", _text(shard)) for number, shard in enumerate(shards)),
    ]
    first = {
        "version": sha256("".join(text for _name, text in rest).encode()).hexdigest()[:12],
        "names": len(names),
        "notes": len(notes),
        "shards": len(shards),
        "kinds": KINDS,
        "labels": labels,
        "idle": _idle(report),
        "absent": list(_absent(report, ordered)),
        "entries": names[0] if names else [],
    }
    if t("format.wrap") == "words":
        first["spaced"] = True
    for name, text in (("names-0.json", _text(first)), *rest):
        yield Artifact(f"{FOLDER}/{name}", text.encode(), _OWNER)


def _row(entry: Entry, labels: Sequence[str]) -> Json:
    """An entry as the browser reads it: kind, label, standing (9 and more where nothing is known), address, names."""
    standing = entry.standing + (10 if entry.silent else 0)
    return [KINDS.index(entry.kind), labels.index(entry.label), standing, entry.address, entry.title, *entry.names]


def _absent(report: Report, ordered: Sequence[Entry]) -> Iterator[Json]:
    """Words no plan answers: the words, what there is instead, and the places of its pages in the list."""
    places = {entry.address: place for place, entry in enumerate(ordered)}
    for each in report.package.unanswered:
        near = [f"targets/{name}/" for name in each.target_ids] + [f"works/{name}/" for name in each.task_ids]
        yield [[each.word, *each.also_called], each.instead, [places[address] for address in near if address in places]]


def _idle(report: Report) -> list[str]:
    """What is said in a question without asking for anything: the city's name, and words of asking."""
    cities = report.package.places(Role.WHOLE)
    return [*(name for city in cities for name in (city.name, bare_region(city))), *words("search.idle")]


def _parts(rows: Iterable[object]) -> Iterator[list[object]]:
    """Rows in files of about one size."""
    part: list[object] = []
    size = 0
    for row in rows:
        part.append(row)
        size += len(_text(row).encode())
        if size > _PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def _words(ordered: Sequence[Entry], text_of: Callable[[str], str], keep: Keep) -> dict[str, list[int]]:
    """Every word and pair of characters, and the pages that have it, each as its distance from the one before."""
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for place, entry in enumerate(ordered):
        said = "\n".join((entry.title, *entry.names, entry.note))
        for gram in {*grams(said), *_of_page(text_of(entry.address), keep)}:
            found.setdefault(gram, []).append(place - last.get(gram, 0))
            last[gram] = place
    return found


def _of_page(page: str, keep: Keep) -> list[str]:
    """The words and pairs of a page, each once."""
    if not page:
        return []
    key = key_of(_maker(), page)
    return keep("words", key, lambda: " ".join(sorted(set(grams(plain_text(page))))).encode()).decode().split()


@cache
def _maker() -> str:
    """What besides its text decides the words of a page."""
    return key_of(python_version(), Path(page_text.__file__).read_bytes())


def _shards(words: Mapping[str, list[int]]) -> list[dict[str, list[int]]]:
    """The words by the file they are in; a power of two of files, so that few move when the site grows."""
    count, size = 1, sum(len(word) + 6 + 2 * len(places) for word, places in words.items())
    while size / count > _SHARD:
        count *= 2
    shards: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for word in sorted(words):
        shards[_hash(word) % count][word] = words[word]
    return shards


def _hash(word: str) -> int:
    """FNV-1a over the word's characters, as the browser counts it too."""
    value = 0x811C9DC5
    for character in word:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
