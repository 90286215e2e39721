#!/usr/bin/env bash
# Installs what Passend builds and tests with, and what else is named: Debian 12 packages, as root or
# with sudo.
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache mold pkg-config git ca-certificates
  libgrpc++-dev protobuf-compiler protobuf-compiler-grpc libprotobuf-dev
  librocksdb-dev libabsl-dev libgtest-dev libgmock-dev libbenchmark-dev
  nlohmann-json3-dev libspdlog-dev libcli11-dev libicu-dev libsodium-dev libhwy-dev
  libjemalloc-dev libjose-dev prometheus-cpp-dev libssl-dev openssl haproxy
  zlib1g-dev clang-format shellcheck python3 python3-grpcio python3-protobuf procps
)
# node and npm come from Debian only where no other node is installed.
command -v node >/dev/null && command -v npm >/dev/null || packages+=(nodejs npm)
packages+=("$@")

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
    missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Please run as root, or install sudo." >&2; exit 1; }
  as_root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
# Somebody else may be installing at the same time: wait for them.
waiting=(-o DPkg::Lock::Timeout=600)
"${as_root[@]}" apt-get "${waiting[@]}" update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get "${waiting[@]}" install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
