"""Gets pages (typed views), gives Markdown files. Templates print; whatever needs deciding was decided before.

Autoescape is on for every template. Text goes into HTML blocks as it is; in the few Markdown places (headings) it
takes the `md` filter, which writes every character that Markdown could read as a mark as an HTML entity.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from html import escape, unescape
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import jinja2
from markupsafe import Markup

from build_scripts import locale
from build_scripts.cards import card_path
from build_scripts.core.compiled import Compiled
from build_scripts.core.crew import Crew
from build_scripts.core.errors import SiteError
from build_scripts.core.foreign import mark_han
from build_scripts.core.kept import Keep, kept, key_of, look, made_anew
from build_scripts.core.links import escaped, leads_out
from build_scripts.core.records import Artifact, Page
from build_scripts.core.stopwatch import step
from build_scripts.locale import later, t
from build_scripts.locale.catalogue import whole
from build_scripts.pages import EmbedView, Redirect

_COMPILED = "templates"
_KIND = "markdown"
# Up to this many pages, another process costs more than it saves; so many are handed over, and held, at a time.
_POOL_FROM, _BATCH, _AT_A_TIME = 100, 16, 2_000
TEMPLATES = Path(__file__).parent / "templates"
# Every way begins with a sign of its own, so that only those are looked at.
_TITLES = re.compile(
    r"\#(?<=^\#)\#{0,3}[ ](?P<heading>.+?)(?:[ ]\{[ ]\#[^}]*\})?$|<summary[^>]*>(?P<summary>[^<]*)</summary>"
    r"|<caption(?P<marks>[^>]*)>(?P<caption>[^<]*)</caption>",
    re.MULTILINE | re.VERBOSE,
)
_MARKS = re.compile(r"[&<>\"'\\`*_{}\[\]()#+\-!|~^$=:@]")


def render_pages(pages: Iterable[Page], keep: Keep = made_anew) -> Iterator[Artifact]:
    """Each page as the Markdown file it is staged as; `keep` is asked for what the same view gave before.

    Raises:
        SiteError: a template is missing or asks for what its view does not have.
    """
    for page in pages:
        yield Artifact(page.path, keep(_KIND, _key(page), partial(_rendered, page)), _owner(page))


def render_many(pages: Sequence[Page], folder: Path, crew: Crew) -> Iterator[Artifact]:
    """As `render_pages`, kept in `folder`, with a crew's help; never more than some of them at a time."""
    for start in range(0, len(pages), _AT_A_TIME):
        some = [(page, _key(page)) for page in pages[start : start + _AT_A_TIME]]
        found = [look(folder, _KIND, key) for _page, key in some]
        todo = [(folder, key, page) for (page, key), data in zip(some, found, strict=True) if data is None]
        step(len(some) - len(todo))
        made = iter(crew.share(_rendered_and_kept, todo, _BATCH, alone=_POOL_FROM).results())
        for (page, _), data in zip(some, found, strict=True):
            yield Artifact(page.path, next(made) if data is None else data, _owner(page))


def _rendered_and_kept(jobs: list[tuple[Path, str, Page]]) -> list[bytes]:
    """The texts of pages, in whatever process."""
    return [kept(folder, _KIND, key, partial(_rendered, page)) for folder, key, page in jobs]


def _rendered(page: Page) -> bytes:
    return render_page(page).encode()


def _key(page: Page) -> str:
    return key_of(_maker(), repr(page))


def _owner(page: Page) -> str:
    return f"templates/pages/{page.template}.md.j2 ({page.source})"


def render_page(page: Page) -> str:
    """Front matter and body of one page.

    Raises:
        SiteError: the template is missing or asks for what the view does not have.
    """
    name = f"pages/{page.template}.md.j2"
    try:
        body = environment().get_template(name).render(view=page.view, address=page.address, absent=page.absent)
    except (jinja2.TemplateError, KeyError) as failure:
        raise _failed(f"/{page.address}", name, failure) from failure
    return f"{_front_matter(page)}\n{_marked(_tidy(quiet_captions(body)))}"


def _failed(page: str, template: str, failure: Exception) -> SiteError:
    return SiteError(later("errors.template", page=page, template=template, reason=failure))


def _marked(said: str) -> str:
    """What a page says with its Chinese texts marked, where the page is in another language."""
    han = t("format.han")
    return mark_han(said, han) if han else said


