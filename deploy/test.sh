#!/usr/bin/env bash
# Installs, checks, builds and tests everything, and ends with "123 passed, 0 failed".
#
#   deploy/test.sh                what is run before anything lands
#   deploy/test.sh --fast         without the Node and Python clients and the edge
#   deploy/test.sh --sanitizers   also under the address, undefined-behaviour and thread sanitizers
#
# PASSEND_JOBS: how many things to do at once; default: as many as there are processors.
# PASSEND_DATA: a folder with ESCO and O*NET for the tests that use them; the others say so and skip.
# PASSEND_OB3_SCHEMA: 1EdTech's JSON schema of Open Badges 3.0, likewise.
set -euo pipefail
cd "$(dirname "$0")/.."

with_clients=true with_sanitizers=false
for argument in "$@"; do
  case $argument in
    --fast) with_clients=false ;;
    --sanitizers) with_sanitizers=true ;;
    -h | --help) sed -n '2,/^set -/{/^#/!d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) echo "Unknown: $argument. See deploy/test.sh --help" >&2; exit 2 ;;
  esac
done

steps_total=6
$with_clients && steps_total=$((steps_total + 5))
$with_sanitizers && steps_total=$((steps_total + 5))
logs=build/logs/test
. deploy/shell/steps.sh
. deploy/shell/tally.sh
export PYTHONDONTWRITEBYTECODE=1

running_command=
trap 'if [ -n "$running_command" ]; then kill "$running_command" 2>/dev/null || true; fi' EXIT

step 'Debian packages'
deploy/packages.sh

step 'House rules, format, protos, demo data'
count_rules tests/house/check.py
count_unittest house-tests /usr/bin/python3 tests/house/check_test.py
count_unittest history-check /usr/bin/python3 tests/stress/history_check_test.py
count_one format tests/house/format.sh cpp
count_one shellcheck tests/house/format.sh scripts
count_one buf-install tests/house/buf.sh --version
count_one buf-lint tests/house/buf.sh lint proto
count_one buf-format tests/house/buf.sh format --diff --exit-code proto
count_one demo-data /usr/bin/python3 deploy/demo/check.py
count_one demo-people /usr/bin/python3 deploy/demo/grow_population.py --check

step 'Build (preset dev)'
count_build dev
step 'Tests (preset dev)'
count_ctest dev

if $with_clients; then
  step 'Node client'
  count_node node-client timeout 1800 tests/clients/node/run.sh build/dev/bin/passendd
  step 'Python client'
  count_unittest python-client timeout 1800 tests/clients/python/run.sh build/dev/bin/passendd
  step 'The edge'
  count_unittest edge deploy/edge/test.sh build/dev/bin/passendd
  step 'The runbook'
  count_unittest runbook deploy/runbook/test.sh build/dev/bin
  # Those of the store are in ctest; what takes longer: deploy/measure.sh stress.
  step 'A server under stress'
  count_families stress server_kills history idle_streams cancels slow_readers open_files \
    rotation soak full_disk clock_jumps hostile_callers hostile_callers_edge
  count_families stress-canaries server_kills history open_files full_disk rotation hostile_callers \
    hostile_callers_edge --canary
fi

if $with_sanitizers; then
  step 'Build (preset asan-ubsan)'
  count_build asan-ubsan
  step 'Tests (preset asan-ubsan)'
  count_ctest asan-ubsan
  step 'A server under stress (preset asan-ubsan)'
  # Memory and time are told and do not count; a server that leaked says so where it stops.
  count_families stress-asan-ubsan server_kills history open_files rotation cancels slow_readers \
    idle_streams --build asan-ubsan
  step 'Build (preset tsan: all but what speaks gRPC)'
  count_build tsan passend_tests
  step 'Tests (preset tsan)'
  count_ctest tsan
fi

step 'The demo starts and stops'
count_one demo env PASSEND_PRESET=dev deploy/demo.sh --lang en

step 'Sum'
finish
