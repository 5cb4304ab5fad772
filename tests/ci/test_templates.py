"""The ready workflows: valid by the services' own schemas, deploying only what was checked and built, runnable here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
import sites
import yaml

FOLDER = sites.ROOT / ".ci/templates"
SCHEMAS = {"github-actions.yml": "vendor.github-workflows", "gitlab-ci.yml": "vendor.gitlab-ci"}


def read(name: str) -> dict:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def checked(path, schema: str) -> subprocess.CompletedProcess[str]:
    """`path` against the schema that its service publishes, as shipped with check-jsonschema; asks no network."""
    transform = ["--data-transform", "gitlab-ci"] if schema == "vendor.gitlab-ci" else []
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *transform, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCHEMAS)
def test_the_workflow_is_valid_by_its_services_schema(name, tmp_path):
    found = checked(FOLDER / name, SCHEMAS[name])
    assert found.returncode == 0, found.stdout + found.stderr
    broken = tmp_path / name
    text = (FOLDER / name).read_text(encoding="utf-8")
    broken.write_text(re.sub(r"(?m)^( *)script:|^( *)runs-on:", r"\1\2scripts:", text), encoding="utf-8")
    assert checked(broken, SCHEMAS[name]).returncode == 1


def test_github_deploys_only_after_the_build_on_push_and_monthly():
    flow = read("github-actions.yml")
    starts = flow[True]  # YAML 1.1 reads the key `on` as true
    assert set(starts) == {"push", "schedule", "workflow_dispatch"}
    minute, hour, day, month, weekday = starts["schedule"][0]["cron"].split()
    assert (day, month, weekday) == ("1", "*", "*")
    assert minute.isdigit()
    assert hour.isdigit()
    build, deploy = flow["jobs"]["build"], flow["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    assert "if" not in deploy
    runs = [step.get("run", "") for step in build["steps"]]
    upload = next(i for i, step in enumerate(build["steps"]) if "upload-pages-artifact" in step.get("uses", ""))
    assert any("rebuild.sh" in run for run in runs[:upload])
    environment = next(step["env"] for step in build["steps"] if "rebuild.sh" in step.get("run", ""))
    assert environment["COMPARE_URL"] == environment["SITE_URL"], "what is out is what the data is held against"
    assert build["steps"][upload].get("if") is None
    assert flow["permissions"] == {"contents": "read"}


def test_gitlab_deploys_only_after_the_build():
    flow = read("gitlab-ci.yml")
    assert any("rebuild.sh" in line for line in flow["build"]["script"])
    assert flow["pages"]["needs"] == [{"job": "build", "artifacts": True}]
    assert "when" not in flow["pages"]
    assert flow["build"]["artifacts"]["when"] == "always"


def test_the_crontab_runs_the_shipped_script_once_a_month():
    (job,) = [line for line in (FOLDER / "crontab").read_text().splitlines() if re.match(r"[\d*]", line)]
    minute, hour, day, month, weekday, command = job.split(None, 5)
    assert (month, weekday) == ("*", "*")
    assert (int(minute) < 60, int(hour) < 24, 1 <= int(day) <= 28) == (True, True, True)
    assert "sh .ci/templates/publish.sh /" in command


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.sh")), ids=lambda path: path.name)
def test_the_scripts_are_posix_shell(path):
    shell = shutil.which("dash") or shutil.which("sh")
    assert subprocess.run([shell, "-n", str(path)], check=False).returncode == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#!/bin/sh\n")
    assert not re.search(r"\[\[|\bfunction\b|\blocal\b|<\(|\$'", text)


def test_the_templates_name_only_make_targets_and_files_that_exist():
    makefile = (sites.ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("github-actions.yml", "gitlab-ci.yml", "crontab"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        for target in re.findall(r"\bmake ([a-z]+)", text):
            assert re.search(rf"(?m)^{target}:", makefile), target
        for file in re.findall(r"\.ci/templates/[\w.-]+|requirements/[\w.]+", text):
            assert (sites.ROOT / file).is_file(), file
