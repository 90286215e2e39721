#!/usr/bin/env bash
# Runs buf, at the version that package-lock.json pins; installs it into this folder when needed.
#
#   tests/house/buf.sh lint proto
#   tests/house/buf.sh format -w proto
#   tests/house/buf.sh breaking proto --against '.git#tag=v1.0.0,subdir=proto'
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  (
    flock 9
    cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  ) 9<"$here/package.json"
fi
# The platform packages hold the program itself: no install script has to run.
exec "$here"/node_modules/@bufbuild/buf-linux-*/bin/buf "$@"
