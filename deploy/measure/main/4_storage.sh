#!/usr/bin/env bash
# Random operations on every store against the model, and kill -9 while committing.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
running_command=
built dev storage_test store_crash_test

if $PASSEND_LONG; then operations=1000000 kills=1000; else operations=100000 kills=100; fi
export PASSEND_OPERATIONS=${PASSEND_OPERATIONS:-$operations} PASSEND_KILLS=${PASSEND_KILLS:-$kills}

code=0
build/dev/bin/storage_test --gtest_filter='*RandomOperationsAgree*' >"$logs/random.log" 2>&1 || code=$?
if [ "$code" -ne 0 ]; then show_log random >&2; fi
stores=$(grep -c '^\[       OK \]' "$logs/random.log" || true)
figure "stores that agree after $PASSEND_OPERATIONS random operations each" "$stores" '' '>=' 2
figure 'random operations: differences' "$(grep -c ': Failure$' "$logs/random.log" || true)" '' '=' 0
figure 'random operations: exit code' "$code" '' '=' 0

code=0
build/dev/bin/store_crash_test >"$logs/kills.log" 2>&1 || code=$?
if [ "$code" -ne 0 ]; then show_log kills >&2; fi
figure 'kill -9 while committing' \
  "$(sed -nE 's/^(passed|FAILED): ([0-9]+) kills.*/\2/p' "$logs/kills.log" | tail -n 1)" kills \
  '>=' "$PASSEND_KILLS"
figure 'kill -9: commits acknowledged, and looked for' \
  "$(sed -nE 's/.*, ([0-9]+) commits acknowledged.*/\1/p' "$logs/kills.log" | tail -n 1)" '' \
  '>=' "$PASSEND_KILLS"
figure 'kill -9: kills after which something was lost or torn' "$code" '' '=' 0
