#!/usr/bin/env bash
# What it costs that everybody's records are encrypted, that looks, decisions and earlier versions are
# kept, and that each caller has a token: the same calls to a server with all of that and to one without, in turns, in one run.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release trust_benchmark

if $PASSEND_LONG; then seconds=180; else seconds=40; fi
build/release/bin/trust_benchmark --seconds "$seconds" >"$logs/costs.log" \
  || { show_log costs >&2; exit 1; }
value() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$logs/costs.log"; }

for what in 'find, 1 in flight' 'find, 32 in flight' validation; do
  for side in off on; do figure "$what, $side: p50" "$(value "$what, $side")" us '>=' 0; done
done
# The bar is 1.3 times, plus one synced commit for the lines: the lines of such answers, written and
# synced by the engine alone. One record of 4,000 bytes in the store is told for comparison.
for what in "an answer's lines" 'one record'; do
  figure "one synced commit of $what" "$(value "one synced commit of $what")" us '>=' 0
done
figure 'find: on without one commit of one record, against off' \
  "$(value 'find: on without one commit of one record, against off')" '' '>=' 0
figure "find: on without one commit of an answer's lines, against off" \
  "$(value "find: on without one commit of an answer's lines, against off")" '' '<=' 1.3
figure 'validation: on against off' "$(value 'validation: on against off')" '' '<=' 1.5
figure 'rate, 32 in flight: on in percent of off' \
  "$(value 'rate: on in percent of off')" '%' '>=' 60
