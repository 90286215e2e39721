#!/usr/bin/env bash
# What a FindCandidates for one region costs through gRPC, beside the core's ranking and a call with
# messages of the same size in the same run; and what two threads get done against one.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release wire_benchmark two_cores_benchmark

if $PASSEND_LONG; then seconds=180; else seconds=35; fi
build/release/bin/wire_benchmark --seconds "$seconds" >"$logs/wire.log" \
  || { show_log wire >&2; exit 1; }
build/release/bin/two_cores_benchmark --seconds $((seconds / 3)) >"$logs/two_cores.log" \
  || { show_log two_cores >&2; exit 1; }
value() { awk -F '\t' -v name="$2" '$1 == name { print $2 }' "$logs/$1.log"; }

for calls in 1 32; do
  for part in real core echo core+echo; do
    figure "$part, $calls in flight: p50" "$(value wire "$part, $calls in flight: p50")" us '>=' 0
    figure "$part, $calls in flight: p99" "$(value wire "$part, $calls in flight: p99")" us '>=' 0
  done
  for measure in wall processor; do
    # Measured apart and added up, and asked together in one call: see the benchmark's first lines.
    for sum in 'core and echo' 'core+echo'; do
      figure "times $sum, $calls in flight: $measure" \
        "$(value wire "times $sum, $calls in flight: $measure")" '' '<=' 1.3
    done
  done
done
figure 'calls a second, 32 in flight' "$(value wire 'calls a second, 32 in flight')" '' '>=' 0
# By the clock, others on the machine take part of the second processor: the best round is the one
# that they disturbed least.
figure 'two threads against one, by processor time' \
  "$(value two_cores 'two threads against one, by processor time')" '' '>=' 1.8
figure 'two threads against one, best round' \
  "$(value two_cores 'two threads against one, best round')" '' '>=' 1.8
figure 'two threads against one, median round' \
  "$(value two_cores 'two threads against one, median round')" '' '>=' 0
