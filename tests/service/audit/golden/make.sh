#!/usr/bin/env bash
# Writes a golden store under a name that is not there yet; those that are stay as they are.
#
#   tests/service/audit/golden/make.sh build/dev/bin/golden_records_maker records_2
set -euo pipefail
maker=$(realpath "${1:?say which golden_records_maker to run}")
name=${2:?say its name, such as records_2}.tar.xz
cd "$(dirname "$0")"
if [ -e "$name" ]; then
  echo "$name stays as it is" >&2
  exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$maker" "$folder"
find "$folder" -name 'LOG*' -delete
tar --sort=name --owner=0 --group=0 --mtime=@0 -C "$folder" -cJf "$name" .
echo "$name is made"
