"""How to cite the data, or what this site says about one target. Gets an `Edition`, gives a `Citation` in five forms.

The day is the edition's: whoever cites a live page puts the day of their own visit into the brackets of GB/T 7714.
Sources: GB/T 7714—2015 (electronic resources, [DS/OL]), APA 7 (data sets), BibTeX, RIS, CSL-JSON 1.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from build_scripts.core.language import language
from build_scripts.core.records import Target
from build_scripts.exports.edition import Edition
from build_scripts.locale import colon, single_quotes, t

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited; `key` is an ASCII name for reference lists, `container` the dataset a target's page is part of.

    `url` is `""` while the site does not know its own address: no reference leads anywhere then, rather than astray.
    `doi` is that of the data as a whole, `""` while they have none.
    """

    key: str
    title: str
    container: str
    author: str
    version: str
    day: date
    url: str
    doi: str = ""

    def forms(self) -> dict[str, Any]:
        """The citation as `gbt7714`, `apa`, `bibtex`, `ris` (text) and `csl` (a CSL-JSON item)."""
        texts = {"gbt7714": self.gbt7714(), "apa": self.apa(), "bibtex": self.bibtex(), "ris": self.ris()}
        return {**texts, "csl": self.csl()}

    def gbt7714(self) -> str:
        """GB/T 7714—2015: 作者. 题名：版本[DS/OL]. (更新日期)[引用日期]. 地址."""
        title = f"{self.title}{colon()}{self.container}" if self.container else self.title
        found = f" {self.url}." if self.url else ""
        version, day = t("opendata.cite.version", version=self.version), self.day.isoformat()
        doi = f" DOI:{self.doi}." if self.doi else ""
        return f"{self.author}. {title}{colon()}{version}[DS/OL]. ({day})[{day}].{found}{doi}"

    def apa(self) -> str:
        """APA 7: author, year, title, version, kind, container, and the DOI, or the address where there is none."""
        version = f"Version {self.version}, data as of {self.day.isoformat()}"
        container = f" {self.container}." if self.container else ""
        leads_to = f"https://doi.org/{self.doi}" if self.doi else self.url
        found = f" {leads_to}" if leads_to else ""
        return f"{self.author}. ({self.day.year}). {self.title} ({version}) [Data set].{container}{found}"

    def bibtex(self) -> str:
        """A `@misc` entry in UTF-8, with what TeX would misread escaped."""
        fields = {
            "author": f"{{{_tex(self.author)}}}",
            "title": f"{{{_tex(self.title)}}}",
            **({"howpublished": _tex(self.container)} if self.container else {}),
            "year": str(self.day.year),
            "month": str(self.day.month),
            "version": _tex(self.version),
            "urldate": self.day.isoformat(),
            **({"doi": _tex(self.doi)} if self.doi else {}),
            **({"url": self.url} if self.url else {}),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{self.key},\n{lines}\n}}\n"

    def ris(self) -> str:
        """A RIS record of type `DATA`, which reference managers import."""
        lines = [
            ("TY", "DATA"),
            ("ID", self.key),
            ("AU", self.author),
            ("TI", self.title),
            *([("T2", self.container)] if self.container else []),
            ("PB", self.author),
            ("PY", str(self.day.year)),
            ("DA", f"{self.day:%Y/%m/%d}"),
            ("Y2", f"{self.day:%Y/%m/%d}"),
            ("ET", self.version),
            ("LA", language()),
            *([("DO", self.doi)] if self.doi else []),
            *([("UR", self.url)] if self.url else []),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)

    def marks(self) -> tuple[tuple[str, str], ...]:
        """What reference managers read in the head of a page: names of Highwire's `citation_` marks, with values."""
        found = {
            "title": self.title,
            "author": self.author,
            "publisher": self.author,
            "publication_date": f"{self.day:%Y/%m/%d}",
            "language": language(),
            "doi": self.doi,
            "public_url": self.url,
        }
        return tuple((name, value) for name, value in found.items() if value)

    def csl(self) -> dict[str, Any]:
        """A CSL-JSON item of type `dataset`."""
        parts = {"date-parts": [[self.day.year, self.day.month, self.day.day]]}
        return {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": self.author}],
            "publisher": self.author,
            "issued": parts,
            "accessed": parts,
            "version": self.version,
            "language": t("format.html"),
            **({"DOI": self.doi} if self.doi else {}),
            **({"URL": self.url} if self.url else {}),
            **({"container-title": self.container} if self.container else {}),
        }


def cite_dataset(edition: Edition) -> Citation:
    """The citation of the whole data package: of the bytes that stay, where just this content was let out."""
    cited = _citation(edition, edition.name, edition.title, "", edition.kept_at or "data/")
    return replace(cited, doi=edition.doi)


def cite_target(edition: Edition, target: Target) -> Citation:
    """The citation of one target's page and data."""
    title = t("opendata.cite.target", target=single_quotes(target.name))
    return _citation(edition, target.target_id, title, edition.title, f"targets/{target.target_id}/")


def _citation(edition: Edition, name: str, title: str, container: str, path: str) -> Citation:
    key = re.sub(r"[^A-Za-z0-9-]+", "-", f"{name}-{edition.as_of:%Y%m%d}")
    url = f"{edition.base_url}{path}" if edition.base_url else ""
    return Citation(key, title, container, edition.publisher, edition.version, edition.as_of, url)


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)


def citation_cff(edition: Edition) -> str:
    """The text of a `CITATION.cff` (format 1.2.0) for the data package."""
    lines = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": t("opendata.cite.message"),
        "title": edition.title,
        "version": edition.version,
        "date-released": edition.as_of.isoformat(),
        **({"license": edition.licence["name"]} if edition.licence.get("name") else {}),
        **({"url": edition.base_url} if edition.base_url else {}),
        **({"doi": edition.doi} if edition.doi else {}),
    }
    head = "".join(f"{name}: {_yaml(value)}\n" for name, value in lines.items())
    return f"{head}authors:\n  - name: {_yaml(edition.publisher)}\n"


def _yaml(text: str) -> str:
    """Text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
