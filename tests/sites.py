"""Sites built for tests, by the real command, once a run: the real package's and the invented one's."""

import subprocess
from pathlib import Path

import warm

ROOT = Path(__file__).parents[1]
AS_OF = "2026-11-21"


def share_store(project: Path) -> Path:
    """Let a project of a test keep pictures and tables where the checkout does, so that each is drawn once a run.

    What is kept is found by its content and its maker alone; `test_edits` and `test_two_clones` build without.
    """
    (ROOT / ".cache").mkdir(exist_ok=True)
    (project / ".cache").symlink_to(ROOT / ".cache", target_is_directory=True)
    return project


def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m build_scripts …` in the project's root."""
    return warm.run([str(each) for each in arguments], ROOT, env)


def build(out: Path, *arguments: object, env: dict[str, str] | None = None) -> Path:
    """A site built into `out`; gives its folder, fails the test with the command's own words."""
    result = run("build", "--out", out, "--as-of", AS_OF, *arguments, env=env)
    assert result.returncode == 0, result.stdout + result.stderr
    return out / "site"
