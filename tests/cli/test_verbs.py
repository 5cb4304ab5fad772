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


def test_every_verb_explains_itself():
    for verb in VERBS:
        said = CliRunner().invoke(app, [verb, "--help"])
        assert said.exit_code == 0, said.output
        assert "Usage" in said.output
