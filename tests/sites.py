"""Sites built for tests, by the real command, once a run: the real package's and the invented one's."""

import subprocess
from pathlib import Path

import warm

ROOT = Path(__file__).parents[1]
AS_OF = "2026-11-21"


def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m build_scripts …` in the project's root."""
    return warm.run([str(each) for each in arguments], ROOT, env)


def build(out: Path, *arguments: object, env: dict[str, str] | None = None) -> Path:
    """A site built into `out`; gives its folder, fails the test with the command's own words."""
    result = run("build", "--out", out, "--as-of", AS_OF, *arguments, env=env)
    assert result.returncode == 0, result.stdout + result.stderr
    return out / "site"
