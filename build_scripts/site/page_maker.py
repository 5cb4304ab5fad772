"""Gets one page's Markdown, gives its record and then its HTML in the theme's frame: the work done once a page.

Byte for byte what MkDocs makes of it. Our own pages hand the converter their headings only; a page that holds anything
else goes through it whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from mkdocs.commands import build as mkdocs_build
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from build_scripts.core.kept import key_of
from build_scripts.site.headings import Converter
from build_scripts.site.html_blocks import apart, together
from build_scripts.site.mkdocs_project import NAV_META, Document, Project, nav_signature
from build_scripts.site.page_records import Answers, Record, Shelf, settled


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it was made: the key of its record, what its links asked for, and its record."""

    key: str
    answers: Answers
    record: Record


class FrontMatter(dict[str, Any]):
    """A page's front matter that notices when the frame of another page reads more of it than is known."""

    __slots__ = ("is_shown", "read_by_others")

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.is_shown = False
        self.read_by_others = False

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        """One value; remembers who asks."""
        self.read_by_others |= not self.is_shown and key not in NAV_META
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        """One value; remembers who asks."""
        self.read_by_others |= not self.is_shown and key not in NAV_META
        return super().get(key, default)


class Addresses(list[Document]):
    """All pages as a template sees them; notices when one looks, for then every page leans on every other."""

    was_read = False

    def __iter__(self) -> Iterator[Document]:
        """Each page's file."""
        self.was_read = True
        return super().__iter__()

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401
        """One page's file."""
        self.was_read = True
        return super().__getitem__(place)

    def __len__(self) -> int:
        """How many there are."""
        self.was_read = True
        return super().__len__()


class PageMaker:
    """Makes pages of one project, one at a time, from records where there are some."""

    def __init__(self, project: Project, shelf: Shelf, heard: list[str]) -> None:
        self.project = project
        self.heard = heard
        self.shelf = shelf
        self.headings = Converter()
        self.addresses = Addresses(project.pages)
        for page in project.nav.pages:
            self._name(page)
        self.drawing = key_of(project.drawing, nav_signature(project.nav))

    def leans_on_others(self) -> bool:
        """Whether a template read of other pages what no key knows of."""
        return self.addresses.was_read or any(_read_by_others(page.meta) for page in self.project.nav.pages)

    def base_key(self, file: Document, source: bytes) -> str:
        """The key of a page's text and of all that converts it, but for what its links lead to."""
        named = settled([file.src_uri, file.url, file.page.__dict__.get("title"), file.page.is_homepage])
        return key_of(self.project.converting, named, source)

    def answers(self, paths: Answers | list[str]) -> Answers:
        """What each path leads to: its address and how it is included, empty where there is nothing."""
        return {path: _answer(self.project.files.get_file_from_path(path)) for path in sorted(paths)}

    def record(self, file: Document) -> Made:
        """The page's record, from the shelf or made now; kept unless MkDocs warned of it."""
        base = self.base_key(file, file.content_bytes)
        answers = self.answers(self.shelf.asked(base) or [])
        key = record_key(base, answers)
        kept = self.shelf.record(key)
        if kept:
            return Made(key, answers, kept)
        before = len(self.heard)
        record, asked = self._converted(file)
        answers = self.answers(list(asked))
        key = record_key(base, answers)
        if len(self.heard) == before and self.shelf.keep(key, record) and asked:
            self.shelf.keep_asked(base, asked)
        return Made(key, answers, record)

    def html(self, file: Document, record: Record) -> bytes:
        """The page in its frame."""
        page, config = file.page, self.project.config
        meta = self._give(page, record)
        meta.is_shown = True
        page.active, config._current_page = True, page
        try:
            context = mkdocs_build.get_context(self.project.nav, self.addresses, config, page)
            template = self.project.theme.get_template(meta.get("template", "main.html"))
            drawn = template.render(context)
        finally:
            page.active, config._current_page = False, None
            page.content = None
            meta.is_shown = False
        return str(drawn).encode("utf-8", errors="xmlcharrefreplace")

    def _name(self, page: Page) -> None:
        """Give a page of the navigation what the frames of all others show of it: its title and front matter."""
        page.read_source(self.project.config)
        if "title" in page.__dict__ or "title" in page.meta:
            page.meta = FrontMatter(page.meta)
        else:
            self._give(page, self.record(cast("Document", page.file)).record)

    def _give(self, page: Page, record: Record) -> FrontMatter:
        """Put a record into MkDocs's page, as if it had just been converted; gives its front matter as it is there."""
        page.meta = meta = FrontMatter(record.meta)
        page.markdown, page.content = page.markdown or "", record.content
        page.toc, page._title_from_render = get_toc(cast("Any", record.outline)), record.title
        return meta

    def _converted(self, file: Document) -> tuple[Record, set[str]]:
        """A page's record made anew, and the paths its links asked for."""
        page, config, files = file.page, self.project.config, self.project.files
        with _asked(files) as asked:
            if not (self.project.has_plain_blocks and self._of_blocks(page)):
                mkdocs_build._populate_page(page, config, files)
        links = {target.src_uri: dict(found) for target, found in (page.links_to_anchors or {}).items()}
        anchors = sorted(page.present_anchor_ids or ())
        outline = [_outline(item) for item in page.toc]
        record = Record(page.content or "", dict(page.meta), page._title_from_render, outline, anchors, links)
        return record, asked

    def _of_blocks(self, page: Page) -> bool:
        """Convert a page of headings and blocks of HTML; says whether it is one."""
        page.read_source(self.project.config)
        body = page.markdown or ""
        parts = apart(body)
        if not parts:
            return False
        config, files = self.project.config, self.project.files
        config._current_page = page
        headings = self.headings.converted(page, config, files, parts.headings)
        if headings is None:
            page.markdown = "\n\n".join(parts.headings) + "\n"
            page.render(config, files)
            headings = (page.content or "").split("\n")
        config._current_page = None
        page.markdown = body
        if len(headings) != len(parts.headings):
            return False
        page.content = together(headings, parts.blocks)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | parts.anchors
        return True


def record_key(base: str, answers: Answers) -> str:
    """The key of a page's record: its text, and where its links lead."""
    return key_of(base, settled(answers)) if answers else base


def _read_by_others(meta: Mapping[str, Any]) -> bool:
    return isinstance(meta, FrontMatter) and meta.read_by_others


def _answer(found: File | None) -> str:
    return f"{found.inclusion.name} {found.url}" if found else ""


def _outline(item: AnchorLink) -> dict[str, Any]:
    children = [_outline(child) for child in item.children]
    return {"name": item.title, "id": item.id, "level": item.level, "children": children}


@contextmanager
def _asked(files: Files) -> Iterator[set[str]]:
    """Notes every path that is looked up while a page is converted, found or not."""
    paths: set[str] = set()
    look_up = type(files).get_file_from_path

    def noted(path: str) -> File | None:
        paths.add(path)
        return look_up(files, path)

    files.get_file_from_path = noted  # type: ignore[method-assign]
    try:
        yield paths
    finally:
        del files.get_file_from_path
