"""A passendd of one's own, on a socket and a database in a fresh folder.

It does not remember who was shown, so that the same question gives the same answer, ties and all.
`{folder}` in an option is the folder. The data may be elsewhere.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time


class ServerEnded(Exception):
    """Nobody asked it to."""


class OwnServer:
    START_SECONDS_MAX = 60

    def __init__(self, *options, listen=None, data=None, environment=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="passend."))
        self.listen = listen or f"unix:{self.folder}/passend.sock"
        self.environment = {**os.environ, **(environment or {})}
        self.data = data or self.folder / "data"
        self.ready = self.folder / "ready"
        self.process = None
        self.options = [str(option).replace("{folder}", str(self.folder)) for option in options]
        try:
            self.start()
        except BaseException:
            self.remove()
            raise

    def start(self):
        self.spawn()
        deadline = time.monotonic() + self.START_SECONDS_MAX
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start ({self.process.poll()}): {self.said()}")
            time.sleep(0.05)
        self.address = self.ready.read_text().strip()

    def is_ready(self):
        return self.ready.exists() and self.ready.stat().st_size > 0

    def spawn(self):
        """Starts it, and waits for nothing."""
        self.ready.unlink(missing_ok=True)
        with open(self.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                [os.environ["PASSENDD"], *self.options, "--listen", self.listen,
                 "--data", self.data, "--ready-file", self.ready, "--no-record-exposure"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment)

    def stop(self):
        """Asks it to stop; gives the exit code."""
        self.process.terminate()
        return self.process.wait(timeout=60)

    def crash(self):
        """Kills it. A server that ended by itself before, or by another signal, is an error."""
        ended = self.process.poll()
        if ended is None:
            self.process.kill()
            ended = self.process.wait()
            if ended == -signal.SIGKILL:
                return
        raise ServerEnded(f"the server had ended by itself, with {ended}: {self.said()}")

    def said(self):
        """The end of its log."""
        log = (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")
        return log[-2000:]

    def remove(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder)
