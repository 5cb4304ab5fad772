"""Compiled templates, kept like all results that take long: those of the pages, or the theme, take half a second."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import jinja2

from build_scripts.core.kept import keep, key_of, look


class Compiled(jinja2.BytecodeCache):
    """Kept by the text of the template and the versions of Jinja and Python; `kind` parts environments that differ."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder
        self._kind = kind

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Bring a template's code back, if it is there."""
        if data := look(self._folder, self._kind, self._key(bucket)):
            bucket.load_bytecode(io.BytesIO(data))

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a template's code."""
        out = io.BytesIO()
        bucket.write_bytecode(out)
        keep(self._folder, self._kind, self._key(bucket), out.getvalue())

    @staticmethod
    def _key(bucket: jinja2.bccache.Bucket) -> str:
        return key_of(bucket.key, bucket.checksum, jinja2.__version__, sys.version)
