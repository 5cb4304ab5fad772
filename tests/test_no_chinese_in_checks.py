"""Rules and method hold no word of a language, but for the rules that read what plans and sources print."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "build_scripts"
STAGES = ("checks", "assess")
# They hold a row against the very words of its plan, its source or its neighbours: Chinese, some English.
READ_WORDS = {
    "agreement.py", "fittings.py", "origins.py", "places.py", "printed.py", "quotes.py", "sentences.py", "subjects.py",
}  # fmt: skip
HAN = re.compile(r"[\u3400-\u9fff]")


def texts(path: Path) -> list[tuple[int, str]]:
    """Every string of a module with its line; what documents a module, class or function is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    notes = {
        id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)
    }
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [(node.lineno, node.value) for node in strings if id(node) not in notes]


@pytest.mark.parametrize("stage", STAGES)
def test_no_word_of_a_language_decides(stage):
    modules = [path for path in sorted((ROOT / stage).rglob("*.py")) if path.name not in READ_WORDS]
    assert modules
    found = [(path.name, line, text) for path in modules for line, text in texts(path) if HAN.search(text)]
    assert found == []
