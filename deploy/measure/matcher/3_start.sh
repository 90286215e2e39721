#!/usr/bin/env bash
# How long a start takes: the index out of a store's files, beside a bare scan of the same records by
# as many threads; and the server from its start to SERVING.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release index_build_benchmark passendd

if $PASSEND_LONG; then people=1000000 seconds=10; else people=100000 seconds=2; fi
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT
# The first run fills the store; what it measures is disturbed by the database tidying up after that.
for run in fill start; do
  build/release/bin/index_build_benchmark --people "$people" --tasks 20000 --store "$store" \
    >"$logs/$run.log" 2>"$logs/$run.errors" || { cat "$logs/$run.errors" >&2; exit 1; }
done
value() { awk -F '\t' -v name="$1" '$2 == name { print $3 + 0 }' OFMT='%.7g' "$logs/start.log"; }
built=$(value 'index built') bare=$(value 'bare scan')
figure "index of $people people from the store" "$built" s '<=' "$seconds"
figure "bare scan of the same records" "$bare" s '>=' 0
figure "index, times the bare scan" "$(awk "BEGIN { print $built / $bare }")" '' '>=' 0
figure 'people in the index' "$(value 'people in the index')" '' '=' "$people"
figure 'memory a person, tasks, names and all' "$(value 'bytes per person')" bytes '>=' 0
figure 'most memory of the process meanwhile' "$(value 'peak memory of the process')" MiB '>=' 0

# From the start of the process to the file that says that calls are answered.
folder=$(mktemp -d)
begin=$(date +%s%N)
build/release/bin/passendd --data "$store" --listen "unix:$folder/socket" --ready-file "$folder/ready" \
  >"$logs/passendd.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" || true; rm -rf "$store" "$folder"' EXIT
while [ ! -e "$folder/ready" ] && kill -0 "$server" 2>/dev/null; do sleep 0.01; done
[ -e "$folder/ready" ] || { show_log passendd >&2; exit 1; }
figure "the server, from its start to SERVING" "$(awk "BEGIN { print ($(date +%s%N) - $begin) / 1e9 }")" \
  s '<=' "$((seconds + seconds / 5))"
