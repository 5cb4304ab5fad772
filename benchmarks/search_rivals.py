"""Two other searches, fed with the entries, texts and pairs of characters of ours, for `search_speed.py` to compare.

lunr is the theme's own: its worker, run on the page's thread, since a browser slows no other. Pagefind is run where the
program `pagefind_extended` is on the path (it is no dependency); once with words cut by us, once by itself.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from build_scripts.search.entries import Entry

PROGRAM = "pagefind_extended"
LUNR, CUT, UNCUT = "lunr, fed with pairs", "Pagefind, fed with pairs", "Pagefind, its own segmentation"
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_PAIRS = """const pairs = (text) => text.replace(/[\\u3400-\\u9fff]{2,}/g, (run) =>
  " " + Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)).join(" ") + " ").trim();"""
_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>x</title><body><script>{script}</script></body></html>"
# The worker answers with messages to whoever it has heard; here that is the window, which hears itself.
_LUNR = """
const heard = (wanted) => new Promise((done) => addEventListener("message", function hear({ data }) {
  if (data.type !== wanted) return;
  removeEventListener("message", hear);
  done(data.data);
}));
const script = (src) => new Promise((onload) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload }));
});
let ready;
const begin = async () => {
  const [index] = await Promise.all([fetch("index.json").then((answer) => answer.json()), script("worker.js")]);
  const done = heard(1);
  postMessage({ type: 0, data: index });
  await done;
};
window.ask = async (question) => {
  await (ready ??= begin());
  const done = heard(3);
  postMessage({ type: 2, data: question.split(/\\s+/).map((word) => `+${word}`).join(" ") });
  return (await done).items.slice(0, 5).map((found) => found[0].location);
};"""
_PAGEFIND = """
let ready;
window.ask = async (question) => {
  const found = await (ready ??= import("./pagefind/pagefind.js").then(async (module) => {
    await module.options({ noWorker: true });
    return module;
  }));
  const answer = await found.search(CUT(question));
  const first = await Promise.all(answer.results.slice(0, 5).map((each) => each.data()));
  return first.map((each) => each.url.replace(/^\\//, ""));
};"""


def pairs(text: str) -> str:
    """A text with its Chinese cut into pairs of characters, as our own search has them."""
    return _HAN.sub(lambda run: f" {' '.join(map(str.__add__, run[0], run[0][1:]))} ", text).strip()


def rivals() -> list[str]:
    """The others that can be tried here."""
    return [LUNR, *([CUT, UNCUT] if shutil.which(PROGRAM) else [])]


def prepare(rival: str, folder: Path, entries: Sequence[Entry], texts: Mapping[str, str]) -> list[Path]:
    """Make the index of `rival` in `folder`, with a page that asks it; gives the files of the index."""
    folder.mkdir(parents=True)
    return _lunr(folder, entries, texts) if rival == LUNR else _pagefind(folder, entries, texts, cut=rival == CUT)


def _lunr(folder: Path, entries: Sequence[Entry], texts: Mapping[str, str]) -> list[Path]:
    docs = [
        {
            "location": entry.address,
            "title": pairs(" ".join((entry.title, *entry.names))),
            "text": pairs(f"{entry.note} {texts[entry.address]}"),
        }
        for entry in entries
    ]
    fields = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}
    config = {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": [], "fields": fields}
    index = folder / "index.json"
    index.write_text(json.dumps({"config": config, "docs": docs, "options": {}}, ensure_ascii=False), encoding="utf-8")
    theme = find_spec("material")
    if theme is None or theme.origin is None:
        raise SystemExit("mkdocs-material is not installed")
    workers = Path(theme.origin).parent / "templates" / "assets" / "javascripts" / "workers"
    shutil.copyfile(next(iter(sorted(workers.glob("search.*.js")))), folder / "worker.js")
    (folder / "index.html").write_text(_PAGE.format(script=_LUNR), encoding="utf-8")
    return [index, folder / "worker.js"]


def _pagefind(folder: Path, entries: Sequence[Entry], texts: Mapping[str, str], *, cut: bool) -> list[Path]:
    words = pairs if cut else str
    pages = folder / "pages"
    for entry in entries:
        path = pages / entry.address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        names = html.escape(words(" ".join((entry.title, *entry.names))))
        body = html.escape(words(f"{entry.note} {texts[entry.address]}"))
        path.write_text(
            f'<!doctype html><html lang="{"en" if cut else "zh"}"><meta charset=utf-8><title>{names}</title>'
            f'<body data-pagefind-body><h1 data-pagefind-weight="10">{names}</h1><p>{body}</p></body></html>',
            encoding="utf-8",
        )
    command = [PROGRAM, "--site", str(pages), "--output-path", str(folder / "pagefind")]
    subprocess.run(command, check=True, capture_output=True)
    shutil.rmtree(pages)
    script = _PAIRS + _PAGEFIND.replace("CUT", "pairs" if cut else "")
    (folder / "index.html").write_text(_PAGE.format(script=script), encoding="utf-8")
    return [path for path in (folder / "pagefind").rglob("*") if path.is_file()]
