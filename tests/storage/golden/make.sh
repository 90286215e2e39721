#!/usr/bin/env bash
# Writes golden databases that are not there yet; those that are stay as they are.
#
#   tests/storage/golden/make.sh build/dev/bin/golden_maker
set -euo pipefail
maker=$(realpath "${1:?say which golden_maker to run}")
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$maker" "$folder"
find "$folder" -name 'LOG*' -delete
for format in "$folder"/format_*; do
  name=$(basename "$format").tar.xz
  if [ -e "$name" ]; then
    echo "$name stays as it is"
    continue
  fi
  tar --sort=name --owner=0 --group=0 --mtime=@0 -C "$format" -cJf "$name" .
  echo "$name is made"
done
