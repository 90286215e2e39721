# Sourced by demo.sh: what it says, in English.
word_packages='Debian packages'
word_build='Build passendd and passend (the first time takes some minutes)'
word_start='Start passendd on a fresh RocksDB database'
word_load='Load the demo world: a vocabulary, carved tasks, people'
word_rank='Who fits the task soup-buddy?'
word_task='Soup buddy, carved in The Hague: cook soup together in the morning, bring it round to people who
are much alone. It asks that one can make contact; the rest can be learnt.'
word_explain='Why does this person fit? To the last term'
word_excluded='Who is excluded, and what would open the task'
word_tasks='The other way round: what fits this person'
word_restart='Kill the server (kill -9), start it again, ask again'
word_same='The same list: same people, order, scores.'
word_done='That was Passend.'
word_next='To look around with the server left running: deploy/demo.sh --keep
What is in the demo world, and which situation shows which rule: deploy/demo/README.md'

# say_kept ADDRESS STATE PROGRAM PROCESS FOLDER
say_kept() {
  cat <<END
The server goes on at $1. Ask it yourself:

  export PASSEND_SERVER=$1 XDG_STATE_HOME=$2
  $3 task list
  $3 rank hospital-linen-room --explain --top 3
  $3 tasks-for nothing-known-yet
  $3 passport show stale-diploma

To stop it: kill $4 && rm -r $5
END
}
