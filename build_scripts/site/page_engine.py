"""Gets the staged overlay and the site before, gives the new site's files: MkDocs in this process, page by page.

The same bytes as MkDocs and the content policy give, but a page is converted only when its
text or a target of its links has changed, and drawn only when that or the frame has. Everything is checked as strictly
as in a clean build: whatever MkDocs warns of fails it, and links are held against the anchors of all pages.
"""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.utils import get_build_timestamp

from build_scripts.core.crew import Crew
from build_scripts.core.errors import SiteError
from build_scripts.core.kept import key_of
from build_scripts.core.settings import Settings
from build_scripts.core.stopwatch import part, step
from build_scripts.site.csp import Guard
from build_scripts.site.finish import finished, is_passed_on
from build_scripts.site.last_site import STATE, KnownPage, LastSite, NewSite, read_last, write_state
from build_scripts.site.mkdocs_project import Document, listening, open_project
from build_scripts.site.page_maker import PageMaker, record_key
from build_scripts.site.page_pool import POOL_FROM, Batch, Bench, Task, make_page, share_pages
from build_scripts.site.page_records import Shelf

_SITEMAP = "sitemap.xml"


class MkDocsWarnedError(Exception):
    """MkDocs warned of something or could not go on; the text is its own."""


@dataclass(frozen=True, slots=True)
class HeadStart:
    """What this run has found out before the site is built, so that it need not be found out again.

    `last` gives the site before, once it has been read; `hashes` is the SHA-256 of every file of the overlay, by path.
    """

    last: Callable[[], LastSite] | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)


