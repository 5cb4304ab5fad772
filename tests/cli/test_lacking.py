"""A Python without the project's packages, or too old, is told in a line: which it is, what it lacks, what to run."""

import os
import subprocess
import sys

import pytest
import sites


def run(*arguments, code="", cwd=sites.ROOT):
    held = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    held["PYTHONPATH"] = str(sites.ROOT)
    call = [sys.executable, "-S", *(["-c", code] if code else ["-m", "build_scripts"]), *arguments]
    return subprocess.run(call, cwd=cwd, env=held, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", [("check",), ("build", "--timings"), ()])
def test_a_python_without_the_packages_is_told_in_one_line(arguments, tmp_path):
    done = run(*arguments)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    typed = " ".join(["-m build_scripts", *arguments])
    assert line.startswith(f"{sys.executable} 这个 Python 里没有程序包 typer；请运行：")
    assert line.endswith(f".venv/bin/python {typed}")
    done = run("check", "--package", sites.ROOT / "examples" / "canada" / "datapackage", cwd=tmp_path)
    assert done.stderr.startswith(f"the Python {sys.executable} lacks the package typer; run: ")
    assert f"{sites.ROOT}/.venv/bin/python -m build_scripts check" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("ModuleNotFoundError('x', name='typer.exceptions')", "没有程序包 typer.exceptions"),
        ("ImportError('x', name='mkdocs')", "程序包 mkdocs 不是所要的版本"),
        ("ModuleNotFoundError('x', name='build_scripts.cli.gone')", "Traceback"),
        ("ModuleNotFoundError('x', name='_lzma')", "Traceback"),
    ],
)
def test_what_is_our_own_fault_is_not_taken_for_a_missing_package(raised, said):
    code = (
        "import sys, types; from build_scripts import __main__ as m; run = types.ModuleType('run')\n"
        f"def fails(): raise {raised}\n"
        "run.run = fails; sys.modules['build_scripts.cli.run'] = run; sys.exit(m.main())"
    )
    done = run("check", code=code)
    assert said in done.stderr
    assert done.returncode == (1 if said == "Traceback" else 2)


def test_a_python_too_old_is_told_in_one_line():
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 1); sys.version = '3.9.1 (x)'\n"
        "runpy.run_module('build_scripts', run_name='__main__')"
    )
    done = run(code=code)
    assert done.returncode == 2
    assert done.stderr.startswith(f"build_scripts needs Python 3.11 or newer, and {sys.executable} is 3.9.1; run: ")
    assert len(done.stderr.splitlines()) == 1
