"""The verbs a newcomer reads about in the README are the verbs there are."""

import re

import sites
import typer
from typer.testing import CliRunner

from build_scripts.cli.verbs import VERBS, app

README = (sites.ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_verb_and_no_other():
    assert {line.split()[0] for line in re.findall(r"-m build_scripts (.+)", README)} == set(VERBS)


def test_every_option_the_readme_shows_is_there():
    group = typer.main.get_command(app)
    for line in re.findall(r"-m build_scripts (.+?)(?:\s+#.*)?$", README, flags=re.MULTILINE):
        words = [word for word in line.split() if re.fullmatch(r"[a-z]+(-[a-z]+)*", word)]
        command = group.get_command(None, words[0])
        if VERBS[words[0]]:
            command = command.get_command(None, words[1])
        known = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in line.split() if word.startswith("--")} <= known, line


def test_every_verb_explains_itself_in_the_language_of_the_site():
    """Headings, required marks, defaults and the help option too: no English word but names to type stays."""
    group = typer.main.get_command(app)
    calls = [[], *([verb] for verb in VERBS)]
    calls += [[verb, inner] for verb, many in VERBS.items() if many for inner in group.get_command(None, verb).commands]
    for words in calls:
        said = CliRunner().invoke(app, [*words, "--help"])
        assert said.exit_code == 0, said.output
        assert said.output.startswith("用法：")
        assert "选项：" in said.output
        assert "--help" in said.output
        assert not re.search(
            r"\b(?:Usage|Options|Arguments|Commands|required|default|Show|bool|str|OPTIONS|ARGS)\b|<", said.output
        )
    said = CliRunner().invoke(app, ["forms", "ingest", "--help"]).output
    assert re.search(r"FILE… +收回的表单，可以一次给多个，也可以是文件夹（必填）", said)
    assert re.search(r"--package DIR +数据包文件夹（默认：datapackage）", said)
    assert re.search(r"--format text\|json +.*（默认：text）", CliRunner().invoke(app, ["check", "--help"]).output)
