#!/usr/bin/env bash
# One operator of the scoring core changed at a time: how many of these changes its tests notice.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
if $PASSEND_LONG; then count=200; else count=8; fi
mkdir -p "$logs"
tests/stress/mutants.py --count "$count" >"$logs/mutants.log" 2>/dev/null || { cat "$logs/mutants.log" >&2; exit 1; }
read -r killed tried < <(sed -nE 's/^killed: ([0-9]+) of ([0-9]+)$/\1 \2/p' "$logs/mutants.log")
figure 'mutants of the scoring core, tried' "$tried" '' '>=' "$count"
figure 'mutants killed' "$((100 * killed / tried))" '%' '>=' 85
grep '^survived' -A 2 "$logs/mutants.log" >&2 || true
