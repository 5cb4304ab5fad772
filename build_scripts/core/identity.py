"""What `mkdocs.yml` says of the site: its name, its address, who runs it. Gets the project's root, gives `Site`.

Only these few settings are read. Tags that name Python objects or that only the site engine understands count as
unset; `!ENV` is honoured, because that is how the address of a real site is given.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from build_scripts.core.characters import code_point, strings, unsafe
from build_scripts.core.errors import SiteError
from build_scripts.core.language import Later, folder, known_languages, language, say, say_later
from build_scripts.core.links import leads_out, relative
from build_scripts.core.settings import CONFIG
from build_scripts.core.yaml_size import MOST, entries

# Source: the DOI Handbook; the characters are those that Crossref recommends, which need no escaping anywhere.
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<doi>10\.\d{4,9}(?:\.\d+)*/[-._;()/:a-z0-9]+)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Site:
    """What files say of their site. `address` is absolute and ends in a slash, `mail` is where to write; or empty.

    `doi` is the identifier that the data as a whole have with an agency, without the resolver's address; or empty.
    """

    name: str
    author: str
    address: str = ""
    mail: str = ""
    doi: str = ""

    def link(self, address: str, seen_from: str) -> str:
        """An address in the site: absolute where the site's own is known, else relative to the feed."""
        if self.address:
            return f"{self.address}{address}"
        return relative(address, seen_from)


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML brings no types
    """A safe loader that knows `!ENV` and passes over every other tag."""


def _env(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """The first variable that is set, else the default, which is the last of several."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(loader.construct_scalar(node))
    values = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else []
    names, default = (values[:-1], values[-1]) if len(values) > 1 else (values, None)
    return next((os.environ[name] for name in names if name in os.environ), default)


_Loader.add_constructor("!ENV", _env)
_Loader.add_multi_constructor("!", lambda _loader, _suffix, _node: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda _loader, _suffix, _node: None)


def site_identity(root: Path) -> Site:
    """The site's name, author, address (empty, or ending in a slash), mail and DOI.

    Raises:
        SiteError: the file is not there, is no YAML, holds characters that may not stand there, an address or a DOI
            that is none.
    """
    settings = spoken(read_settings(root))
    for key, _text, refused in unsafe_settings(settings):
        points = Later(joined, *map(code_point, refused))
        raise SiteError(say_later("errors.setting_characters", path=root / CONFIG, key=key, points=points))
    extra = settings.get("extra")
    operator = extra.get("operator") if isinstance(extra, dict) else None
    name = str(settings.get("site_name") or "")
    who = operator if isinstance(operator, dict) else {}
    author, mail = str(who.get("name") or ""), str(who.get("mail") or "")
    address = _address(root, settings.get("site_url"))
    doi = _doi(root, extra.get("doi") if isinstance(extra, dict) else None)
    return Site(name, author or name, f"{address.rstrip('/')}/{folder()}" if address else "", mail, doi)


def joined(*words: str) -> str:
    """Words in a row, for whoever is told of them; the core knows no other way to list."""
    return say("format.joined.words").join(words)


def _address(root: Path, given: object) -> str:
    """The site's own address: of the web, without a question, a place in a page or a password."""
    text = str(given or "").strip()
    if text and not (leads_out(text) and text[:4].lower() == "http" and not set("?#") & set(text)):
        raise SiteError(say_later("errors.no_site_url", path=root / CONFIG, found=text))
    return text


def _doi(root: Path, given: object) -> str:
    """A DOI as `10.…/…`; it may be given as the address or with the mark that it is printed with."""
    text = str(given or "").strip()
    found = _DOI.fullmatch(text)
    if text and not found:
        raise SiteError(say_later("errors.no_doi", path=root / CONFIG, found=text))
    return found["doi"] if found else ""


def read_settings(root: Path) -> dict[str, Any]:
    """Everything `mkdocs.yml` holds, by key.

    Raises:
        SiteError: the file is not there or is no YAML.
    """
    path = root / CONFIG
    try:
        config = deepcopy(_read(path.read_bytes(), frozenset(os.environ.items())))
    except OSError as failure:
        raise SiteError(say_later("errors.unreadable", path=path, reason=failure.strerror or failure)) from failure
    except (RecursionError, OverflowError) as failure:
        raise SiteError(say_later("errors.yaml_too_large", path=path, most=MOST)) from failure
    except (yaml.YAMLError, ValueError) as failure:  # a day that is no day, half a number
        raise SiteError(say_later("errors.no_yaml", path=path, reason=failure)) from failure
    return config if isinstance(config, dict) else {}


@lru_cache(maxsize=2)
def _read(written: bytes, _environment: frozenset[tuple[str, str]]) -> Any:  # noqa: ANN401 - whatever YAML holds
    """A document of this text, in this environment: a build asks for its settings ten times.

    Raises:
        OverflowError: it has more entries than anybody writes.
    """
    loader = _Loader(written)
    try:
        node = loader.get_single_node()
        if entries(node) > MOST:
            raise OverflowError
        return None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def spoken(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings with the names that `extra.names` has for the language in force: of the site and who runs it."""
    extra = settings.get("extra")
    names = extra.get("names") if isinstance(extra, dict) else None
    own = names.get(language()) if isinstance(names, dict) else None
    if not isinstance(extra, dict) or not isinstance(own, dict):
        return settings
    operator = {**(extra.get("operator") or {}), **({"name": own["operator"]} if own.get("operator") else {})}
    told = {key: own[key] for key in ("site_name", "site_description") if own.get(key)}
    return {**settings, **told, "extra": {**extra, "operator": operator}}


def languages_of_site(settings: Mapping[str, Any]) -> list[str]:
    """The languages the site is built in, each in a folder of its own; empty for a site in one language."""
    extra = settings.get("extra")
    asked = extra.get("languages") if isinstance(extra, dict) else None
    known = known_languages()
    found = [code for code in map(str, asked) if code in known] if isinstance(asked, list) else []
    return list(dict.fromkeys(found)) if len(set(found)) > 1 else []


def unsafe_settings(settings: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Key, text and refused characters of each setting that holds any."""
    for key, text, prose in strings(settings):
        if refused := unsafe(text, prose=prose):
            yield key, text, refused
