"""Which stage imports which, read off the code; as a program it draws `docs/assets/img/stages.svg` anew.

    python tests/module_map.py

A stage is a folder or a file right under `build_scripts/`. Imports at the top of a module count, and those inside
functions too: a late import is a dependency like any other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ROOT / "build_scripts"
DRAWING = ROOT / "docs" / "assets" / "img" / "stages.svg"
# The command line knows every stage by design; drawn, it would only hide the others.
PASSED_OVER = {"__init__", "__main__", "cli"}
WIDTH, ROW, BOX, HIGH = 860, 92, 104, 38


def stage_of(path: Path) -> str:
    """The stage a module belongs to."""
    return path.relative_to(CODE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The names of ours that a module imports, dotted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("build_scripts."))
        elif isinstance(node, ast.ImportFrom) and node.module == "build_scripts":
            yield from (f"build_scripts.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("build_scripts."):
            yield node.module or ""


def stages() -> Mapping[str, set[str]]:
    """Stage → the other stages it imports."""
    found: dict[str, set[str]] = {}
    for path in sorted(CODE.rglob("*.py")):
        stage = stage_of(path)
        found.setdefault(stage, set()).update(name.split(".")[1] for name in imported(path))
    return {stage: others - {stage} for stage, others in found.items() if stage not in PASSED_OVER}


def modules() -> Mapping[str, set[str]]:
    """Module → the modules of ours it imports, both dotted; a package stands for its `__init__`."""
    names = {path: _dotted(path) for path in sorted(CODE.rglob("*.py"))}
    known = set(names.values())
    found: dict[str, set[str]] = {}
    for path, name in names.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        hints = {id(each) for node in ast.walk(tree) if _for_types(node) for each in ast.walk(node)}
        wanted = set()
        for node in ast.walk(tree):
            if id(node) in hints:
                continue
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("build_scripts"):
                parts = {f"{node.module}.{alias.name}" for alias in node.names}
                wanted |= {part for part in parts if part in known} or {node.module or ""}
        found[name] = {each for each in wanted if each in known} - {name}
    return found


def _for_types(node: ast.AST) -> bool:
    """Whether a block is read by type checkers only: it brings nothing in when the program runs."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def cycles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The cycles of a graph, one for every back edge met on a walk in name order."""
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(here: str, way: list[str]) -> None:
        if here in way:
            found.append([*way[way.index(here) :], here])
        elif here not in done:
            for there in sorted(graph.get(here, ())):
                walk(there, [*way, here])
            done.add(here)

    for start in sorted(graph):
        walk(start, [])
    return found


def depth(graph: Mapping[str, set[str]]) -> Mapping[str, int]:
    """How many stages stand below each: 0 for one that imports nothing of ours."""
    known: dict[str, int] = {}

    def of(stage: str) -> int:
        if stage not in known:
            known[stage] = max((of(below) + 1 for below in graph[stage] if below in graph), default=0)
        return known[stage]

    for stage in graph:
        of(stage)
    return known


def drawing() -> str:
    """The stages as boxes, each above all it imports; a line for each import that no longer way stands for."""
    graph = stages()
    rows: dict[int, list[str]] = {}
    for stage, level in sorted(depth(graph).items()):
        rows.setdefault(level, []).append(stage)
    top = max(rows)
    place = {
        stage: (round(WIDTH * (index + 1) / (len(row) + 1)), (top - level) * ROW + 30)
        for level, row in rows.items()
        for index, stage in enumerate(row)
    }
    lines = [
        f'<path d="M{place[stage][0]} {place[stage][1] + HIGH // 2} L{place[below][0]} {place[below][1] - HIGH // 2}"/>'
        for stage in sorted(graph)
        for below in sorted(_direct(graph, stage))
    ]
    boxes = [
        f'<rect x="{x - BOX // 2}" y="{y - HIGH // 2}" width="{BOX}" height="{HIGH}" rx="4"/>'
        f'<text x="{x}" y="{y + 5}">{escape(stage)}</text>'
        for stage, (x, y) in sorted(place.items())
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top * ROW + 60}" role="img">',
            "<title>Stages of build_scripts; every line leads down to what is imported</title>",
            '<rect width="100%" height="100%" fill="#fff"/>',
            '<g fill="none" stroke="#7a869a" stroke-width="1.2">',
            *lines,
            '</g><g fill="#edf2fa" stroke="#1e4b8f" font-family="sans-serif" font-size="15" text-anchor="middle">',
            *(box.replace("<text ", '<text fill="#14233b" stroke="none" ') for box in boxes),
            "</g>",
            "</svg>",
            "",
        ]
    )


def _direct(graph: Mapping[str, set[str]], stage: str) -> set[str]:
    """What a stage imports and does not also reach by way of something else it imports."""
    near = {below for below in graph[stage] if below in graph}
    return near - {far for below in near for far in _reached(graph, below)}


def _reached(graph: Mapping[str, set[str]], stage: str) -> set[str]:
    near = {below for below in graph[stage] if below in graph}
    return near | {far for below in near for far in _reached(graph, below)}


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8", newline="\n")
