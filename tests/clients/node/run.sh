#!/usr/bin/env bash
# Runs the Node client's tests against a real server.
#
#   tests/clients/node/run.sh build/dev/bin/passendd [OPTION OF node --test]...
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PASSENDD=$(realpath "${1:?say which passendd to start}")
export PASSENDD
shift

if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  (
    flock 9
    cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  ) 9<"$here/package.json"
fi
exec node --test --test-reporter=tap "$@" "$here"/*.test.mjs
