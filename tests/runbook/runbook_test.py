"""The runbook does what it says: its commands are taken from deploy/RUNBOOK.md as they stand, with only
the folders and the two words for starting and stopping set to this test's own."""
import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNBOOK = ROOT / "deploy/RUNBOOK.md"
SECONDS_MAX = 120

# How this test starts and stops what the runbook starts and stops; the options are the runbook's.
WORDS = r"""
start_passend() {
  rm -f "$WORLD/ready"
  start_line --ready-file "$WORLD/ready" >>"$WORLD/server.log" 2>&1 &
  echo $! >"$WORLD/pid"
  for _ in $(seq 600); do
    [ -e "$WORLD/ready" ] && return 0
    kill -0 "$(cat "$WORLD/pid")" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$WORLD/server.log" >&2
  return 1
}
stop_passend() {
  [ -e "$WORLD/pid" ] || return 0
  kill "$(cat "$WORLD/pid")" 2>/dev/null || true
  while kill -0 "$(cat "$WORLD/pid")" 2>/dev/null; do sleep 0.05; done
  rm -f "$WORLD/pid"
}
"""


def parts_of(text):
    """The commands after each `<!-- try: name -->`, in order."""
    found = {}
    for name, block in re.findall(r"<!-- try: ([a-z-]+) -->\n((?:    .*\n)+)", text):
        found[name] = [line[4:] for line in block.splitlines()]
    return found


def start_command(text):
    """The one command line that starts the server, its continuation joined."""
    block = re.search(r"\n    (passendd (?:.*\\\n)*.*)\n", text).group(1)
    return re.sub(r"\\\n\s*", "", block)


