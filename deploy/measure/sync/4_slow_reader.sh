#!/usr/bin/env bash
# A hundred quick readers of the feed, and one that stops reading: how long the quick ones wait for
# a change after it was acknowledged, and how much memory the server takes beyond what it had once
# all were there. What the store keeps of what was read and written last is made little: it would
# hide that otherwise. At the end the slow one reads on, and has to come to the same.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/measure/server.sh
running_command=
built release passendd feed_load

if $PASSEND_LONG; then seconds=60; else seconds=15; fi
start_server --audit-log on --store-megabytes 32
build/release/bin/feed_load --server "unix:$folder/socket" --server-id "$server" \
  --seconds "$seconds" >"$logs/slow_reader.log" 2>&1 || { show_log slow_reader >&2; exit 1; }
stop_server
value() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$logs/slow_reader.log"; }

figure 'quick readers' "$(value readers)" '' '>=' 100
figure 'changes written meanwhile' "$(value written)" '' '>=' "$((seconds * 10))"
figure 'changes told to the quick readers' "$(value told)" '' '>=' "$((seconds * 1000))"
figure 'changes told that nobody wrote' "$(value unwritten)" '' '=' 0
figure 'lag of the quick readers: p50' "$(value 'lag p50')" ms '>=' 0
figure 'lag of the quick readers: p99' "$(value 'lag p99')" ms '<=' 1000
figure 'lag of the quick readers: most' "$(value 'lag most')" ms '<=' 1000
figure 'memory that the server took meanwhile' "$(value 'memory')" MB '<=' 64
figure 'the slow reader came to the same' "$(value 'slow equals')" '' '=' yes
