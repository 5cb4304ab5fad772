#!/bin/sh
# Rebuilds the site and, only if everything went well, puts it in the place of the one before, in one rename.
# Plain POSIX shell, made for cron (see crontab beside this file) and for running by hand:
#
#   publish.sh /srv/www/plan-progress [arguments for `build`]
#
# The first argument is the address on disk that the web server serves; it becomes a link to one of the versions kept
# beside it. On any failure it is left as it is, the failure report is printed and kept, and the exit code is not 0.
# Settings of rebuild.sh apply, and also:
#   PROJECT      the project's folder                     (two folders above this file)
#   APPROVED_BY  who answers for unattended updates       (自动更新)
#   PULL         1 to fetch the newest data with git first, and packages when their pins have changed (0)
#   NOTIFY       a command that is given the failure report on its input, e.g. "mail -s 网站没有更新 office@example.org"
set -eu

here=$(cd "$(dirname "$0")" && pwd)
PROJECT=${PROJECT:-$here/../..}
[ $# -ge 1 ] || { echo "用法：publish.sh 网站目录 [build 的参数]" >&2; exit 2; }
case $1 in /*) web=$1 ;; *) web=$(pwd)/$1 ;; esac
shift
cd "$PROJECT"

PYTHON=${PYTHON:-.venv/bin/python}
PACKAGE=${PACKAGE:-datapackage}
OUT=${OUT:-build}
REPORT=${REPORT:-$OUT/failure-report.txt}
export PYTHON PACKAGE OUT REPORT

mkdir -p "$OUT"
lock=$OUT/publish.lock
if ! mkdir "$lock" 2>/dev/null; then
    running=$(cat "$lock/pid" 2>/dev/null || echo)
    if [ -n "$running" ] && kill -0 "$running" 2>/dev/null; then
        echo "上一次更新还没有结束（进程 $running），这一次不再重复。" >&2
        exit 3
    fi
    echo "上一次更新中途停止，现在接着重新更新。" >&2
fi
echo $$ >"$lock/pid"
trap 'rm -rf "$lock"' EXIT
trap 'exit 130' HUP INT TERM

told() { # hands the failure report on, if somebody is to be told
    if [ -n "${NOTIFY:-}" ]; then sh -c "$NOTIFY" <"$REPORT" || echo "失败报告没有发出去：$NOTIFY" >&2; fi
    exit 1
}

stopped() { # stopped WHAT ADVICE: writes the failure report of a step of this script and hands it on
    { echo "网站没有更新：$1"; echo; echo "现在公开的仍是上一次的网站。$2"; echo; cat "$OUT/rebuild.log"; } >"$REPORT"
    cat "$REPORT" >&2
    told
}

if [ "${PULL:-0}" = 1 ]; then
    git pull --quiet --ff-only >"$OUT/rebuild.log" 2>&1 || stopped "取不到最新的数据" "请检查网络，或联系维护人员。"
    # `make` does nothing unless the pins are newer than the packages; an interpreter of one's own is kept up by oneself.
    if [ "$PYTHON" = .venv/bin/python ]; then
        make --no-print-directory setup >"$OUT/rebuild.log" 2>&1 || stopped "装不上新版程序要用的软件包" "请检查网络，或联系维护人员。"
    fi
fi

# What is out now must not get lost unnoticed: rows gone or changed are refused unless somebody has named them.
if [ -f "$web/publications/approval.json" ]; then
    AGAINST=$web
    export AGAINST
fi
sh "$here/rebuild.sh" "$@" || told

"$PYTHON" -m build_scripts publish --package "$PACKAGE" --out "$OUT" --to "$web" \
    --approved-by "${APPROVED_BY:-自动更新}" >"$OUT/rebuild.log" 2>&1 ||
    stopped "新网站已经生成，但没能放到 $web" "原因写在下面；说写不进去的，请检查磁盘空间和文件夹权限。"
cat "$OUT/rebuild.log"
