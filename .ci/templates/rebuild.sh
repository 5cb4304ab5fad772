#!/bin/sh
# Checks the data, builds the site, and says in plain Chinese what went wrong. Publishes nothing.
#
#   rebuild.sh [arguments for `build`, e.g. --as-of 2026-11-21]
#
# Run it in the project's folder. Settings, all optional, come from the environment:
#   PYTHON   the interpreter with the pinned packages   (.venv/bin/python)
#   PACKAGE  the data package                           (datapackage)
#   OUT      where the site is built                    (build)
#   REPORT   where the failure report is written        (OUT/failure-report.txt)
#   AGAINST  what is out now, see `check --against`: a published row gone or changed is refused (none)
#   COMPARE_URL  the address of the published site, to fetch AGAINST from                       (none)
set -eu

PYTHON=${PYTHON:-.venv/bin/python}
PACKAGE=${PACKAGE:-datapackage}
OUT=${OUT:-build}
REPORT=${REPORT:-$OUT/failure-report.txt}

mkdir -p "$OUT" "$(dirname "$REPORT")"
rm -f "$REPORT"
log=$OUT/rebuild.log

fail() { # fail STEP ADVICE
    {
        echo "网站没有更新：$1"
        echo
        echo "时间：$(TZ=Asia/Shanghai date '+%Y-%m-%d %H:%M')（北京时间）"
        echo "现在公开的仍是上一次的网站，读者不受影响。"
        echo
        echo "怎么办：$2"
        echo
        echo "—— 以下是程序的原话 ——"
        cat "$log"
    } >"$REPORT"
    cat "$REPORT" >&2
    exit 1
}

if [ -n "${COMPARE_URL:-}" ]; then
    sh "$(dirname "$0")/fetch-published.sh" "$COMPARE_URL" "$OUT/published-data" >"$log" 2>&1 ||
        fail "取不到现在公开的数据，没法核对有没有丢失" "请确认 $COMPARE_URL 能打开，再运行一次。"
    if [ -d "$OUT/published-data" ]; then AGAINST=$OUT/published-data; fi
fi

"$PYTHON" -m build_scripts check --package "$PACKAGE" ${AGAINST:+--against "$AGAINST"} >"$log" 2>&1 ||
    fail "数据检查没有通过" "照下面列出的文件、行号和建议改好数据，再提交一次；改好之前不必做别的。"

"$PYTHON" -m build_scripts build --package "$PACKAGE" --out "$OUT" "$@" >"$log" 2>&1 ||
    fail "数据检查通过了，生成网站时出错" "请把本报告转给维护本站程序的人；不要改动数据。"

cat "$log"
