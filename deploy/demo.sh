#!/usr/bin/env bash
# From nothing to a ranked list with reasons: installs, builds, starts a server on a fresh database,
# loads the demo world and asks who fits a carved task.
#
#   deploy/demo.sh             in English, or in Dutch where the locale is Dutch
#   deploy/demo.sh --lang nl   in Dutch
#   deploy/demo.sh --keep      leaves the server running, and says where and how to stop it
#
# PASSEND_PRESET: which build to show; default: release.
set -euo pipefail
cd "$(dirname "$0")/.."

language=en keep=false
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in nl*) language='nl' ;; esac
while [ $# -gt 0 ]; do
  case $1 in
    --keep) keep=true ;;
    --lang=*) language=${1#--lang=} ;;
    --lang) shift; language=${1:-} ;;
    -h | --help) sed -n '2,/^set -/{/^#/!d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) echo "Unknown: $1. See deploy/demo.sh --help" >&2; exit 2 ;;
  esac
  shift
done
case $language in nl | en) ;; *) echo "--lang: nl or en" >&2; exit 2 ;; esac

# Where no locale is set at all, terminals are UTF-8 all the same.
if [ -z "${LC_ALL:-}${LC_CTYPE:-}${LANG:-}" ]; then export LC_CTYPE=C.UTF-8; fi

steps_total=9
logs=build/logs/demo.$$
. deploy/shell/steps.sh
. deploy/shell/server.sh
if [ "$language" = nl ]; then . deploy/shell/demo_words_nl.sh; else . deploy/shell/demo_words_en.sh; fi

preset=${PASSEND_PRESET:-release}
binaries=build/$preset/bin
# The demo world was written for this day: certainty falls with the years, and scores with it.
as_of=2026-11-21

running_command='' server_id='' world='' kept=false
clean_up() {
  if [ -n "$running_command" ]; then kill "$running_command" 2>/dev/null || true; fi
  if ! $kept; then
    stop_server
    remove_world
  fi
  rm -rf "$logs"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ask ARGUMENT...: shows the command and its answer.
ask() {
  printf '\n$ passend %s\n' "$*"
  "$binaries/passend" --lang "$language" "$@"
  printf '\n'
}

step "$word_packages"
deploy/packages.sh
step "$word_build"
build "$preset" passendd passend
step "$word_start"
new_world
# Equal fits take turns in lists; left out here, so that the list can be compared with itself below.
server_options=(--no-record-exposure)
start_server "$binaries/passendd" "${server_options[@]}"
note "$PASSEND_SERVER"
step "$word_load"
quietly load "$binaries/passend" --lang "$language" load deploy/demo
note "$(tail -n 1 "$logs/load.log")"

step "$word_rank"
printf '\n%s\n' "$word_task"
ask rank soup-buddy --top 8 --as-of "$as_of"
step "$word_explain"
ask explain able-with-a-mentor soup-buddy --as-of "$as_of"
step "$word_excluded"
ask explain never-noise bicycle-refurbishing --as-of "$as_of"
step "$word_tasks"
ask tasks-for step-back-and-come-again --top 4 --as-of "$as_of"

step "$word_restart"
ranked() { "$binaries/passend" --json rank soup-buddy --top 50 --as-of "$as_of"; }
ranked >"$world/before.json"
stop_server KILL
start_server "$binaries/passendd" "${server_options[@]}"
ranked >"$world/after.json"
cmp "$world/before.json" "$world/after.json"
note "$word_same"

printf '\n%s\n' "$word_done"
if $keep; then
  kept=true
  disown "$server_id"
  say_kept "$PASSEND_SERVER" "$XDG_STATE_HOME" "$binaries/passend" "$server_id" "$world"
else
  printf '%s\n' "$word_next"
fi
