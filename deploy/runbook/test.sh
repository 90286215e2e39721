#!/usr/bin/env bash
# Follows deploy/RUNBOOK.md word for word: takes its commands, and runs them against a server.
#
#   deploy/runbook/test.sh build/dev/bin
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
PASSEND_BIN=$(realpath "${1:?say in which folder passendd and passend are}")
export PASSEND_BIN
shift
cd "$root/tests/runbook"
(($#)) || set -- runbook_test
exec env PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -m unittest "$@"
