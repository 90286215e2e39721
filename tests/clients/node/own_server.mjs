// A passendd of one's own, on a socket and a database in a fresh folder. It does not remember who was
// shown, so that the same question gives the same answer, ties and all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_SECONDS_MAX = 60;

export class OwnServer {
  #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'passend.'));
  #process;
  #options;

  constructor(options = []) {
    this.#options = options;
  }

  address = `unix:${this.#folder}/passend.sock`;

  async start() {
    const ready = path.join(this.#folder, 'ready');
    const logPath = path.join(this.#folder, 'server.log');
    fs.rmSync(ready, { force: true });
    const log = fs.openSync(logPath, 'a');
    this.#process = spawn(
      process.env.PASSENDD,
      ['--listen', this.address, '--data', path.join(this.#folder, 'data'), '--ready-file', ready,
        '--no-record-exposure', ...this.#options],
      { stdio: ['ignore', log, log] });
    fs.closeSync(log);
    const deadline = Date.now() + START_SECONDS_MAX * 1000;
    while (!fs.existsSync(ready) || fs.statSync(ready).size === 0) {
      if (this.#process.exitCode !== null || Date.now() > deadline) {
        throw new Error(fs.readFileSync(logPath, 'utf8'));
      }
      await sleep(50);
    }
  }

  async end(signal) {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill(signal);
      await once(this.#process, 'exit');
    }
    return this.#process.exitCode;
  }

  stop = () => this.end('SIGTERM');
  crash = () => this.end('SIGKILL');

  async remove() {
    await this.crash();
    fs.rmSync(this.#folder, { recursive: true });
  }
}
