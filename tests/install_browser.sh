#!/bin/sh
# Makes sure browser tests can run: Chromium and a Chinese font, from Debian's packages when missing.
# Where that is not possible it says what to install; the browser tests are then skipped, except in CI, where they fail.
set -u

have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }
have_java() { command -v java >/dev/null 2>&1; }

packages=
have_browser || packages="$packages chromium"
have_font || packages="$packages fontconfig fonts-noto-cjk"
have_java || packages="$packages default-jre-headless"
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
if command -v apt-get >/dev/null 2>&1 && [ "$as_root" != no ]; then
    echo "安装浏览器测试所需的软件包：$packages"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    if { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends $packages; } >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -5 "$log"
    rm -f "$log"
fi
echo "缺少浏览器测试所需的软件包：$packages。请用系统的软件包管理器安装后再运行；缺少时浏览器测试会跳过（CI 中会失败）。"
exit 0
