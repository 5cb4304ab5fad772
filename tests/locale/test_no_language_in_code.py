"""No word of a language decides or speaks in code: all of them are in the catalogues, but for what reads documents."""

import ast
import re
from pathlib import Path

from all_of import all_of

ROOT = Path(__file__).parents[2]
CODE = ROOT / "build_scripts"
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# What reads the very words that plans, sources, clerks and their programs write; each with its reason.
READERS = {
    "checks/kinds.py": "a percent sign of full width in a unit",
    "checks/origins.py": "half years and quarters in a note; 日 for 目 in a publisher's name",
    "core/characters.py": "fillers of other scripts that look like nothing",
    "core/foreign.py": "where Chinese signs begin and end, to mark them",
    "core/government.py": "the scale words of a Chinese package that names none",
    "core/personal.py": "units right behind an amount, which is no phone",
    "core/printed/": "figures as Chinese and English documents print them",
    "core/spreadsheet.py": "signs a spreadsheet takes for a formula",
    "forms/": "what clerks write into the cells of a Chinese form",
    "importing/": "years, ranges and percent signs in the tables of others",
    "load/cells.py": "days, periods and numbers as spreadsheets and people write them",
    "load/rawcsv.py": "commas and semicolons of full width between cells",
    "load/violations.py": "a wide space, made visible",
    "search/page_text.py": "where Chinese characters begin and end, which are searched by pairs",
    "load/header.py": "what parts the names in a header pasted into one cell",
}
# The name of the site and of whoever runs it, in the site's own settings.
OWN_NAMES = re.compile(r"^(site_name|site_description|    name): ")


def texts(path: Path) -> list[tuple[int, str]]:
    """Every string of a module with its line; what documents a module, class or function is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = list(ast.walk(tree))
    notes = {
        id(child.value)
        for node in nodes
        if isinstance(node, documented)
        for child in node.body
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
    }
    strings = (node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [(node.lineno, node.value) for node in strings if id(node) not in notes]


def reads(name: str) -> bool:
    return any(name.startswith(each) if each.endswith("/") else name == each for each in READERS)


def test_no_string_of_a_module_is_in_a_language():
    modules = {path.relative_to(CODE).as_posix(): path for path in sorted(CODE.rglob("*.py"))}
    assert len(modules) > 200
    spoken = {name: path for name, path in modules.items() if not reads(name)}
    found = [(name, line, text) for name, path in spoken.items() for line, text in texts(path) if HAN.search(text)]
    assert found == []


@all_of("reader", READERS)
def test_every_exception_is_needed(reader):
    paths = sorted((CODE / reader).rglob("*.py")) if reader.endswith("/") else [CODE / reader]
    read = [text for path in paths for _line, text in texts(path)]
    assert any(not text.isascii() for text in read)


@all_of(
    "pattern",
    [
        "build_scripts/templates/**/*.j2",
        "build_scripts/theme/**/*.html",
        "build_scripts/**/*.js",
        "build_scripts/**/*.sh",
        "docs/assets/js/*.js",
        "docs/assets/css/*.css",
    ],
)
def test_no_template_script_or_style_is_in_a_language(pattern):
    paths = sorted(ROOT.glob(pattern))
    assert paths
    found = [
        (path.relative_to(ROOT).as_posix(), number, line)
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if HAN.search(line)
    ]
    assert found == []


def test_the_settings_hold_no_words_but_the_names_of_the_site():
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if HAN.search(line) and not OWN_NAMES.match(line)] == []
