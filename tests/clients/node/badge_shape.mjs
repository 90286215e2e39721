// What the text of Open Badges 3.0 demands of a credential of an achievement (its data model: which
// properties are required, and how many values they have), in our own words; and that criteria say
// something. 1EdTech's schema says more; its licence keeps it out of here.
const text = { type: 'string', minLength: 1 };
const uri = { type: 'string', format: 'uri' };
const time = { type: 'string', format: 'date-time' };
const ofType = (type) => ({
  anyOf: [{ const: type }, { type: 'array', contains: { const: type }, items: { type: 'string' } }],
});
const object = (properties, ...required) => ({ type: 'object', properties, required });
export const BADGE = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...object({
    '@context': {
      type: 'array',
      prefixItems: [{ const: 'https://www.w3.org/ns/credentials/v2' },
        { type: 'string', pattern: '^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context-3\\.0\\.[0-9]+\\.json$' }],
      minItems: 2,
    },
    id: uri,
    type: {
      type: 'array',
      contains: { enum: ['OpenBadgeCredential', 'AchievementCredential'] },
      items: { type: 'string' },
      allOf: [{ contains: { const: 'VerifiableCredential' } }],
    },
    issuer: { anyOf: [uri, object({ id: uri, type: ofType('Profile'), name: text }, 'id', 'type')] },
    validFrom: time,
    validUntil: time,
    credentialSubject: object({
      id: uri,
      type: ofType('AchievementSubject'),
      achievement: object({
        id: uri,
        type: ofType('Achievement'),
        name: text,
        description: text,
        criteria: { ...object({ id: uri, narrative: text }), minProperties: 1 },
        alignment: {
          type: 'array',
          items: object({ type: ofType('Alignment'), targetName: text, targetUrl: uri },
            'type', 'targetName', 'targetUrl'),
        },
      }, 'id', 'type', 'name', 'description', 'criteria'),
    }, 'type', 'achievement'),
    evidence: { type: 'array', items: object({ type: ofType('Evidence'), id: uri, narrative: text }, 'type') },
    credentialStatus: object({ id: uri, type: text }, 'type'),
  }, '@context', 'id', 'type', 'issuer', 'validFrom', 'credentialSubject'),
};
