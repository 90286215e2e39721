#!/usr/bin/env bash
# Many who read, change and write back a few records at once, with etags: whether each record was a
# register with compare-and-set. The check has to find eight sorts of harm.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built release passendd
server=build/release/bin/passendd

if $PASSEND_LONG; then operations=100000 seeds='1 2 3 4 5'; else operations=5000 seeds='1 2'; fi
value() { awk -F ': ' -v words="$1: " 'index($0, words) == 1 { n += $NF } END { print n + 0 }' "$logs"/history_[0-9]*.log; }
rm -f "$logs"/history_[0-9]*.log
wrong=0
for seed in $seeds; do
  tests/stress/live.sh history "$server" --operations "$operations" --seed "$seed" \
    >"$logs/history_$seed.log" 2>&1 || { wrong=$((wrong + 1)); show_log "history_$seed" >&2; }
done
figure 'operations that were done' "$(value 'operations done')" '' '>=' "$((operations / 2))"
figure 'writes that came too late, and were refused' "$(value 'operations refused')" '' '>=' 100
figure 'writes whose answer was lost' "$(value 'operations lost')" '' '>=' 10
figure 'histories that no register has' "$wrong" '' '=' 0
code=missed
if tests/stress/live.sh history "$server" --canary >"$logs/history_canary.log" 2>&1; then code=found; fi
figure 'harm to histories, and etags that are not looked at' "$code" '' '=' found
