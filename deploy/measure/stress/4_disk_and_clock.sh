#!/usr/bin/env bash
# A server whose disk becomes full, is killed meanwhile and has room again; and one whose clock is
# set back and ahead. Nothing acknowledged is lost, callers are told what holds, and all goes on.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release passendd moved_clock
server=build/release/bin/passendd

# family NAME COUNTED AT_LEAST [OPTION]...: figures of one family.
family() {
  local name=$1 counted=$2 at_least=$3 code=0 canary=missed
  shift 3
  tests/stress/live.sh "$name" "$server" "$@" >"$logs/$name.log" 2>&1 || code=$?
  if [ "$code" -eq 77 ]; then
    skipped "$name" "$(tail -n 1 "$logs/$name.log")"
    return
  fi
  if [ "$code" -ne 0 ]; then show_log "$name" >&2; fi
  figure "$name: $counted" \
    "$(awk -F ': ' -v words="$counted: " 'index($0, words) == 1 { n = $NF } END { print n == "" ? "missing" : n }' "$logs/$name.log")" \
    '' '>=' "$at_least"
  figure "$name: exit code" "$code" '' '=' 0
  if tests/stress/live.sh "$name" "$server" --canary >"$logs/$name-canary.log" 2>&1; then canary=found; fi
  figure "$name: what was planted" "$canary" '' '=' found
}

if $PASSEND_LONG; then rounds=40 rest=200; else rounds=2 rest=0; fi
family full_disk rounds "$rounds" --rounds "$rounds"
family clock_jumps jumps 7 --rest "$rest"
