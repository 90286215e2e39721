// What the tests ask about: the vocabulary of deploy/demo, and a person and a task that use it.
import fs from 'node:fs';

const skill = (id) => `taxonomies/demo/concepts/${id}`;

// The stream of an import: the header, then the concepts in parts, then the end.
export function taxonomyParts(conceptsAPart = 50) {
  const file = new URL('../../../deploy/demo/taxonomy.jsonl', import.meta.url);
  const [header, ...concepts] = fs.readFileSync(file, 'utf8').trim().split('\n').map(JSON.parse);
  const parts = [{ header }];
  for (let start = 0; start < concepts.length; start += conceptsAPart) {
    parts.push({ concepts: { concepts: concepts.slice(start, start + conceptsAPart) } });
  }
  parts.push({ end: { concept_count: concepts.length } });
  return parts;
}

export const gardener = () => ({
  region: 'haaglanden',
  wishes: {
    features: [
      { feature: 'WORK_FEATURE_GREEN', attitude: 'ATTITUDE_WANTS', strength: 3 },
      { feature: 'WORK_FEATURE_NOISE', attitude: 'ATTITUDE_NEVER' },
    ],
    hours: { weekly_hours_min: 8, weekly_hours_max: 24 },
  },
  paces: [{ kind: 'WORK_KIND_GREEN', tempo_percent: 80, basis: 'PACE_BASIS_MEASURED' }],
  support: { nothing_needed: true },
});

export const seen = (level) => [
  { skill: skill('prune'), level, method: 'VALIDATION_METHOD_OBSERVED', capacity: 'job coach' },
  { skill: skill('weed'), level, method: 'VALIDATION_METHOD_WORK_SAMPLE', place: 'city garden' },
];

export const cityGarden = (features = ['WORK_FEATURE_GREEN', 'WORK_FEATURE_OUTDOORS']) => ({
  employer: 'employers/stadstuin',
  title: 'Stadstuin',
  carving: { method: 'CARVING_METHOD_JOB_CARVING', carved_from: 'gardener' },
  required_skills: [
    { skill: skill('prune'), level: 3, importance: 5, learnable: true },
    { skill: skill('weed'), level: 2, importance: 3, learnable: true },
  ],
  features,
  kind: 'WORK_KIND_GREEN',
  pace: { tempo_percent: 60 },
  participation_form: 'PARTICIPATION_FORM_BASIC_JOB',
  hours: { start_weekly_hours: 16 },
  place: { region: 'haaglanden' },
  pay_form: 'PAY_FORM_MINIMUM_WAGE',
  additionality: {
    ground: 'ADDITIONALITY_GROUND_NOT_DONE_BEFORE',
    statement: 'Nobody kept this garden before.',
  },
});
