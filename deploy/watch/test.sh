#!/usr/bin/env bash
# Tries the alerts on made-up figures: deploy/watch/test.sh
# Needs promtool, of Debian's package prometheus. Installed, that starts a Prometheus; so where there
# is no promtool, the package is only fetched and unpacked, in build/promtool. Where that fails too,
# says so and ends with 77, which the build's tests take as skipped.
set -euo pipefail
cd "$(dirname "$0")"

fetched=../../build/promtool
fetch() {
  rm -rf "$fetched" && mkdir -p "$fetched"
  (cd "$fetched" && timeout 60 apt-get download -qq -o APT::Sandbox::User=root -o Acquire::Retries=0 prometheus &&
    dpkg-deb -x prometheus_*.deb unpacked && rm prometheus_*.deb && mv unpacked/usr/bin/promtool .) >&2
}

promtool=$(command -v promtool || true)
if [ -z "$promtool" ]; then
  promtool=$fetched/promtool
  [ -x "$promtool" ] || fetch || {
    echo "Skipped: there is no promtool to try the alerts with (apt-get install prometheus)." >&2
    exit 77
  }
fi
"$promtool" check rules alerts.yml
"$promtool" test rules alerts_test.yml
