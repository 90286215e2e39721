#!/usr/bin/env bash
# Rankings while 2,000 people a second change: how long they take, whether they are right, and whether
# the memory stays.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release matcher_update_benchmark

if $PASSEND_LONG; then seconds=60 people=1000000; else seconds=10 people=100000; fi
build/release/bin/matcher_update_benchmark --people "$people" --seconds "$seconds" \
  >"$logs/updates.log" || { show_log updates >&2; exit 1; }
value() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$logs/updates.log"; }
figure "updates a second, for $seconds s over $people people" "$(value 'updates a second')" '' '>=' 1950
figure 'ranking beside updates: p99 against quiet p99' "$(value 'p99 against quiet p99')" '' '<=' 2
figure 'rankings compared with the plain scorer' "$(value 'rankings compared')" '' '>=' 3
figure 'rankings that differ' "$(value 'rankings that differ')" '' '=' 0
figure 'memory afterwards, against before' "$(value 'memory against before')" '' '<=' 1.3