@cache
def _maker() -> str:
    """What besides its view decides a page: templates, words, Jinja, all code of ours."""
    files = [*sorted(TEMPLATES.rglob("*.j2")), *sorted(Path(__file__).parent.rglob("*.py"))]
    programs = (python_version(), version("jinja2"), version("markupsafe"))
    return key_of(*programs, whole(), *(each for path in files for each in (str(path), path.read_bytes())))


def render_embeds(views: Iterable[EmbedView]) -> Iterator[Artifact]:
    """Each light page as an HTML file of its own, which the site engine passes on as it is.

    Raises:
        SiteError: the template asks for what the view does not have.
    """
    template = "embed.html.j2"
    for view in views:
        try:
            html = environment().get_template(template).render(view=view, address=view.address)
        except (jinja2.TemplateError, KeyError) as failure:
            raise _failed(f"/{view.address}", template, failure) from failure
        yield Artifact(f"{view.address}index.html", _marked(html).encode(), f"templates/{template}")


def render_redirects(redirects: Iterable[Redirect], root: str) -> Iterator[Artifact]:
    """A page for each address that has gone: it leads on with and without scripts, and no search engine lists it.

    `root` is the site's own address, ending in a slash, or `""`.

    Raises:
        SiteError: the template asks for what it is not given.
    """
    template = "redirect.html.j2"
    for each in redirects:
        canonical = f"{root}{each.to}" if root else _relative(posixpath.dirname(each.address), each.to)
        given = {"view": each, "address": posixpath.dirname(each.address), "canonical": canonical.partition("#")[0]}
        try:
            html = environment().get_template(template).render(given)
        except (jinja2.TemplateError, KeyError) as failure:
            raise _failed(f"/{each.address}", template, failure) from failure
        path = f"{each.address}index.html" if each.address.endswith("/") else each.address
        yield Artifact(path, html.encode(), f"templates/{template}")


def render_review(review: object, root: str = "") -> str:
    """A review before publication as one HTML page that needs nothing else.

    `root` leads from where the page will lie to the site's root; without it the page has no links into the site.

    Raises:
        SiteError: the template asks for what the review does not have.
    """
    try:
        return environment().get_template("preview.html.j2").render(view=review, root=root)
    except (jinja2.TemplateError, KeyError) as failure:
        raise _failed("preview", "preview.html.j2", failure) from failure


def keep_compiled(folder: Path) -> None:
    """Keep compiled templates in `folder` from now on: compiling them all takes half a second."""
    environment().bytecode_cache = Compiled(folder, _COMPILED)


def begin_templates(folder: Path, crew: Crew) -> None:
    """Have another process compile all templates, if none is kept."""
    if not (folder / _COMPILED).is_dir():
        crew.share(_compile, [folder], 1)


def _compile(folders: list[Path]) -> list[int]:
    done = []
    for folder in folders:
        keep_compiled(folder)
        names = environment().list_templates()
        done.append(len([environment().get_template(name) for name in names]))
    return done


