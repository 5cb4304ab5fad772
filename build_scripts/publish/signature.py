"""A signature of a list of checksums, by the system's `ssh-keygen`. Gets bytes and a private key, gives the signature.

Whoever has the public key verifies it with the same program (`ssh-keygen -Y verify`); no key and no program of ours is
needed for that. Source: OpenSSH PROTOCOL.sshsig.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from build_scripts.core.errors import UsageError
from build_scripts.locale import t

# What the signature is good for: none made for another purpose passes, and this one passes nowhere else.
NAMESPACE = "plan-progress"
_PROGRAM = "ssh-keygen"


def signature(content: bytes, key: Path) -> bytes:
    """The signature of `content` by the private key in the file `key` (or by an agent that holds it).

    Raises:
        UsageError: the program or the key is not there, or it refuses to sign.
    """
    program = shutil.which(_PROGRAM)
    if not program:
        raise UsageError(t("opendata.release.no_program", program=_PROGRAM))
    if not key.is_file():
        raise UsageError(t("opendata.release.no_key", path=key))
    command = [program, "-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key)]
    done = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603 - no shell
    if done.returncode or not done.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(t("opendata.release.unsigned", path=key, reason=said[-1] if said else done.returncode))
    return done.stdout
