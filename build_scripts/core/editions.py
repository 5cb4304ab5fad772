"""The languages a site comes in: in one as ever, or in several, each a site of its own in a folder of its own.

Whatever is done to a site is done to its editions in turn, each in its own language; a site in one language is its only
edition and has no folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.core.identity import joined, languages_of_site, read_settings
from build_scripts.core.language import Later, folder, known_languages, language, say_later, speaking
from build_scripts.core.settings import CONFIG, MANIFEST, Settings


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in one language; `folder` ends in a slash (`en/`), or is empty where there is no other language."""

    code: str
    folder: str = ""

    def speaking(self) -> AbstractContextManager[None]:
        """Speak its language for a while."""
        return speaking(self.code, self.folder)

    def settings(self, whole: Settings) -> Settings:
        """The settings by which it is built, given those of the whole site."""
        return replace(whole, out_dir=whole.out_dir / self.code) if self.folder else whole


def editions_of(root: Path) -> tuple[Edition, ...]:
    """The editions a site is to be built in, the first language first.

    Raises:
        SiteError: the settings of the site cannot be read.
    """
    codes = () if folder() else languages_of_site(read_settings(root))
    return tuple(Edition(code, f"{code}/") for code in codes) or (Edition(language(), folder()),)


def editions_again(root: Path, built: Iterable[Path]) -> tuple[Edition, ...]:
    """The editions a site comes in when it is built again: as `editions_of`, or in one language as it was asked for.

    That is so where it has been built in one language by the settings as they are. `built` are the folders where it may
    lie; the first that holds a site counts.

    Raises:
        SiteError: the settings of the site cannot be read, or it is in a language there are no words of.
    """
    site = next((each for each in built if (each / MANIFEST).is_file()), None)
    if site is None or folder() or not _made_by(site, root / CONFIG):
        return editions_of(root)
    there = editions_in(site, root)
    return editions_of(root) if there[0].folder else there


def _made_by(site: Path, settings: Path) -> bool:
    """Whether a site was built by the settings as they are now."""
    try:
        inputs = json.loads((site / MANIFEST).read_bytes())["inputs"]
        now = sha256(settings.read_bytes()).hexdigest()
        return any(each["path"] == settings.name and each["sha256"] == now for each in inputs)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def editions_in(site: Path, root: Path) -> tuple[Edition, ...]:
    """The editions a built site holds, in the order of the settings in `root`; its only one where it has no folders.

    Raises:
        SiteError: the settings of the site cannot be read, or it is in a language there are no words of.
    """
    there = [code for code in known_languages() if (site / code / MANIFEST).is_file()]
    order = languages_of_site(read_settings(root))
    there.sort(key=lambda code: (order.index(code) if code in order else len(order), code))
    return tuple(Edition(code, f"{code}/") for code in there) or (Edition(_language_in(site)),)


def _language_in(site: Path) -> str:
    """The language its manifest names; of a site from before manifests named one, the one in force."""
    try:
        named = json.loads((site / MANIFEST).read_bytes())["languages"]
    except (OSError, ValueError, KeyError, TypeError):
        return language()
    code = str(named[0]) if isinstance(named, list) and len(named) == 1 else language()
    if code not in known_languages():
        known = Later(joined, *known_languages())
        raise SiteError(say_later("errors.language_of_site", found=code, known=known))
    return code