@cache
def environment() -> jinja2.Environment:
    """The one Jinja environment; only our own filters and the catalogue of words reach a template."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(
        outward=outward,
        capital=locale.capital,
        md=md,
        href=href,
        number=locale.number,
        percent=locale.percent,
        signed=locale.signed,
        day=locale.day,
        period=locale.period,
    )
    env.globals.update(t=locale.t, sep=locale.marks(), how_many=locale.how_many)
    return env


def md(value: object) -> Markup:
    """`value` as plain text inside Markdown: one line, with every mark written as an entity."""
    line = " ".join(str(value).split())
    return Markup(_MARKS.sub(lambda found: f"&#{ord(found[0])};", line))  # noqa: S704 - every mark is escaped above


def outward(address: str) -> str:
    """An address that leads out of the site, where its link is written.

    Raises:
        SiteError: it is not one of http, https or mailto, whatever let it come so far.
    """
    if not leads_out(address):
        raise SiteError(locale.later("site.unsafe.outward", address=address[:80]))
    return escaped(address)


@jinja2.pass_context
def href(context: jinja2.runtime.Context, address: str) -> str:
    """The relative form of a site address (`targets/x/`, `projects/y/#tasks`) as seen from the page being rendered.

    Relative links keep the site whole under any folder of any host, and when opened from a disk or an archive.
    """
    return _relative(str(context["address"]), address)


@lru_cache(1 << 16)
def _relative(here: str, address: str) -> str:
    """As `href`: navigation, crumbs and tables lead to the same places from page to page."""
    path, mark, anchor = address.partition("#")
    if path == here and mark:
        return f"#{anchor}"
    relative = posixpath.relpath(f"/{path}", f"/{here}")
    if not path or path.endswith("/"):
        relative = f"{relative}/"
    return f"{relative}{mark}{anchor}"


def _front_matter(page: Page) -> str:
    """The page's front matter; values are JSON, which is YAML that needs no further quoting rules.

    The site engine and the theme take titles for HTML, as those of Markdown headings are, and print them and all else
    that stands here unescaped, into elements and attributes. So every text is escaped here, once.
    """
    meta: dict[str, Any] = {
        "title": page.head or page.title,
        "description": page.description,
        "generated": True,
        "kind": page.template,
        "source": page.source,
        "assessed": page.assessed,
        **({"reach": page.reach} if page.reach else {}),
        "card": card_path(page),
        "hide": ["navigation"] if page.toc else ["navigation", "toc"],
        "crumbs": [{"label": crumb.label, "address": crumb.address} for crumb in page.crumbs],
    }
    if table := _dictionary_page(page.source):
        meta["table"] = table
    if page.as_of:
        meta["data_as_of"] = page.as_of.isoformat()
    if page.cited:
        meta["cited"] = dict(page.cited)
    if page.feed:
        meta["feed"] = page.feed
    if described := [text for text in (page.json_ld, _trail(page)) if text]:
        # The content of a script element: nothing in it is unescaped, and only a tag could end it.
        whole = described[0] if len(described) == 1 else f"[{','.join(described)}]"
        meta["json_ld"] = whole.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    safe = {key: value if key == "json_ld" else _escaped(value) for key, value in meta.items()}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in safe.items())
    return f"---\n{lines}---\n"


def _trail(page: Page) -> str:
    """The way from home to the page as a schema.org `BreadcrumbList`, addresses as seen from the page."""
    if not page.crumbs:
        return ""
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.label, "item": _relative(page.address, crumb.address)}
        for place, crumb in enumerate(page.crumbs, start=1)
    ]
    last = {"@type": "ListItem", "position": len(steps) + 1, "name": page.title}
    trail = {"@context": "https://schema.org/", "@type": "BreadcrumbList", "itemListElement": [*steps, last]}
    return json.dumps(trail, ensure_ascii=False, separators=(",", ":"))


def _escaped(value: object) -> object:
    """A value of the front matter with every text in it as HTML, fit for elements and quoted attributes."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, list):
        return [_escaped(each) for each in value]
    if isinstance(value, dict):
        return {key: _escaped(each) for key, each in value.items()}
    return value


def _dictionary_page(source: str) -> str:
    """Where the table a page is made from is explained; empty for a page that is made from none."""
    file = Path(source)
    is_table = file.suffix == ".csv" and file.parent.name in {"targets", "progress"}
    return f"data/dictionary/{file.stem.replace('_', '-')}/" if is_table else ""


def quiet_captions(body: str) -> str:
    """A caption that only repeats the heading above it is kept for who hears the page, and not shown."""
    title = above = ""

    def spoken(found: re.Match[str]) -> str:
        nonlocal title, above
        caption = found["caption"]
        if caption is None:
            above = unescape(found["heading"] or found["summary"] or "")
            title = title or above
            return found[0]
        heading, said = _gist(above, title), _gist(unescape(caption), title)
        if said and heading and said not in heading and heading not in said:
            return found[0]
        return f'<caption class="visually-hidden"{found["marks"]}>{caption}</caption>'

    return _TITLES.sub(spoken, body)


def _gist(text: str, title: str) -> str:
    """A heading or caption without the page's title and small words; the title itself where nothing else is left."""
    small = t("format.small")
    return re.sub(small, "", text.replace(title, "")) or re.sub(small, "", text)


def _tidy(body: str) -> str:
    """No trailing spaces, never two blank lines running, one newline at the end."""
    lines = "\n".join(line.rstrip() for line in body.splitlines())
    return re.sub(r"\n\n\n+", "\n\n", lines).strip() + "\n"
