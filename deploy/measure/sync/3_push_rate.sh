#!/usr/bin/env bash
# How fast partners' records are taken over, in synced commits of 100, against raw RocksDB that writes
# the same keys and values as often synced: with everybody encrypted under a key of their own and every
# look kept, and without that.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release push_benchmark

if $PASSEND_LONG; then people=100000; else people=20000; fi
build/release/bin/push_benchmark --people "$people" --batch 100 >"$logs/push_rate.log" \
  || { show_log push_rate >&2; exit 1; }
value() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$logs/push_rate.log"; }

for which in trusted plain; do
  for what in 'people pushed a second' 'raw RocksDB, people a second' 'bytes written a person'; do
    figure "$which: $what" "$(value "$which: $what")" '' '>=' 0
  done
  figure "$which: push rate against raw RocksDB" \
    "$(value "$which: push rate against raw RocksDB")" '' '>=' 0.5
done
