#!/usr/bin/env sh
# Bring everything that comes from others up to date, in the order it depends on each other; needs the network.
# The charts' script and the theme's files come out of the pinned packages, the font is cut from the system's Noto Sans SC.
# usage: sh requirements/refresh.sh .venv/bin/python [NotoSansCJK-Regular.ttc]    (without a font the one kept stays)
set -eu
python="$1"
cd "$(dirname "$0")/.."
sh requirements/lock.sh "$python"
"$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
if [ -n "${2:-}" ]; then "$python" benchmarks/subset_font.py "$2" build_scripts/charts/fonts/report-sans-sc.otf; fi
"$python" requirements/sbom.py
git status --short requirements build_scripts/charts/fonts
