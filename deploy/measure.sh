#!/usr/bin/env bash
# Measures and says whether it is enough: a figure a line, with its limit, and `ok` or `short`.
#
#   deploy/measure.sh main          minutes: what everybody can wait for
#   deploy/measure.sh main --long   hours: fresh clones, a million operations, a thousand kills
#   deploy/measure.sh main --json   one JSON object a line
#   deploy/measure.sh main --only kill_nine
#
# Topics: main, matcher, stress, sync, trust. Exit code: 0 all ok, 1 something is short, 2 nothing was measured.
# PASSEND_DATA: a folder with ESCO and O*NET; default: ../shared/data beside the project.
# PASSEND_OPERATIONS, PASSEND_KILLS, PASSEND_PAIRS: how many, instead of the defaults.
set -euo pipefail
cd "$(dirname "$0")/.."

topic='' only='' json=false
export PASSEND_LONG=false
while [ $# -gt 0 ]; do
  case $1 in
    --long) PASSEND_LONG=true ;;
    --json) json=true ;;
    --only) shift; only=${1:-} ;;
    -h | --help) sed -n '2,/^set -/{/^#/!d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    -*) echo "Unknown: $1. See deploy/measure.sh --help" >&2; exit 2 ;;
    *) topic=$1 ;;
  esac
  shift
done
if [ -z "$topic" ]; then echo "Which topic? Topics: main, matcher, stress, sync, trust" >&2; exit 2; fi
if [ ! -d "deploy/measure/$topic" ]; then
  echo "not measured yet: $topic"
  exit 2
fi
if [ -z "${PASSEND_DATA:-}" ] && [ -d ../shared/data/esco ]; then
  PASSEND_DATA=$(cd ../shared/data && pwd)
  export PASSEND_DATA
fi

deploy/packages.sh >&2
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT
$json || printf '%-54s %14s %12s\n' figure value limit
for script in "deploy/measure/$topic"/[0-9]*.sh; do
  if [ -n "$only" ] && [[ $script != *"$only"* ]]; then continue; fi
  # Each script prints tab-separated: name, value, unit, comparison, limit, verdict.
  code=0
  "$script" | tee -a "$figures" | /usr/bin/python3 deploy/measure/show.py "$json" || code=$?
  if [ "$code" -ne 0 ]; then
    printf '%s\t-\t\t\t\tshort\n' "$(basename "$script") ended with code $code" |
      tee -a "$figures" | /usr/bin/python3 deploy/measure/show.py "$json"
  fi
done
if [ ! -s "$figures" ]; then exit 2; fi
if grep -q $'\tshort$' "$figures"; then exit 1; fi
