// A partner keeps in step over a line that is cut, frozen and doubled (../bad_line).
//
// PASSEND_PEOPLE, PASSEND_CUTS: how much of it. PASSEND_SEED: each connection is cut as it was.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { OwnServer } from './own_server.mjs';
import { Model, batchesOf, connectSync, push, reconcile, watch } from './partner.mjs';

const PEOPLE = Number(process.env.PASSEND_PEOPLE ?? 1000);
const CUTS = Number(process.env.PASSEND_CUTS ?? 20);
const PARTNER = 'partners/delft';
const MILLISECONDS_MAX = 120_000 + PEOPLE * 20 + CUTS * 2_000;

class BadLine {
  #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'passend.'));
  #process;
  #lines;

  async start(to) {
    const program = fileURLToPath(new URL('../bad_line/bad_line.py', import.meta.url));
    const seed = process.env.PASSEND_SEED ? ['--seed', process.env.PASSEND_SEED] : [];
    this.#process = spawn('/usr/bin/python3', [program, '--listen', `unix:${this.#folder}/line`,
      '--to', to, '--cuts', CUTS, '--bytes-between-cuts', '8000', ...seed],
    { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    const { seed: chosen, listening } = JSON.parse((await this.#lines.next()).value);
    this.address = listening;
    return chosen;
  }

  // What it did.
  async end() {
    this.#process.stdin.end();
    const { value } = await this.#lines.next();
    return JSON.parse(value);
  }

  remove() {
    this.#process?.kill('SIGKILL');
    fs.rmSync(this.#folder, { recursive: true });
  }
}

const server = new OwnServer();
const line = new BadLine();
const clients = [];
let seed;

before(async () => {
  await server.start();
  seed = await line.start(server.address);
});
// Also after a failure: nothing that is left open keeps the process from ending.
after(async () => {
  clients.forEach((client) => client.close());
  line.remove();
  await server.remove();
});

const upsert = (id, revision, region) => ({
  external_id: id,
  revision: `${revision}`,
  upsert: { passport: { region, wishes: { hours: { weekly_hours_min: 8, weekly_hours_max: 8 + revision } } } },
});

// The example's model, which also minds the promises of the feed.
class CheckedModel extends Model {
  last = new Map();
  erased = new Set();

  take(part) {
    for (const { passport_name: name, sequence, state, removal } of part.changes) {
      assert.ok(sequence >= (this.last.get(name) ?? 0), `${name} went back in time`);
      assert.ok(state !== 'passport' || !this.erased.has(name), `${name} came back`);
      this.last.set(name, sequence);
      if (state === 'removal' && removal === 'WATCH_REMOVAL_ERASED') this.erased.add(name);
    }
    super.take(part);
  }
}

const told = (model) => [...model.people.values()]
  .map(({ passport_name: name, external_id: id, passport }) => `${name} ${id} ${passport.region}`).sort();

test('nothing is lost, doubled or resurrected over a bad line', { timeout: MILLISECONDS_MAX }, async (t) => {
  t.diagnostic(`seed ${seed}`);
  const ids = Array.from({ length: PEOPLE }, (_, number) => `person-${number}`);
  const changed = ids.filter((_, number) => number % 3 === 0);
  const erased = ids.filter((_, number) => number % 10 === 0);
  const outbox = batchesOf(PARTNER, [
    ...ids.map((id) => upsert(id, 1, 'groningen')),
    ...changed.map((id) => upsert(id, 2, 'drenthe')),
    ...erased.map((id) => ({ external_id: id, erase: {} })),
    ...erased.slice(0, 20).map((id) => upsert(id, 3, 'zeeland')), // must not bring them back
  ]);
  const kept = new Map(ids.map((id) => [id, '1']));
  changed.forEach((id) => kept.set(id, '2'));
  erased.forEach((id) => kept.delete(id));

  const bad = connectSync(line.address);
  const good = connectSync(server.address);
  clients.push(bad, good);
  const model = new CheckedModel();
  const names = new Map();
  let pushed = false;
  let last = 0;
  const following = watch(bad, PARTNER, model,
    ({ snapshotComplete, sequence }) => pushed && snapshotComplete && sequence >= last);
  await push(bad, outbox, (batch, answer) => {
    last = Math.max(last, answer.data_sequence);
    answer.results.forEach(({ external_id: id, outcome, passport }) => {
      assert.notEqual(outcome, 'PUSH_OUTCOME_REJECTED', id);
      assert.notEqual(outcome, 'PUSH_OUTCOME_CONFLICT', id);
      if (!kept.has(id)) return;
      assert.equal(names.get(id) ?? passport, passport, `${id} became somebody else`);
      names.set(id, passport);
    });
  });
  pushed = true;
  await following;

  assert.deepEqual([...await reconcile(bad, PARTNER, kept)], []);
  const there = new Model();
  await watch(good, PARTNER, there, ({ snapshotComplete }) => snapshotComplete);
  assert.deepEqual(told(there), [...kept].map(([id, revision]) =>
    `${names.get(id)} ${id} ${revision === '2' ? 'drenthe' : 'groningen'}`).sort());
  assert.deepEqual(told(model), told(there));
  const { cut, doubled } = await line.end();
  t.diagnostic(`cut ${cut}, doubled ${doubled}`);
  assert.equal(cut, CUTS);
  assert.ok(doubled > 0 || CUTS === 0, 'nothing was said twice');
});