NO_HEAD_START = HeadStart()


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site: what is known of its pages, to be kept when it is in place, and how many were drawn anew.

    `hashes` is the SHA-256 of each file that this run has made or held against its hash.
    """

    state: Path
    pages: Mapping[str, KnownPage]
    drawn: int
    hashes: Mapping[str, str]

    def remember(self, site: Path) -> None:
        """Keep how the site was made that is now in place."""
        if self.pages:
            write_state(site, self.state, self.pages)


def build_pages(
    settings: Settings, config: Path, new: Path, guard: Guard, crew: Crew, head_start: HeadStart = NO_HEAD_START
) -> Built | None:
    """Build the site into the folder `new`; None where only MkDocs itself may build it.

    Raises:
        MkDocsWarnedError: a page, a link, the configuration or the theme is not as it should be.
        SiteError: a page or a picture may not be published.
    """
    with listening() as heard:
        try:
            with part("open"):
                project = open_project(config, new, settings.cache_dir)
            if project is None:
                return None
            state = settings.out_dir / STATE
            maker = PageMaker(project, Shelf(settings.cache_dir), heard)
            with part("last"):
                last = head_start.last() if head_start.last else read_last(settings.site_dir, state)
            bench = Bench(config, new, last, maker.shelf.store, guard)
            built = _Build(maker, bench, head_start.hashes).run(state, crew)
        except SiteError:
            raise
        except Exception as failure:  # MkDocs, its theme and Markdown raise what they like
            raise MkDocsWarnedError("\n".join([*heard, f"{type(failure).__name__}: {failure}"])) from failure
    if heard:
        raise MkDocsWarnedError("\n".join(heard))
    guard.settle()
    return built


class _Build:
    """One build: what MkDocs does after it has read its files, and who comes last there has a path here."""

    def __init__(self, maker: PageMaker, bench: Bench, staged: Mapping[str, str]) -> None:
        self.maker = maker
        self.project = maker.project
        self.bench = bench
        self.staged = staged
        self.site = NewSite(bench.new, bench.last)
        self.documents = self.project.pages
        self.pages: dict[str, KnownPage] = {}
        self.leans_on_others = False
        self._taken = {file.dest_uri for file in self.documents}

    def run(self, state: Path, crew: Crew) -> Built:
        """Everything, but for the seal."""
        with part("same"):
            todo = self._todo()
            self._begin(state.parent, todo)
        shared = share_pages(crew, self.bench, todo, self.bench.new.with_suffix(".note"), self._make_here)
        self._around_the_pages()
        with part("pages", len(todo)):
            for batch in shared.results():
                self._add(batch)
        with part("links"):
            self._check_anchors()
        self.site.end()
        return Built(state, {} if self.leans_on_others else self.pages, len(todo), self.site.hashes)

    def _around_the_pages(self) -> None:
        with part("files"):
            self._files()
        with part("frame"):
            self._theme_pages()

    def _todo(self) -> list[str]:
        """The pages to be made; what is known of the others is remembered."""
        todo = []
        for file in self.documents:
            known = self._unchanged(file)
            if known:
                self.pages[file.src_uri] = known
            else:
                todo.append(file.src_uri)
        return todo

    def _begin(self, out_dir: Path, todo: list[str]) -> None:
        """Make the new site's folder and take over the pages that have not changed.

        Where other processes help, they find an empty one: what lies in it already is known to this process alone.
        """
        if len(todo) > POOL_FROM:
            self.site.folder.mkdir(parents=True)
        else:
            theme = self.project.config.theme.static_templates
            wanted = {file.dest_uri for file in self.project.files} | set(theme) | {f"{_SITEMAP}.gz"}
            self.site.begin(out_dir, wanted)
        for file in self.documents:
            if file.src_uri in self.pages:
                self.site.take(file.dest_uri)

    def _make_here(self, tasks: list[Task]) -> list[Batch]:
        """Batches of pages, in this process or a copy of it; what is warned of goes with them."""
        heard, guard = self.maker.heard, self.bench.guard
        before = len(heard)
        names = [name for _note, some in tasks for name in some]
        files = [self.project.document(name) for name in names]
        pages = {file.src_uri: make_page(self.maker, self.site, guard, file) for file in files}
        put = self.site.hashes
        hashes = {file.dest_uri: put[file.dest_uri] for file in files if file.dest_uri in put}
        batch = Batch(pages, heard[before:], guard.wrong, self.maker.leans_on_others(), hashes)
        del heard[before:]
        return [batch]

    def _add(self, batch: Batch) -> None:
        self.pages.update(batch.pages)
        self.site.hashes.update(batch.hashes)
        step(len(batch.pages) - 1)  # a batch counts as one already
        self.maker.heard.extend(batch.heard)
        self.bench.guard.found(batch.wrong)
        self.leans_on_others |= batch.leans_on_others

    def _finished(self, path: str, data: bytes) -> bytes:
        return finished(path, data, self.bench.guard)

    def _files(self) -> None:
        """Files that go into the site as they are, but for the policy and the repairs."""
        overlay = f"{self.project.config.docs_dir}{os.sep}"
        for file in self.project.files:
            path, source = file.dest_uri, file.abs_src_path or ""
            is_included = file.inclusion.is_included()  # type: ignore[no-untyped-call]
            if file.is_documentation_page() or not is_included or path in self._taken:
                continue
            if is_passed_on(path) and source.startswith(overlay):
                self.site.adopt(path, source, self.staged.get(file.src_uri))
            else:
                self.site.put(path, self._finished(path, file.content_bytes))

    def _theme_pages(self) -> None:
        """The theme's pages that no Markdown belongs to: `404.html` and the list of all addresses."""
        project = self.project
        for name in sorted(set(project.config.theme.static_templates) - self._taken):
            template = project.theme.get_template(name)
            drawn = mkdocs_build._build_template(name, template, project.files, project.config, project.nav)
            if not drawn.strip():
                continue
            self.site.put(name, self._finished(name, drawn.encode()))
            if name == _SITEMAP:
                packed = io.BytesIO()
                day = get_build_timestamp(pages=[file.page for file in self.documents])
                with gzip.GzipFile(filename=f"{name}.gz", mode="wb", fileobj=packed, mtime=day) as out:
                    out.write(drawn.encode())
                self.site.put(f"{name}.gz", packed.getvalue())

    def _unchanged(self, file: Document) -> KnownPage | None:
        """What is known of a page that would come out as it stands in the site before; None if it might not."""
        known = self.site.last.pages.get(file.src_uri)
        if not known or file.dest_uri not in self.site.last.files:
            return None
        base = self.maker.base_key(file, file.content_bytes)
        key = record_key(base, self.maker.answers(known["answers"]))
        return known if known["drawn"] == key_of(key, self.maker.drawing) else None

    def _check_anchors(self) -> None:
        """Hold every link to a place on a page against that page, in MkDocs's own words."""
        files = self.project.files
        for file in self.documents:
            known = self.pages[file.src_uri]
            file.page.present_anchor_ids = set(known["anchors"])
            links = ((self.project.document(path), found) for path, found in known["links"].items())
            file.page.links_to_anchors = dict(links)
        for file in self.documents:
            file.page.validate_anchor_links(files=files, log_level=self.project.config.validation.links.anchors)
