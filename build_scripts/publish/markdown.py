"""A review as Markdown that reads well as plain text too. Gets a `Review`, gives text."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.locale import colon, t
from build_scripts.publish.review import Review, Section


def as_markdown(review: Review) -> str:
    """The review as one Markdown document."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    yield f"# {_plain(review.title)}"
    yield ""
    yield _plain(review.lead)
    for section in review.first:
        yield ""
        yield from _section(section)
    yield ""
    yield f"**{_plain(review.summary)}**"
    for remark in review.remarks:
        yield ""
        yield f"> {_plain(remark)}"
    for section in review.others:
        yield ""
        yield from _section(section)
    yield ""
    yield f"{t('preview.fingerprint')}{colon()}`{review.fingerprint}`"


def _section(section: Section) -> Iterator[str]:
    mark = t("format.line.alarm", words=t("preview.remark.alarm")) if section.alarming else ""
    yield f"## {mark}{_plain(t('preview.print.section', title=section.title, count=section.count))}"
    yield ""
    names = [
        name
        for name in ("what", "old", "new", "about")
        if name == "what" or any(getattr(line, name) for line in section.lines)
    ]
    heads = [section.about if name == "about" else t(f"preview.column.{name}") for name in names]
    yield "| " + " | ".join(heads) + " |"
    yield "| " + " | ".join("---" for _name in names) + " |"
    for line in section.lines:
        yield "| " + " | ".join(_cell(getattr(line, name)) for name in names) + " |"
    if section.rest:
        yield ""
        yield section.rest


def _plain(text: str) -> str:
    """One line in which nothing starts a tag."""
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")
