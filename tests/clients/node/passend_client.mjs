// A client of Passend in Node that finds the services through the server's own reflection: no copy
// of the protos is needed to ask questions.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const SHAPE = { keepCase: true, enums: String, longs: Number, defaults: true };
const here = fileURLToPath(new URL('.', import.meta.url));
const load = (file) =>
  loader.loadSync(file, { ...SHAPE, includeDirs: [`${here}../../../proto`, `${here}../protos`] });
const { ServerReflection } = grpc.loadPackageDefinition(load('reflection.proto')).grpc.reflection.v1alpha;
const { Health } = grpc.loadPackageDefinition(load('health.proto')).grpc.health.v1;
const details = load('google/rpc/error_details.proto');
const status = load('google/rpc/status.proto');

// Asks one reflection question after the other on one stream.
async function* reflect(address, questions) {
  const client = new ServerReflection(address, grpc.credentials.createInsecure());
  const stream = client.serverReflectionInfo();
  for (const question of questions) stream.write(question);
  stream.end();
  try {
    for await (const answer of stream) {
      if (answer.error_response) throw new Error(answer.error_response.error_message);
      yield answer;
    }
  } finally {
    client.close();
  }
}

// A google.protobuf.FileDescriptorSet from serialized files: field 1, length-delimited.
function descriptorSet(files) {
  const parts = [];
  for (const file of files) {
    const head = [0x0a];
    let length = file.length;
    for (; length > 127; length = Math.floor(length / 128)) head.push((length % 128) + 128);
    head.push(length);
    parts.push(Buffer.from(head), file);
  }
  return Buffer.concat(parts);
}

// The names of the services that the server says it has.
export async function listServices(address) {
  for await (const answer of reflect(address, [{ list_services: '*' }])) {
    return answer.list_services_response.service.map((service) => service.name);
  }
  throw new Error('no answer to the question which services there are');
}

// Stubs of all services of passend.v1, by their short names, with methods that give promises:
// `await passend.MatchService.FindCandidates({ task: 'tasks/soup-buddy' })`.
export async function connect(address) {
  const names = (await listServices(address)).filter((name) => name.startsWith('passend.v1.'));
  const files = new Map();
  const questions = names.map((name) => ({ file_containing_symbol: name }));
  for await (const answer of reflect(address, questions)) {
    for (const file of answer.file_descriptor_response.file_descriptor_proto) {
      files.set(file.toString('base64'), file);
    }
  }
  const definitions = loader.loadFileDescriptorSetFromBuffer(descriptorSet(files.values()), SHAPE);
  const stubs = grpc.loadPackageDefinition(definitions).passend.v1;
  const clients = [new Health(address, grpc.credentials.createInsecure())];
  const passend = { health: () => promised(clients[0], 'Check')({ service: '' }) };
  for (const name of names.map((full) => full.split('.').pop())) {
    const client = new stubs[name](address, grpc.credentials.createInsecure());
    clients.push(client);
    passend[name] = Object.fromEntries(
      Object.entries(stubs[name].service).map(([method, { requestStream }]) =>
        [method, requestStream ? streamed(client, method) : promised(client, method)]));
  }
  passend.close = () => clients.forEach((client) => client.close());
  return passend;
}

const promised = (client, method) => (request) =>
  new Promise((resolve, reject) => {
    const call = client[method](request, (error, answer) =>
      (error ? reject(refusal(error)) : resolve(answer)));
    call.on('status', learn);
  });

// The commit that has everything which this program wrote so far, for `min_data_sequence`: the
// answer to each write tells of it.
export const written = { sequence: 0 };
function learn({ metadata }) {
  const [told] = metadata.get('passend-data-sequence');
  if (told !== undefined) written.sequence = Math.max(written.sequence, Number(told));
}

// A method that takes a stream of requests: give it all of them.
const streamed = (client, method) => (requests) =>
  new Promise((resolve, reject) => {
    const call = client[method]((error, answer) => (error ? reject(refusal(error)) : resolve(answer)));
    call.on('status', learn);
    for (const request of requests) call.write(request);
    call.end();
  });

// The error, with `reason`, `domain` and `about` of its ErrorInfo and the `fields` that are not right.
export function refusal(error) {
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (!bytes) return error;
  for (const { type_url: type, value } of status['google.rpc.Status'].deserialize(bytes).details) {
    const detail = details[type.split('/').pop()]?.deserialize(value);
    if (type.endsWith('.ErrorInfo')) {
      Object.assign(error, { reason: detail.reason, domain: detail.domain, about: detail.metadata });
    } else if (type.endsWith('.BadRequest')) {
      error.fields = detail.field_violations.map((violation) => violation.field);
    }
  }
  return error;
}

// All entries of a list method, page after page.
export async function allPages(call, request, field) {
  const pages = [];
  let token = '';
  do {
    const answer = await call({ ...request, page_token: token });
    pages.push(answer[field]);
    token = answer.next_page_token;
  } while (token !== '');
  return pages;
}

export const { status: Code } = grpc;
