#!/usr/bin/env bash
# How long somebody waits after changing one file: everything that hangs on it is rebuilt and linked,
# without the compiler cache. The file is put back as it was.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command='' changed='' kept=$(mktemp)
put_back() {
  if [ -n "$changed" ]; then
    cp "$kept" "$changed"
    changed=''
  fi
}
trap 'put_back; rm -f "$kept"' EXIT
trap 'exit 130' INT TERM

for file in matcher/match_index.cc storage/rocksdb_store.cc service/match/match_handlers.cc; do
  built dev
  cp "$file" "$kept"
  changed=$file
  printf '// %s\n' "$(now)" >>"$file"
  start=$(now)
  CCACHE_DISABLE=1 quietly rebuild cmake --build build/dev -j "$(nproc)"
  figure "rebuild after a change in $file" "$(since "$start")" s '<=' 20
  put_back
done
built dev
