#!/bin/sh
# Fetches the tables that a published site offers, for `check --against`: what is out must not get lost unnoticed.
#
#   fetch-published.sh https://example.org/ FOLDER
#
# FOLDER then holds them as the site does (data/csv/…), each with the checksum that the site names. Where nothing is
# published yet (404) there is no FOLDER afterwards, and the exit code is 0; it is not 0 when the site does not answer.
set -eu

[ $# -eq 2 ] || { echo "用法：fetch-published.sh 网址 文件夹" >&2; exit 2; }
site=${1%/}
folder=$2
rm -rf "$folder"
mkdir -p "$folder/data"

get() { # get PATH: prints the status of the answer
    mkdir -p "$folder/data/$(dirname "$1")"
    curl --silent --show-error --location --compressed --retry 2 --max-time 120 --output "$folder/data/$1" \
        --write-out '%{http_code}' "$site/data/$1"
}

status=$(get SHA256SUMS) || { echo "$site 没有回应" >&2; exit 1; }
case $status in
    200) ;;
    404) rm -rf "$folder"; exit 0 ;;
    *) echo "$site/data/SHA256SUMS 回答 $status" >&2; exit 1 ;;
esac
grep -E "  csv/[a-z_]+[.]csv\$" "$folder/data/SHA256SUMS" >"$folder/data/wanted" || { echo "$site 没有数据表" >&2; exit 1; }
while read -r _sum path; do
    status=$(get "$path") && [ "$status" = 200 ] || { echo "取不到 $site/data/$path" >&2; exit 1; }
done <"$folder/data/wanted"
(cd "$folder/data" && sha256sum --check --quiet wanted) >&2 || { echo "取到的数据与网站的校验码不符" >&2; exit 1; }
