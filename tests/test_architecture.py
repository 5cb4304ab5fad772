"""Keeps docs/architecture.md true: who may import whom, how long things may get, what every part must come with."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import module_map
import pytest
from all_of import all_of

ROOT = Path(__file__).parents[1]
CODE = ROOT / "build_scripts"
MODULES = sorted(CODE.rglob("*.py"))

# stage → the stages it may import from us; `core` is free to all.
MAY_IMPORT = {
    "core": set(),
    "locale": set(),
    "explain": {"locale"},
    "load": {"locale"},
    "checks": {"load", "locale"},
    "assess": set(),
    "report": {"assess", "locale"},
    "charts": {"report", "locale"},
    "exports": {"load", "report", "assess", "explain", "locale"},
    "bulletins": {"report", "assess", "locale"},
    "pages": {"report", "locale", "explain", "charts", "exports", "bulletins", "checks"},
    "feeds": {"report", "locale", "bulletins", "pages"},
    "cards": {"charts", "pages", "locale"},
    "search": {"report", "locale", "pages"},
    "publish": {"load", "checks", "report", "locale", "bulletins", "pages", "explain", "site"},
    "forms": {"load", "checks", "report", "assess", "locale"},
    "render": {"pages", "locale", "charts", "cards"},
    "site": {"load", "report", "exports", "locale"},
    "starter": {"load", "checks", "locale"},
    "importing": {"checks", "starter", "locale"},
    "overlay": {
        "bulletins",
        "cards",
        "charts",
        "exports",
        "feeds",
        "pages",
        "publish",
        "render",
        "report",
        "search",
        "site",
    },
}
# Only these may bring in these libraries: frames stay at the edges, one engine in one place.
ONLY_IN = {
    "pandas": {"importing"},
    "frictionless": {"load"},
    "distributed": {"core"},
    "altair": {"charts"},
    "jinja2": {"render", "site", "core"},
    "vl_convert": {"charts"},
    "mkdocs": {"site"},
    "openpyxl": {"forms", "importing"},
    "typer": {"cli"},
    "rich": {"cli"},
}
MAX_MODULE_LINES = 350
MAX_FUNCTION_LINES = 60


def stage_of(path: Path) -> str:
    first = path.relative_to(CODE).parts[0]
    return first.removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
            if node.module == "build_scripts":
                found += [f"build_scripts.{alias.name}" for alias in node.names]
    return found


@all_of("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_imports_point_one_way(path):
    stage = stage_of(path)
    if stage in {"cli", "build", "__main__", "__init__"}:
        return
    assert stage in MAY_IMPORT, f"{stage} is not in the table of stages: add it here and in docs/architecture.md"
    for name in imports(path):
        if not name.startswith("build_scripts."):
            continue
        other = name.split(".")[1]
        allowed = MAY_IMPORT[stage] | {"core", stage}
        assert other in allowed, f"{path.relative_to(ROOT)} ({stage}) must not import {name}"


@all_of("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_libraries_stay_in_their_stage(path):
    for name in imports(path):
        top = name.split(".")[0]
        if top in ONLY_IN:
            assert stage_of(path) in ONLY_IN[top], f"{path.relative_to(ROOT)} must not import {top}"


@all_of("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_modules_and_functions_fit_a_screen(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= MAX_MODULE_LINES
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= MAX_FUNCTION_LINES, f"{path.name}:{node.lineno} {node.name} has {lines} lines"


@all_of("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_public_things_are_described(path):
    tree = tree_of(path)
    assert ast.get_docstring(tree), f"{path.relative_to(ROOT)} has no module docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has no docstring"


def test_no_stage_reads_a_clock_but_the_command_line():
    clock = re.compile(r"datetime\.now|date\.today|time\.time\(|utcnow")
    for path in MODULES:
        if stage_of(path) != "cli":
            assert not clock.search(path.read_text(encoding="utf-8")), f"{path.relative_to(ROOT)} reads a clock"


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name]


def test_nothing_generated_is_tracked():
    assert not [name for name in tracked() if name.startswith(("build/", ".cache/", ".venv/"))]


def test_tracked_files_stay_small():
    large = [name for name in tracked() if (ROOT / name).is_file() and (ROOT / name).stat().st_size > 1_500_000]
    assert not large


@pytest.mark.slow
def test_nothing_imports_in_a_circle():
    assert module_map.cycles(module_map.stages()) == []
    assert module_map.cycles(module_map.modules()) == []


def test_the_drawing_of_the_stages_is_current():
    drawn = module_map.DRAWING.read_text(encoding="utf-8")
    assert drawn == module_map.drawing(), "run: python tests/module_map.py"
