"""The data package as it lies in its folder, copied byte for byte, so that what is offered is what was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from build_scripts.errors import SiteError
from build_scripts.model import Artifact

FOLDER = "data/package"
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Download:
    """A file offered for download. `rows` counts data rows without the header; None where the file has none."""

    artifact: Artifact
    title: str
    rows: int | None

    @property
    def size_bytes(self) -> int:
        """The file's length."""
        return len(self.artifact.data)

    @property
    def sha256(self) -> str:
        """The file's SHA-256, in hexadecimal."""
        return hashlib.sha256(self.artifact.data).hexdigest()


def package_files(package_dir: Path, meta: Mapping[str, object]) -> tuple[Download, ...]:
    """The descriptor, then every table it lists, in its order, then the schemas.

    Raises:
        SiteError: a listed file is not there; the check before has normally said so already.
    """
    resources = meta.get("resources")
    listed = [each for each in resources if isinstance(each, Mapping)] if isinstance(resources, list) else []
    found = [_download(package_dir, DESCRIPTOR, str(meta.get("title") or DESCRIPTOR), is_table=False)]
    for resource in listed:
        path = str(resource["path"])
        found.append(_download(package_dir, path, str(resource.get("title") or path), is_table=True))
    schemas = sorted({str(each["schema"]) for each in listed if isinstance(each.get("schema"), str)})
    found += [_download(package_dir, path, path, is_table=False) for path in schemas]
    return tuple(found)


def _download(package_dir: Path, path: str, title: str, *, is_table: bool) -> Download:
    try:
        data = (package_dir / path).read_bytes()
    except OSError as failure:
        raise SiteError(f"数据包缺少文件 {path}：{failure.strerror}") from failure
    rows = max(data.count(b"\n") - 1, 0) if is_table else None
    return Download(Artifact(f"{FOLDER}/{path}", data, path), title, rows)
