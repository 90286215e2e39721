// Passend's main job, from Node: who can do what, who fits which work, and why.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { cityGarden, gardener, seen, taxonomyParts } from './demo_world.mjs';
import { OwnServer } from './own_server.mjs';
import { Code, allPages, connect, listServices, written } from './passend_client.mjs';

const server = new OwnServer();
let passend;
let imported;

before(async () => {
  await server.start();
  passend = await connect(server.address);
  imported = await passend.TaxonomyService.ImportTaxonomy(taxonomyParts());
});

after(async () => {
  passend?.close();
  await server.remove();
});

// Creates a passport with skills at a level; gives the passport's name.
async function addGardener(level) {
  const { name } = await passend.PassportService.CreatePassport({ passport: gardener() });
  await passend.ValidationService.RecordValidations({ parent: name, validations: seen(level) });
  return name;
}

const addTask = (id, features) =>
  passend.TaskService.CreateTask({ task: cityGarden(features), task_id: id });

const candidates = (task, more = {}) =>
  passend.MatchService.FindCandidates({ task, options: { language_code: 'en' }, ...more });

const refused = (call, code, reason) =>
  assert.rejects(call, (error) => {
    assert.equal(error.code, code);
    assert.equal(error.domain, 'passend');
    assert.equal(error.reason, reason);
    return true;
  });

test('the server lists its services', async () => {
  const names = await listServices(server.address);
  for (const name of ['MatchService', 'PassportService', 'PolicyService', 'TaskService', 'TaxonomyService',
    'ValidationService']) {
    assert.ok(names.includes(`passend.v1.${name}`), name);
  }
});

test('the server is healthy', async () => {
  assert.equal((await passend.health()).status, 'SERVING');
});

test('a vocabulary is imported in one piece', async () => {
  assert.equal(imported.taxonomy.name, 'taxonomies/demo');
  assert.equal(imported.added_concepts, imported.taxonomy.concept_count);
  const parts = taxonomyParts();
  parts[1].concepts.concepts[1].broader = ['taxonomies/demo/concepts/nowhere'];
  await refused(passend.TaxonomyService.ImportTaxonomy(parts), Code.INVALID_ARGUMENT,
    'ERROR_REASON_DANGLING_CONCEPT');
  const { etag } = await passend.TaxonomyService.GetTaxonomy({ name: 'taxonomies/demo' });
  assert.equal(etag, imported.taxonomy.etag);
});

test('whoever writes learns the commit and asks for answers that have it', async () => {
  assert.ok(written.sequence > 0, 'the import has told of its commit');
  await addTask('own-write');
  const before = written.sequence;
  const name = await addGardener(3);
  assert.ok(written.sequence > before);
  const { candidates: list, basis } =
    await candidates('tasks/own-write', { min_data_sequence: written.sequence });
  assert.ok(basis.data_sequence >= written.sequence);
  assert.ok(list.some(({ passport }) => passport === name));
  await refused(candidates('tasks/own-write', { min_data_sequence: written.sequence + 1_000_000 }),
    Code.OUT_OF_RANGE, 'ERROR_REASON_FUTURE_SEQUENCE');
  await passend.TaskService.CloseTask({ name: 'tasks/own-write' });
});

test('people are ranked for a task, with reasons', async () => {
  const able = await addGardener(4);
  const learning = await addGardener(1);
  await addTask('city-garden');
  const { candidates: list, summary, basis } = await candidates('tasks/city-garden');
  const [first, second] = [able, learning].map((name) => list.findIndex((c) => c.passport === name));
  assert.ok(0 <= first && first < second);
  assert.ok(list.every(({ fit }) => fit.reasons.length > 0 && fit.outcome === 'FIT_OUTCOME_RANKED'));
  assert.equal(summary.considered, summary.ranked + summary.to_be_asked
    + summary.exclusions.reduce((sum, { count }) => sum + count, 0));
  assert.equal(basis.policy, 'policies/1');
});

test('tasks are ranked for a person, and the nearest closed ones say what would open them', async () => {
  const person = await addGardener(4);
  await addTask('quiet-garden');
  await addTask('noisy-garden', ['WORK_FEATURE_GREEN', 'WORK_FEATURE_NOISE']);
  const answer = await passend.MatchService.FindTasks({ passport: person });
  assert.ok(answer.tasks.some(({ task }) => task === 'tasks/quiet-garden'));
  assert.ok(!answer.tasks.some(({ task }) => task === 'tasks/noisy-garden'));
  const noisy = answer.nearest.find(({ task }) => task === 'tasks/noisy-garden');
  assert.equal(noisy.fit.gates[0].cause, 'GATE_CAUSE_WISH_NEVER');
  assert.notEqual(noisy.fit.gates[0].lift, '');
});