class Runbook(unittest.TestCase):
    def setUp(self):
        self.text = RUNBOOK.read_text()
        self.parts = parts_of(self.text)
        self.world = pathlib.Path(tempfile.mkdtemp(prefix="runbook-"))
        self.addCleanup(shutil.rmtree, self.world, ignore_errors=True)
        self.addCleanup(self.run_lines, ["stop_passend"], check=False)
        self.run_lines(['passendd --make-master-key --data "$WORLD/unused" --key-folder "$WORLD/unused.keys"'
                        ' --master-key-file $MASTER --listen unix:$WORLD/none & '
                        'for _ in $(seq 100); do [ -s $MASTER ] && break; sleep 0.1; done; '
                        'kill $!; wait $! || true; rm -rf "$WORLD/unused" "$WORLD/unused.keys"'])
        self.run_lines(["start_passend", f'passend load "{ROOT}/deploy/demo" >/dev/null'], first_start=True)

    def run_lines(self, lines, check=True, stdin=subprocess.DEVNULL, first_start=False):
        """Runs lines of the runbook in one shell; stops at the first that fails."""
        start = start_command(self.text).replace("/tmp/rehearsal", "$WORLD/rehearsal")
        if first_start:
            start = start.replace(" --require-data", "")
        folders = "\n".join(f'{name}="$WORLD/{folder}"' for name, folder in (
            ("DATA", "data"), ("KEYS", "data.keys"), ("MASTER", "master"), ("BACKUPS", "backups"),
            ("KEY_COPIES", "key-copies")))
        script = "\n".join([
            "set -euo pipefail", folders, 'export PASSEND_SERVER="unix:$WORLD/socket"', WORDS,
            f"start_line() {{ exec {start} \"$@\"; }}",
            *(line.replace("/tmp/rehearsal", "$WORLD/rehearsal") for line in lines)])
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, text=True, timeout=SECONDS_MAX,
            stdin=stdin,
            env=dict(os.environ, WORLD=str(self.world), LC_ALL="C.UTF-8",
                     XDG_STATE_HOME=str(self.world / "state"),
                     PATH=f"{os.environ['PASSEND_BIN']}:{os.environ['PATH']}"))
        if check:
            self.assertEqual(done.returncode, 0, f"{lines}\n{done.stdout}\n{done.stderr}")
        return done

    def follow(self, name):
        return self.run_lines(self.parts[name])

    def people(self):
        told = self.run_lines(["passend --json passport list --limit 1000"]).stdout
        return sorted(one["name"] for line in told.splitlines()
                      for one in json.loads(line).get("passports", []))

    def load_newcomer(self):
        person = json.loads((ROOT / "deploy/demo/people/able-and-willing.json").read_text())
        (self.world / "one/people").mkdir(parents=True)
        (self.world / "one/people/newcomer.json").write_text(json.dumps(person))
        known = self.people()
        self.run_lines(['passend load "$WORLD/one" >/dev/null'])
        newcomers = set(self.people()) - set(known)
        self.assertEqual(len(newcomers), 1)
        return newcomers.pop()

    def newest_key_copy(self):
        return max((self.world / "key-copies").glob("keys-*"))

    def assert_refused(self, done, words):
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn(words, done.stdout + done.stderr)

    def test_every_part_can_be_tried(self):
        self.assertEqual(list(self.parts), ["daily", "rehearse", "restore", "damaged-backup", "full-disk",
                                            "lost-keys", "who-has-no-key", "new-master-key", "erase",
                                            "upgrade"])

    def test_parts_go_on_only_while_all_is_well(self):
        self.follow("daily")
        self.run_lines(["stop_passend", "mv $MASTER $MASTER.elsewhere"])
        for name in ("restore", "rehearse", "upgrade"):
            done = self.run_lines(["set +e", *self.parts[name]], check=False)  # as in an operator's shell
            self.assertNotEqual(done.returncode, 0, name)
            self.assertFalse((self.world / "backups.before").exists(), name)

    def test_daily_and_rehearsal(self):
        self.assertIn("All is well.", self.follow("daily").stdout)
        self.assertIn("is restored into", self.follow("rehearse").stdout)
        self.assertFalse((self.world / "rehearsal").exists())

    def test_restore_brings_back_everybody_but_the_erased(self):
        self.follow("daily")
        before = self.people()
        self.run_lines([f"passend passport erase --yes {before[0]}"])
        for table in (self.world / "data/db").glob("*.log"):
            with open(table, "r+b") as file:  # a disk that forgot
                file.truncate(0)
        told = self.follow("restore").stdout
        self.assertIn("1 people who were erased after it are erased again", told)
        self.assertEqual(self.people(), before[1:])

    def test_no_empty_server_in_the_place_of_the_data(self):
        self.follow("daily")
        before = self.people()
        self.run_lines(["stop_passend", "mv $DATA $DATA.elsewhere"])
        self.assert_refused(self.run_lines(["start_passend"], check=False), "there is no database in")
        self.run_lines(["mv $KEYS $KEYS.elsewhere"])  # on the same disk
        self.assert_refused(self.run_lines(["start_passend"], check=False), "is its disk mounted?")
        self.run_lines(["rm -rf $KEYS", "mv $KEYS.elsewhere $KEYS"])
        self.run_lines(["mkdir -p $DATA/restoring/db"])  # a restore that was stopped
        self.assert_refused(self.run_lines(["start_passend"], check=False), "was not finished")
        lines = self.parts["restore"]
        again = next(i for i, line in enumerate(lines) if line.startswith("passend admin restore"))
        self.run_lines(lines[again:])
        self.assertEqual(self.people(), before)

    def test_a_damaged_backup(self):
        self.follow("daily")
        victim = max((self.world / "backups/shared_checksum").iterdir(), key=lambda f: f.stat().st_size)
        with open(victim, "r+b") as file:
            file.seek(victim.stat().st_size // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        found = self.run_lines(["passend admin verify $BACKUPS"], check=False)
        self.assertEqual(found.returncode, 1)
        self.assertIn(victim.name, found.stdout)
        self.assertIn("All is well.", self.follow("damaged-backup").stdout)

    def test_erasing_asks_first(self):
        self.follow("daily")
        before = self.people()
        for answer, left in (("no\n", before), ("yes\n", before[1:])):
            typed, terminal = pty.openpty()
            os.write(typed, answer.encode())
            done = self.run_lines([f"PASSPORT={before[0]}", *self.parts["erase"]], check=False, stdin=terminal)
            self.assertEqual(done.returncode == 0, answer == "yes\n", done.stderr)
            self.assertEqual(self.people(), left)
            os.close(terminal)
            os.close(typed)

    def test_full_disk_and_upgrade(self):
        self.follow("daily")
        self.follow("full-disk")
        before = self.people()
        self.follow("upgrade")
        self.assertEqual(self.people(), before)

    def test_lost_keys(self):
        self.follow("daily")
        before = self.people()
        self.follow("lost-keys")
        self.assertEqual(self.people(), before)

    def test_lost_keys_and_somebody_came_after_the_copy(self):
        self.follow("daily")
        before = self.people()
        newcomer = self.load_newcomer()
        self.run_lines([f"passend passport erase --yes {before[0]}"])
        self.assert_refused(self.run_lines(self.parts["lost-keys"], check=False),
                            "its key is not in the key store")
        self.assert_refused(self.run_lines(self.parts["who-has-no-key"], check=False),
                            f"passport {newcomer.removeprefix('passports/')}: the person has no key")
        told = self.follow("restore").stdout
        self.assertIn("1 people who were erased after it are erased again", told)
        self.assertEqual(self.people(), before[1:])

    def test_keys_are_lost_after_a_new_master_key(self):
        self.follow("daily")
        before = self.people()
        earlier = self.newest_key_copy()
        self.assertIn("--key-backup-days", self.follow("new-master-key").stdout)
        until = time.monotonic() + SECONDS_MAX
        while self.newest_key_copy() == earlier:
            self.assertLess(time.monotonic(), until, "no copy under the new master key")
            time.sleep(0.1)
        master = self.world / "master"
        lines = [line for line in master.read_text().splitlines() if line.startswith("passend-master-key")]
        self.assertEqual(len(lines), 2)
        master.write_text(lines[-1] + "\n")  # the earlier copies open no more; the newest does
        self.follow("lost-keys")
        self.assertEqual(self.people(), before)


if __name__ == "__main__":
    unittest.main()
