#!/usr/bin/env bash
# Runs a family of tests over a running server, with the Python client's modules; see its head.
#
#   tests/stress/live.sh idle_streams build/dev/bin/passendd [--seed 7] [--canary] [OPTION]...
#
# Families: idle_streams, cancels, clock_jumps, full_disk, history, open_files, rotation,
# slow_readers, soak.
# tests/stress/run.py runs these and all others, and says a line for each.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
family=${1:?say which family}
PASSENDD=$(realpath "${2:?say which passendd to start}")
export PASSENDD
shift 2
python=$root/tests/clients/python
"$python/generate.sh" "$root/build/python"
# A server with thousands of connections takes as many files, and so do its clients.
ulimit -n "$(ulimit -H -n)"
exec env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$root/build/python:$python" \
  /usr/bin/python3 "$root/tests/stress/$family.py" "$@"
