#!/usr/bin/env bash
# Tries the alerts on made-up figures: deploy/watch/test.sh
# Needs promtool, of Debian's package prometheus. Installed, that starts a Prometheus; so where there
# is no promtool, the package is only fetched and unpacked, in build/promtool. Where that fails too,
# says so and ends with 77, which the build's tests take as skipped.
set -euo pipefail
cd "$(dirname "$0")"

fetched=../../build/promtool
fetch() {
  mkdir -p "$fetched"
  (cd "$fetched" && apt-get download -qq -o APT::Sandbox::User=root prometheus && dpkg-deb -x prometheus_*.deb . && rm prometheus_*.deb) >&2
}

promtool=$(command -v promtool || true)
if [ -z "$promtool" ]; then
  promtool=$fetched/usr/bin/promtool
  [ -x "$promtool" ] || fetch || {
    echo "Skipped: there is no promtool to try the alerts with (apt-get install prometheus)." >&2
    exit 77
  }
fi
"$promtool" check rules alerts.yml
"$promtool" test rules alerts_test.yml
