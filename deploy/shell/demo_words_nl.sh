# Sourced by demo.sh: what it says, in Dutch.
word_packages='Pakketten van Debian'
word_build='passendd en passend bouwen (de eerste keer duurt dat enkele minuten)'
word_start='passendd starten op een verse RocksDB-database'
word_load='De demowereld laden: een vocabulaire, uitgesneden taken, mensen'
word_rank='Wie past bij de taak soup-buddy?'
word_task='Soepmaatje, uitgesneden in Den Haag: in de ochtend samen soep koken, en die rondbrengen bij mensen
die veel alleen zijn. Contact maken moet je kunnen; de rest leer je er.'
word_explain='Waarom past deze persoon? Tot op de laatste term'
word_excluded='Wie valt af, en wat zou de taak openen'
word_tasks='Andersom: wat past bij deze persoon'
word_restart='De server hard stoppen (kill -9), weer starten, opnieuw vragen'
word_same='Dezelfde lijst: dezelfde mensen, volgorde, scores.'
word_done='Dat was Passend.'
word_next='Rondkijken terwijl de server blijft draaien: deploy/demo.sh --keep --lang nl
Wat er in de demowereld is, en welke situatie welke regel laat zien: deploy/demo/README.md'

# say_kept ADDRESS STATE PROGRAM PROCESS FOLDER
say_kept() {
  cat <<END
De server draait door op $1. Vraag het zelf:

  export PASSEND_SERVER=$1 XDG_STATE_HOME=$2
  $3 task list
  $3 rank hospital-linen-room --explain --top 3
  $3 tasks-for nothing-known-yet
  $3 passport show stale-diploma

Om hem te stoppen: kill $4 && rm -r $5
END
}
