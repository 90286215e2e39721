#!/usr/bin/env bash
# A process that commits, killed again and again: nothing acknowledged is lost, nothing is torn.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev store_crash_test

if $PASSEND_LONG; then kills=10000; else kills=200; fi
failed=0
build/dev/bin/store_crash_test --kills "$kills" >"$logs/store_kills.log" 2>&1 || failed=1
figure 'kill -9 of a committing process' \
  "$(sed -nE 's/^(passed|FAILED): ([0-9]+) kills.*/\2/p' "$logs/store_kills.log" | tail -n 1)" '' '>=' "$kills"
figure 'commits acknowledged, and looked for' \
  "$(sed -nE 's/.*, ([0-9]+) commits acknowledged.*/\1/p' "$logs/store_kills.log" | tail -n 1)" '' '>=' "$kills"
figure 'kills after which something was lost or torn' "$failed" '' '=' 0
canary=missed
if build/dev/bin/store_crash_test --canary >"$logs/store_canary.log" 2>&1; then canary=found; fi
figure 'a store that acknowledges before it writes' "$canary" '' '=' found
