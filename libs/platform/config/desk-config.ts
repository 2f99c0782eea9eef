import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type JSONSchemaType, type Schema } from 'ajv';
import { parse } from 'yaml';

/** A file in `config/` cannot be used; the message names the file and every fault in it. */
export class InvalidDeskConfig extends Error {}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

/**
 * Reads `config/<name>.yaml`: what a desk may change without touching code.
 * Every file has a schema; a fault stops the start, since a desk must not run on half a policy.
 */
export function loadDeskConfig<T>(
  name: string,
  schema: Schema | JSONSchemaType<T>,
  folder = join(process.cwd(), 'config'),
): T {
  const file = join(folder, `${name}.yaml`);
  const document: unknown = parse(readFileSync(file, 'utf8'), { maxAliasCount: 100 });
  const validate = ajv.compile<T>(schema);
  if (validate(document)) return document;
  const faults = (validate.errors ?? []).map((fault) => `${fault.instancePath || '/'} ${fault.message ?? 'is wrong'}`);
  throw new InvalidDeskConfig(`${file}: ${faults.join('; ')}`);
}
