"""Sites built for tests, by the real command, once a run: the real package's and the invented one's."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
AS_OF = "2026-11-21"


def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m build_scripts …` in the project's root."""
    command = [sys.executable, "-m", "build_scripts", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=env, check=False, timeout=600
    )


def build(out: Path, *arguments: object, env: dict[str, str] | None = None) -> Path:
    """A site built into `out`; gives its folder, fails the test with the command's own words."""
    result = run("build", "--out", out, "--as-of", AS_OF, *arguments, env=env)
    assert result.returncode == 0, result.stdout + result.stderr
    return out / "site"
