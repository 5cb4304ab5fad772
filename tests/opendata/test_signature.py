"""A released version may be signed, and whoever has the public key can verify it with the system's own program."""

import shutil
import subprocess

import pytest
from packages import write_package

from build_scripts.cli.release import release
from build_scripts.core.errors import UsageError
from build_scripts.exports.project import kept_files
from build_scripts.exports.releases import published_releases
from build_scripts.publish.signature import NAMESPACE, signature

keygen = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen on PATH")
WHO = "data@example.org"


def run(*command, **options):
    return subprocess.run([str(each) for each in command], capture_output=True, check=False, **options)


@pytest.fixture
def key(tmp_path):
    assert run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", WHO, "-f", tmp_path / "key").returncode == 0
    (tmp_path / "allowed").write_text(f"{WHO} {(tmp_path / 'key.pub').read_text()}", encoding="utf-8")
    return tmp_path / "key"


def verified(folder, name, content):
    command = ["ssh-keygen", "-Y", "verify", "-f", folder / "allowed", "-I", WHO, "-n", NAMESPACE, "-s", name]
    return run(*command, input=content).returncode == 0


@keygen
def test_a_signed_release_is_verified_and_a_changed_one_is_not(tmp_path, key):
    package = tmp_path / "datapackage"
    write_package(package)
    release(package, "2026-11-21", tmp_path / "releases", sign=key)
    (sums,) = (tmp_path / "releases").glob("*/SHA256SUMS")
    assert verified(tmp_path, sums.with_name("SHA256SUMS.sig"), sums.read_bytes())
    assert not verified(tmp_path, sums.with_name("SHA256SUMS.sig"), sums.read_bytes().replace(b"0", b"1", 1))
    checked = run("sha256sum", "-c", "--quiet", "SHA256SUMS", cwd=sums.parent)
    assert checked.returncode == 0, checked.stdout
    listed = {line.split("  ")[1] for line in sums.read_text(encoding="utf-8").splitlines()}
    assert listed == {path.name for path in sums.parent.iterdir()} - {"SHA256SUMS", "SHA256SUMS.sig"}
    published = {path for path, _data in published_releases(kept_files(tmp_path / "releases"))}
    assert any(path.endswith("/SHA256SUMS.sig") for path in published)


@keygen
def test_what_is_no_key_is_named(tmp_path):
    (tmp_path / "note").write_text("no key", encoding="utf-8")
    with pytest.raises(UsageError, match="没有签成"):
        signature(b"x", tmp_path / "note")
    with pytest.raises(UsageError, match="不是文件"):
        signature(b"x", tmp_path / "lost")


def test_without_the_program_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="OpenSSH"):
        signature(b"x", tmp_path / "key")
