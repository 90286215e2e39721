#!/usr/bin/env bash
# Rankings that were shown, each replayed after a restart, after every file of the database was
# compacted, and after a backup was restored, while people, validations, tasks and a taxonomy changed:
# how many come out identical, and whether the log is whole each time.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev audit_tests

if $PASSEND_LONG; then rankings=5000; else rankings=1000; fi
failed=0
PASSEND_RANKINGS=$rankings build/dev/bin/audit_tests \
  --gtest_filter='RestoredReplayTest.*' >"$logs/replay.log" 2>&1 || failed=1
value() { awk -F ': ' -v name="$1" '$1 == name { print $2 }' "$logs/replay.log"; }

figure 'rankings recorded' "$(value 'rankings recorded')" '' '>=' "$rankings"
figure 'of which lists of employers' "$(value 'of employers')" '' '>=' "$((rankings / 10))"
for after in 'a restart' compaction 'a restore'; do
  figure "identical after $after" "$(value "identical after $after")" '' '=' \
    "$(value 'rankings recorded')"
  figure "the log is whole after $after" "$(value "the log is whole after $after")" '' '=' yes
done
figure 'replays: failed runs' "$failed" '' '=' 0
