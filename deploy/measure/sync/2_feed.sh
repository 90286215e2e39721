#!/usr/bin/env bash
# Readers of the feed that are cut at random while others write: whether each has, of every commit
# that it is told of, what its partner may see, in order, and nothing after an erasure; and the
# seven bugs that such feeds are known for, each as a scene.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev feed_tests

if $PASSEND_LONG; then seeds=20 cuts=1000; else seeds=20 cuts=100; fi
failed=0
PASSEND_FEED_SEEDS=$seeds PASSEND_FEED_CUTS=$cuts build/dev/bin/feed_tests \
  --gtest_filter='FeedPropertyTest.*' >"$logs/feed.log" 2>&1 || failed=1
value() { awk -F ': ' -v name="$1" '$1 == name { print $2 }' "$logs/feed.log"; }

figure 'feed: seeds without a fault' "$(value 'feed seeds')" '' '>=' "$seeds"
figure 'feed: disconnects' "$(value 'feed disconnects')" '' '>=' "$((seeds * cuts))"
figure 'feed: commits compared' "$(value 'feed commits compared')" '' '>=' "$((seeds * cuts))"
figure 'feed: readers sent to a snapshot by compaction' "$(value 'feed snapshots after compaction')" \
  '' '>=' "$seeds"
figure 'feed: failed runs' "$failed" '' '=' 0
for bug in LostEvents DuplicatedEvents ReorderedEvents BackInTime AfterCompaction SlowWatcher \
  FutureCursor; do
  outcome=failed
  build/dev/bin/feed_tests --gtest_filter="WatchBugsTest.$bug" >"$logs/feed_$bug.log" 2>&1 &&
    grep -q '1 test from 1 test suite ran' "$logs/feed_$bug.log" && outcome=passed
  figure "feed: $bug" "$outcome" '' '=' passed
done
