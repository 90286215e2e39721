#!/usr/bin/env bash
# Five times the calls that the server can answer: how much it answers still, how soon it turns away
# the rest, whether anything that gives way last is lost, what a portal that floods does to others,
# and how long it takes afterwards until all is as before. All against peak in the same run. Client
# and server have a processor each: who asks for too much does not compute on the server's machine.
#
# What is planted has everybody come over one connection, so that nobody is told from who floods, and has
# coaches give up at once: both have to be seen. --canary: nothing else.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/measure/server.sh
running_command=
built release index_build_benchmark passendd overload_benchmark

if $PASSEND_LONG; then seconds=60 peak=20; else seconds=20 peak=12; fi
if $PASSEND_LONG; then people=1000000; else people=300000; fi
build/release/bin/index_build_benchmark --people "$people" --tasks 200 --store "$folder/all/data" \
  >"$logs/overload_fill.log" 2>&1 || { show_log overload_fill >&2; exit 1; }
# By port, so that each connection is a caller of its own.
listen=127.0.0.1:0
processors=0
start_server --threads 2
# overload LOG OPTION...
overload() {
  local log=$1
  shift
  taskset --cpu-list 1 build/release/bin/overload_benchmark --server "$(cat "$folder/ready")" "$@" \
    >"$logs/$log.log" 2>&1 || { show_log "$log" >&2; exit 1; }
}
# value_in LOG NAME
value_in() { awk -F '\t' -v name="$2" '$1 == name { print $2 }' "$logs/$1.log"; }
value() { value_in overload "$1"; }

overload overload_planted --planted 1 --seconds 5 --peak-seconds 5
figure 'planted: a modest portal that is not told apart, answered' \
  "$(value_in overload_planted 'modest portal: answered in percent')" % '<=' 50
figure 'planted: priority calls given up, not served' \
  "$(value_in overload_planted 'priority calls not served')" '' '>=' 1
if [ "${1:-}" = --canary ]; then
  stop_server
  exit
fi
overload overload --seconds "$seconds" --peak-seconds "$peak"
stop_server

figure "lists of $people people at peak" "$(value 'peak lists a second')" '/s' '>=' 1
figure 'lists asked for, times peak' "$(value 'lists asked for, times peak')" '' '>=' 5
figure 'goodput under overload, of peak' "$(value 'goodput in percent of peak')" % '>=' 90
figure 'turned away' "$(value 'turned away')" '' '>=' 100
figure 'turned away: p50' "$(value 'turned away: p50')" ms '<=' 10
figure 'turned away: p99' "$(value 'turned away: p99')" ms '<=' 2000
figure 'neither answered nor turned away' "$(value 'neither answered nor turned away')" '' '=' 0
figure 'priority calls meanwhile' "$(value 'priority calls')" '' '>=' "$((seconds * 45))"
figure 'priority calls not served' "$(value 'priority calls not served')" '' '=' 0
figure 'priority calls: p99' "$(value 'priority calls: p99')" ms '<=' 1000
figure 'flood: answered' "$(value 'flood: answered in percent')" % '>=' 0.5
figure 'portals beside the flood: answered' "$(value 'portals beside it: answered in percent')" % '>=' 75
figure 'a modest portal: answered' "$(value 'modest portal: answered in percent')" % '>=' 99.5
figure 'back to normal' "$(value 'back to normal')" s '<=' 10
