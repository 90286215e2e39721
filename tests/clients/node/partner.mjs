// A partner system that keeps in step with Passend, over any line: to copy from.
//
// 1. What is to be pushed waits in an outbox, in batches that got their batch_id when they were put
//    together. A batch leaves it when its answer is there. After a break, what has no answer is sent
//    again: under the same id it is carried out once.
// 2. What the feed tells is written down together with its cursor. After a break the feed goes on
//    from there; what it tells again does no harm, because it tells how things are.
// 3. Now and then both sides compare everything with one digest, and look only where it differs.
//
// A real system keeps outbox and model in its database. Each stream has a deadline, so that a line
// that is dead without having said so is noticed.
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { refusal } from './passend_client.mjs';

const BATCHES_A_STREAM = 20; // at most: fewer on a line that breaks before they are answered
const STREAM_MILLISECONDS = 10_000;
const WAIT_MILLISECONDS = [20, 2000]; // before trying again: at first, at most

const protos = fileURLToPath(new URL('../../../proto', import.meta.url));
const { SyncService } = grpc.loadPackageDefinition(
  loader.loadSync('passend/v1/sync_service.proto', {
    keepCase: true, enums: String, longs: Number, defaults: true, oneofs: true, includeDirs: [protos],
  })).passend.v1;

export const connectSync = (address) => new SyncService(
  address, grpc.credentials.createInsecure(),
  // Right after a break another try may well succeed.
  { 'grpc.initial_reconnect_backoff_ms': 20, 'grpc.max_reconnect_backoff_ms': 1000 });

const deadline = () => ({ deadline: Date.now() + STREAM_MILLISECONDS });

// What a line that broke looks like; everything else is an answer, and is not asked again.
const { status: Code } = grpc;
const BROKEN = new Set([Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.CANCELLED, Code.INTERNAL,
  Code.UNKNOWN, Code.RESOURCE_EXHAUSTED, Code.ABORTED]);

// Waits longer each time, and sends less at once, until something goes well.
class Patience {
  breaks = 0;
  atOnce = 1;
  #wait = WAIT_MILLISECONDS[0];

  wentWell() {
    [this.#wait] = WAIT_MILLISECONDS;
    this.atOnce = Math.min(this.atOnce + 1, BATCHES_A_STREAM);
  }

  async broken(error) {
    if (!BROKEN.has(error.code)) throw error;
    this.breaks += 1;
    this.atOnce = Math.ceil(this.atOnce / 4);
    await sleep(this.#wait);
    this.#wait = Math.min(this.#wait * 2, WAIT_MILLISECONDS[1]);
  }
}

// Batches for an outbox. An external id may come once in a batch: a later change of a person is a
// later batch.
export function batchesOf(partner, records, recordsABatch = 100) {
  const batches = [];
  let ids = new Set();
  for (const record of records) {
    const fits = batches.length > 0 && ids.size < recordsABatch && !ids.has(record.external_id);
    if (!fits) {
      batches.push({ partner, batch_id: randomUUID(), records: [] });
      ids = new Set();
    }
    batches.at(-1).records.push(record);
    ids.add(record.external_id);
  }
  return batches;
}

// Empties the outbox. `answered(batch, answer)` is called once for each batch. Gives how often the
// line broke.
export async function push(client, outbox, answered) {
  const patience = new Patience();
  while (outbox.length > 0) {
    const stream = client.Push(new grpc.Metadata(), deadline());
    for (const batch of outbox.slice(0, patience.atOnce)) stream.write(batch);
    stream.end();
    try {
      for await (const answer of stream) {
        if (answer.batch_id !== outbox[0].batch_id) throw new Error('an answer out of order');
        answered(outbox[0], answer);
        outbox.shift();
        patience.wentWell();
      }
    } catch (error) {
      if (refusal(error).reason === 'LIMIT_EXCEEDED' && outbox[0].records.length > 1) {
        outbox.splice(0, 1, ...halvesOf(outbox[0])); // nothing of it was taken over
      } else {
        await patience.broken(error);
      }
    }
  }
  return patience.breaks;
}

function halvesOf({ partner, records }) {
  const half = Math.ceil(records.length / 2);
  return batchesOf(partner, records, half);
}

// What the feed has told: who there is, and how they are.
export class Model {
  constructor() { this.beginAgain(); }

  beginAgain() {
    this.cursor = '';
    this.people = new Map();
    this.snapshotComplete = false;
    this.sequence = 0;
  }

  take(part) {
    for (const change of part.changes) {
      if (change.state === 'passport') this.people.set(change.passport_name, change);
      else this.people.delete(change.passport_name);
    }
    this.snapshotComplete ||= part.snapshot_complete;
    this.sequence = Math.max(this.sequence, part.data_sequence);
    this.cursor = part.cursor || this.cursor; // together with the above, in one transaction
  }
}

// Follows the feed until `enough(model)`. Gives how often the line broke.
export async function watch(client, partner, model, enough) {
  const patience = new Patience();
  while (true) {
    const stream = client.Watch(
      { partner, cursor: model.cursor, heartbeat_interval: { seconds: 1 } }, deadline());
    try {
      for await (const part of stream) {
        model.take(part);
        patience.wentWell();
        if (enough(model)) {
          stream.on('error', () => {}); // that it was cancelled is no news
          stream.cancel();
          return patience.breaks;
        }
      }
    } catch (error) {
      if (error.code === Code.OUT_OF_RANGE) model.beginAgain(); // away for too long
      else await patience.broken(error);
    }
  }
}

// What the records of a partner come to; see RecordRange. `revisions`: by external id.
class Ranges {
  constructor(key, revisions) {
    const mac = (text) => createHmac('sha256', key).update(text).digest();
    this.records = [...revisions].filter(([, revision]) => revision !== '').map(([id, revision]) =>
      ({ id, place: mac(id).toString('hex'), mark: mac(`${id}\0${revision}`) }));
  }

  within(prefix) { return this.records.filter(({ place }) => place.startsWith(prefix)); }

  range(prefix) {
    const within = this.within(prefix);
    const digest = Buffer.alloc(32);
    for (const { mark } of within) for (let i = 0; i < 32; i += 1) digest[i] ^= mark[i];
    return { prefix, count: within.length, digest };
  }
}

// The external ids that are not the same on both sides. One question where nothing differs.
export async function reconcile(client, partner, revisions) {
  const ask = async (ranges) => {
    const patience = new Patience();
    while (true) {
      try {
        return await new Promise((resolve, reject) => {
          client.Reconcile({ partner, ranges }, deadline(), (error, answer) =>
            (error ? reject(error) : resolve(answer)));
        });
      } catch (error) {
        await patience.broken(error);
      }
    }
  };
  const ours = new Ranges((await ask([])).key, revisions);
  const differing = new Set();
  for (let prefixes = ['']; prefixes.length > 0;) {
    const { differences } = await ask(prefixes.splice(0, 256).map((prefix) => ours.range(prefix)));
    for (const { prefix, parts, records } of differences) {
      for (const part of parts) {
        const here = ours.range(part.prefix);
        const same = here.count === part.count &&
          (here.count === 0 || here.digest.equals(part.digest));
        if (!same) prefixes.push(part.prefix);
      }
      if (parts.length > 0) continue;
      const here = new Map(ours.within(prefix).map((record) => [record.place, record]));
      for (const there of records) {
        const known = here.get(there.place);
        here.delete(there.place);
        const same = known ? known.mark.equals(there.mark) : there.erased;
        if (!same) differing.add(known?.id ?? there.external_id);
      }
      for (const { id } of here.values()) differing.add(id);
    }
  }
  return differing;
}
