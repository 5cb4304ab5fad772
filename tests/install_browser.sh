#!/bin/sh
# Makes sure every test can run: Chromium, a Chinese font, Java and nginx, from Debian's packages when missing.
# Where that is not possible it says what to install; the tests that need it are then skipped, except in CI, where they
# fail. LibreOffice is large and stays optional: the tests that open our workbooks with it run where it is there.
set -u

have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }
have_java() { command -v java >/dev/null 2>&1; }
have_nginx() { command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; }

packages=
have_browser || packages="$packages chromium"
have_font || packages="$packages fontconfig fonts-noto-cjk"
have_java || packages="$packages default-jre-headless"
server=
have_nginx || server=nginx-light
[ -n "$packages$server" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
export DEBIAN_FRONTEND=noninteractive

install() { # install PACKAGE…
    [ $# -gt 0 ] || return 0
    command -v apt-get >/dev/null 2>&1 && [ "$as_root" != no ] || return 1
    echo "安装测试所需的软件包：$*"
    log=$(mktemp)
    $as_root apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 && { rm -f "$log"; return 0; }
    tail -5 "$log"
    rm -f "$log"
    return 1
}

install_server() { # the web server is wanted for its program alone: it must not start, now or with the machine
    [ -n "$server" ] || return 0
    [ "$as_root" != no ] || return 1
    policy=/usr/sbin/policy-rc.d
    made=
    [ -e "$policy" ] || { made=1; printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null; $as_root chmod 755 "$policy"; }
    install "$server"
    result=$?
    [ -z "$made" ] || $as_root rm -f "$policy"
    [ $result != 0 ] || { command -v systemctl >/dev/null 2>&1 && $as_root systemctl disable nginx >/dev/null 2>&1; }
    return $result
}

[ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1 || $as_root apt-get update >/dev/null 2>&1
missing=
# shellcheck disable=SC2086
install $packages || missing=$packages
install_server || missing="$missing $server"
[ -z "$missing" ] ||
    echo "缺少测试所需的软件包：$missing。请用系统的软件包管理器安装后再运行；缺少时用到它们的测试会跳过（CI 中会失败）。"
exit 0
