#!/usr/bin/env bash
# What disks do to a store: power cuts, logs that end anywhere, harm to each file, calls that fail.
# Every one is detected or harmless; each family has something planted that it has to find.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev disk_stress_test

# family NAME WORDS SHORT LONG: figures of one family; the short size in tries, the long one at least.
family() {
  local size=(--tries "$3") at_least=$3 code=0 canary=missed
  if $PASSEND_LONG; then size=(--long) at_least=$4; fi
  build/dev/bin/disk_stress_test "$1" "${size[@]}" >"$logs/disk_$1.log" 2>&1 || code=$?
  # said WORDS: the number before them in the last line, -1 where they were not said.
  said() {
    local number
    number=$(tail -n 1 "$logs/disk_$1.log" | sed -nE "s/.*[ :]([0-9]+) $2.*/\1/p")
    printf '%s' "${number:--1}"
  }
  figure "$2: tried" "$(said "$1" tried)" '' '>=' "$at_least"
  total=$((total + $(said "$1" tried)))
  figure "$2: detected or harmless" "$(($(said "$1" detected) + $(said "$1" harmless)))" '' '>=' "$at_least"
  figure "$2: silent" "$(said "$1" silent)" '' '=' 0
  figure "$2: refused" "$(said "$1" refused)" '' '=' 0
  figure "$2: exit code" "$code" '' '=' 0
  if build/dev/bin/disk_stress_test "$1" --canary >"$logs/disk_$1_canary.log" 2>&1; then canary=found; fi
  figure "$2: what was planted" "$canary" '' '=' found
}

total=0
family power 'power cuts' 150 20000
figure 'power cuts: while records were encrypted for the first time' \
  "$(number_said disk_power '  of them, while records were encrypted for the first time')" '' '>=' 5
family cuts 'ends of logs' 300 15000
family harm 'harm to files' 400 20000
family calls 'failing calls' 18 2000
# An assertion of the engine's; what was acknowledged before is there, or the call is not harmless.
figure 'failing calls: processes that ended' "$(number_said disk_calls '  of them, the process was ended')" '' '<=' \
  "$(($(said calls tried) / 20 + 1))"
figure 'harm of all sorts: tried' "$total" '' '>=' 500
