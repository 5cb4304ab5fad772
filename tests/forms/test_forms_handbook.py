"""Every command of the handbook for clerks and editors runs, and every option it names is there."""

import re
import shutil
from pathlib import Path

import typer
from forms_clerk import AS_OF, Clerk
from packages import cell
from typer.testing import CliRunner

from build_scripts.cli import clock, forms_undo
from build_scripts.cli.forms import app
from build_scripts.cli.verbs import app as verbs
from build_scripts.forms.layout import Form

HANDBOOK = (Path(__file__).parents[2] / "docs/handbook/forms.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("python -m build_scripts ").split()
    for block in re.findall(r"```sh\n(.*?)```", HANDBOOK, flags=re.DOTALL)
    for line in block.strip().splitlines()
]


def run(*words: str, answer: str = "y\n") -> str:
    result = CliRunner().invoke(app, list(words), input=answer, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_forms_go_out_come_back_are_counted_and_taken_back_as_the_handbook_says(package_dir, tmp_path, monkeypatch):
    cell("units", 3, "name", "市科技局")(package_dir)
    for module in (clock, forms_undo):
        monkeypatch.setattr(module, "today", lambda: AS_OF)
    monkeypatch.chdir(tmp_path)
    before = {path.name: path.read_bytes() for path in package_dir.rglob("*.csv")}
    forms = [words[1:] for words in COMMANDS if words[0] == "forms"]
    assert [words[0] for words in forms] == ["export", "export", "ingest", "undo", "status"]
    here = ["--package", str(package_dir)]
    day = ["--as-of", AS_OF.isoformat()]

    def typed(words: list[str]) -> list[str]:
        return [word.replace("2026年", "2025年") for word in words]

    run(*typed(forms[0]), *here, *day)
    assert len(list(Path("表单").iterdir())) == 3
    run(*forms[1], *here, *day)
    person = Clerk(Path("表单/市科技局_2025-10_三张表单.xlsx"))
    person.sign()
    person.figure("freight|city", 523.4)
    person.fill(Form.TASKS, "bridge", state="序时推进")
    person.save()
    shutil.copytree("表单", "收回")
    for path in Path("收回").iterdir():
        if not path.name.startswith("市科技局"):
            path.unlink()
    assert "已写入：来源1行、数据1行、任务进展1行" in run(*forms[2], *here, *day)
    assert "市科技局\t1/2\t1/2\t0/1" in run(*typed(forms[4]), *here, *day)
    run(*forms[3], *here)
    assert {path.name: path.read_bytes() for path in package_dir.rglob("*.csv")} == before


def test_every_option_the_handbook_names_is_there():
    group = typer.main.get_command(app)
    known = {name for verb in group.commands.values() for each in verb.params for name in each.opts}
    known |= {name for each in typer.main.get_command(verbs).get_command(None, "verify").params for name in each.opts}
    assert {word for words in COMMANDS for word in words if word.startswith("--")} <= known
    assert set(re.findall(r"`(--[a-z-]+)", HANDBOOK)) <= known
    others = [words for words in COMMANDS if words[0] != "forms"]
    # `preview` and `verify` need a site: tests/preview and tests/cli run them.
    assert others == [["verify", "--site", "build/published"], ["check"], ["preview"]]


def test_the_check_that_the_handbook_asks_for_passes(package_dir):
    result = CliRunner().invoke(verbs, ["check", "--package", str(package_dir)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
