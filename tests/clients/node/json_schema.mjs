// JSON schemas, by ajv: what is not as one says. Nothing is fetched: a schema that refers to another
// file is refused.
import Ajv2019 from 'ajv/dist/2019.js';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const DRAFTS = { '2019-09': Ajv2019.default, '2020-12': Ajv2020.default };

// A function that gives what is not right about a document, each as "where what"; [] where all is.
export function checkerOf(schema) {
  const draft = Object.keys(DRAFTS).find((name) => `${schema.$schema}`.includes(`/draft/${name}/`));
  if (!draft) throw new Error(`$schema is ${schema.$schema}; it may be of ${Object.keys(DRAFTS).join(' or ')}`);
  // Schemas that others published have words of their own beside those of the draft.
  const ajv = new DRAFTS[draft]({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const isRight = ajv.compile(schema);
  return (document) => (isRight(document) ? [] :
    isRight.errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`));
}
