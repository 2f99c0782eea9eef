import { loadDeskConfig } from '../platform/index.js';

interface Code {
  code: string;
  aliases?: string[];
}

interface TaxonomyFile {
  classification: (Code & { types: Code[] })[];
}

const code = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' };
const codes = {
  type: 'array',
  items: { type: 'object', required: ['code'], properties: { code, aliases: { type: 'array', items: code } } },
};

const schema = {
  type: 'object',
  required: ['classification', 'services', 'skills'],
  properties: {
    classification: {
      type: 'array',
      items: { type: 'object', required: ['code', 'types'], properties: { code, types: codes } },
    },
    services: codes,
    skills: codes,
  },
};

/** The classifications of `config/taxonomy.yaml`: every accepted `class/type`, and the code that it is kept under. */
export function loadClassifications(): Map<string, string> {
  const { classification } = loadDeskConfig<TaxonomyFile>('taxonomy', schema);
  return new Map(
    classification.flatMap((group) =>
      group.types.flatMap((type) =>
        [type.code, ...(type.aliases ?? [])].map(
          (name) => [`${group.code}/${name}`, `${group.code}/${type.code}`] as const,
        ),
      ),
    ),
  );
}
