#!/bin/sh
# Compiles *.in into *.txt with hashes for every platform and no package index address in them.
# Usage: requirements/lock.sh PYTHON   (uv is installed into a folder of its own, not into the project's .venv)
set -eu
cd "$(dirname "$0")"
python=$1
case $python in /*) ;; *) python=../$python ;; esac
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check uv
compile() {
    "$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url "$@"
}
compile test.in -o test.txt
compile site.in -c test.txt -o site.txt
compile dask.in -c test.txt -o dask.txt
