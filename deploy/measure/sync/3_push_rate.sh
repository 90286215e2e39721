#!/usr/bin/env bash
# How fast partners' records are taken over, in synced commits of 100 with everybody encrypted and
# every look kept, against raw RocksDB that writes the same keys and values as often synced.
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

figure 'people pushed a second' "$(value 'people pushed a second')" '' '>=' 1000
figure 'raw RocksDB, people a second' "$(value 'raw RocksDB, people a second')" '' '>=' 0
figure 'bytes written a person' "$(value 'bytes written a person')" B '>=' 0
figure 'push rate against raw RocksDB' "$(value 'push rate against raw RocksDB')" '' '>=' 0.5
