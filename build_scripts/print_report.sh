#!/bin/sh
# Print the built site's whole report to PDF with a Chromium that is already installed: print_report.sh [build folder]
set -eu
out=$(cd "${1:-build}" && pwd)
page="$out/site/report/index.html"
[ -f "$page" ] || { echo "there is no ${page}: build the site first (make site)" >&2; exit 1; }
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  browser=$(command -v "$name") && break
done
[ -n "${browser:-}" ] || { echo "there is no Chromium: install it first (Debian/Ubuntu: apt install chromium fonts-noto-cjk)" >&2; exit 1; }
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
sandbox=""
[ "$(id -u)" -ne 0 ] || sandbox="--no-sandbox"
# shellcheck disable=SC2086 # one option or none
"$browser" --headless $sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync \
  --user-data-dir="$profile" --no-pdf-header-footer --print-to-pdf="$out/report.pdf.new" "file://$page" 2>"$profile/log" \
  || { cat "$profile/log" >&2; exit 1; }
mv "$out/report.pdf.new" "$out/report.pdf"
echo "The whole report is in $out/report.pdf"
