#!/usr/bin/env bash
# Thousands of idle streams against one server: what each takes, whether others are answered beside
# them, and what is left once they are gone. Then calls of all kinds that are broken off at any
# moment, and connections without end. Each family has to find what is planted in it.
set -euo pipefail
cd "$(dirname "$0")/../../.."
. deploy/shell/figures.sh
logs=build/logs/measure
. deploy/shell/steps.sh
. deploy/shell/live_family.sh
running_command=
built release passendd
server=build/release/bin/passendd

if $PASSEND_LONG; then
  streams=10000 pushes=1000 calls=100000 rounds=10 quiet=40000 openings=10 readers=300
else
  streams=2000 pushes=1000 calls=2000 rounds=4 quiet=2000 openings=2 readers=100
fi
live_family idle_streams --streams "$streams" --pushes "$pushes"
figure 'idle feeds over 40 connections' "$(number_said idle_streams feeds)" '' '>=' "$streams"
figure 'memory of an idle feed' "$(number_said idle_streams 'kilobytes a feed')" KB '<=' 25
figure 'memory of an idle push stream' "$(number_said idle_streams 'kilobytes a push stream')" KB '<=' 25
figure 'a call beside them, median' "$(number_said idle_streams 'a call beside them, median ms')" ms '<=' 20
figure 'until all have heard of a change' \
  "$(number_said idle_streams 'seconds until all have heard of a change')" s '<=' "$((5 + streams / 200))"
figure 'memory left a stream, once they are gone' \
  "$(number_said idle_streams 'kilobytes beyond those before, a stream')" KB '<=' 8

live_family cancels --calls "$calls" --rounds "$rounds" --quiet "$quiet"
figure 'calls, most of them broken off' "$(number_said cancels calls)" '' '>=' "$calls"
figure 'of which cancelled, or out of time' "$(number_said cancels 'broken off')" '' '>=' "$((calls / 2))"
figure 'writes looked for afterwards' "$(number_said cancels 'writes checked')" '' '>=' "$((calls / 10))"
figure 'memory more in the second half of them' \
  "$(divided "$(number_said cancels 'kilobytes more in the second half')" 1000)" MB '<=' "$((48 + $(number_said cancels 'writes checked') / 2000))"
figure 'memory more by calls that write nothing' \
  "$(number_said cancels 'kilobytes more by calls that write nothing')" kB '<=' 4000
figure 'memory more by calls that read, broken off' \
  "$(number_said cancels 'kilobytes more by calls that read, broken off')" kB '<=' 2500

live_family open_files --rounds "$openings"
figure 'seconds until newcomers are let in' \
  "$(number_said open_files "round $((openings - 1)): seconds until newcomers are let in")" s '<=' 10

live_family slow_readers --readers "$readers"
figure 'memory of a reader that reads nothing' "$(number_said slow_readers 'kilobytes a slow reader')" KB '<=' 600
figure "a call beside $readers of them, median" \
  "$(number_said slow_readers 'a call beside them, median ms')" ms '<=' 20
