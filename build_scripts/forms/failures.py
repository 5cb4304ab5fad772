"""What the operating system refused, in words. Gets an `OSError`, gives why in Chinese."""

from __future__ import annotations

import errno

from build_scripts.locale import t

_WORDS = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.EISDIR: "folder",
    errno.EEXIST: "taken",
    errno.ENOSPC: "full",
    errno.ENAMETOOLONG: "name",
}


def why(failure: OSError) -> str:
    """The reason of a failure, as a clerk can act on it."""
    word = _WORDS.get(failure.errno or 0)
    return t(f"forms_lines.reason.{word}") if word else t("forms_lines.reason.other", number=failure.errno)
