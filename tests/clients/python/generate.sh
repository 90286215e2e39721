#!/usr/bin/env bash
# Generates Python messages and stubs of the API into a folder: what a partner would do.
#
#   tests/clients/python/generate.sh build/python
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
target=${1:?say where to}
mkdir -p "$target"
target=$(cd "$target" && pwd)
exec 9<"$target"
flock 9

cd "$root/proto"
generate=(protoc --plugin=protoc-gen-grpc="$(command -v grpc_python_plugin)"
  --python_out="$target" --grpc_out="$target")
"${generate[@]}" -I . google/api/*.proto google/rpc/*.proto passend/v1/*.proto
"${generate[@]}" -I "$root/tests/clients/protos" health.proto