test('an explanation adds up', async () => {
  await addTask('explained-garden');
  const { fit } = await passend.MatchService.ExplainMatch(
    { passport: await addGardener(2), task: 'tasks/explained-garden' });
  const [ability] = fit.dimensions;
  assert.equal(ability.dimension, 'DIMENSION_ABILITY');
  assert.deepEqual(ability.skills.map((term) => term.level_hundredths), [200, 200]);
  assert.equal(fit.dimensions.reduce((sum, { loss }) => sum + loss, 0), fit.loss);
});

test('a stale etag is aborted', async () => {
  const name = await addGardener(3);
  const passport = await passend.PassportService.GetPassport({ name });
  const change = { passport: { name, etag: passport.etag, region: 'rijnmond' }, update_mask: { paths: ['region'] } };
  const changed = await passend.PassportService.UpdatePassport(change);
  assert.equal(changed.region, 'rijnmond');
  assert.deepEqual(changed.wishes, passport.wishes);
  await assert.rejects(passend.PassportService.UpdatePassport(change), (error) => {
    assert.equal(error.code, Code.ABORTED);
    assert.equal(error.reason, 'ERROR_REASON_ETAG_MISMATCH');
    assert.deepEqual({ ...error.about }, { resource: name, etag: changed.etag });
    return true;
  });
});

test('a repeated request gives the first answer', async () => {
  const request = { passport: gardener(), request_id: randomUUID() };
  const first = await passend.PassportService.CreatePassport(request);
  assert.deepEqual(await passend.PassportService.CreatePassport(request), first);
  request.passport.region = 'groningen';
  await refused(passend.PassportService.CreatePassport(request), Code.ALREADY_EXISTS,
    'ERROR_REASON_REQUEST_ID_REUSED');
});

test('what is not right is named field by field', async () => {
  const passport = gardener();
  passport.wishes.features[0].strength = 4;
  passport.paces[0].tempo_percent = 0;
  await assert.rejects(passend.PassportService.CreatePassport({ passport }), (error) => {
    assert.equal(error.code, Code.INVALID_ARGUMENT);
    assert.equal(error.reason, 'ERROR_REASON_INVALID_FIELD');
    assert.deepEqual([...error.fields].sort(),
      ['passport.paces[0].tempo_percent', 'passport.wishes.features[0].strength']);
    return true;
  });
});

test('pages hold everybody once', async () => {
  await Promise.all([1, 2, 3, 4, 5].map(addGardener));
  const pages = await allPages(passend.PassportService.ListPassports, { page_size: 2 }, 'passports');
  const names = pages.flat().map(({ name }) => name);
  assert.ok(pages.slice(0, -1).every((page) => page.length === 2));
  assert.deepEqual(names, [...new Set(names)].sort());
  await addTask('paged-garden');
  const { candidates: whole } = await candidates('tasks/paged-garden');
  const paged = await allPages((page) => candidates('tasks/paged-garden', { ...page, page_size: 2 }), {},
    'candidates');
  assert.ok(whole.length >= 5);
  assert.deepEqual(paged.flat(), whole);
});

test('a page token of another question is refused', async () => {
  await Promise.all([addGardener(3), addGardener(3)]);
  const { next_page_token: token } = await passend.PassportService.ListPassports({ page_size: 1 });
  await refused(passend.PassportService.ListPassports({ page_size: 1, page_token: token, region: 'groningen' }),
    Code.INVALID_ARGUMENT, 'ERROR_REASON_PAGE_TOKEN_ARGUMENTS');
});

test('what is erased is gone', async () => {
  const name = await addGardener(4);
  const { erased_validations: count } = await passend.PassportService.ErasePassport({ name });
  assert.equal(count, 2);
  await refused(passend.PassportService.GetPassport({ name }), Code.NOT_FOUND,
    'ERROR_REASON_PASSPORT_NOT_FOUND');
});

test('everything acknowledged is there after a crash and after a stop', async () => {
  const name = await addGardener(4);
  await addTask('lasting-garden');
  const lists = async () => [
    await passend.PassportService.GetPassport({ name }),
    await candidates('tasks/lasting-garden', { options: { as_of_time: { seconds: 1795219200 } } }),
  ];
  const first = await lists();
  assert.ok(first[1].candidates.some(({ passport }) => passport === name));
  for (const end of [server.crash, server.stop]) {
    passend.close();
    const code = await end();
    if (end === server.stop) assert.equal(code, 0);
    await server.start();
    passend = await connect(server.address);
    assert.deepEqual(await lists(), first);
  }
});
