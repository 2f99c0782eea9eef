import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { rateSeverity, type SeverityTable } from './severity.js';

interface Entry {
  code: string;
  aliases?: string[];
  types?: Entry[];
  clinical?: boolean;
}
const taxonomy = parse(readFileSync('config/taxonomy.yaml', 'utf8')) as Record<
  'classification' | 'services' | 'skills',
  Entry[]
>;
const codes = (entries: Entry[]) => entries.flatMap(({ code, aliases = [] }) => [code, ...aliases]);
const severity = parse(readFileSync('config/severity.yaml', 'utf8')) as SeverityTable;
const classes = taxonomy.classification;

describe('the shipped taxonomy', () => {
  it('has the eleven classes of RSIT with all their types', () => {
    expect(Object.fromEntries(classes.map(({ code, types = [] }) => [code, types.length]))).toEqual({
      ...{ 'abusive-content': 3, 'malicious-code': 4, 'information-gathering': 3, 'intrusion-attempts': 3 },
      ...{ intrusions: 5, availability: 5, 'information-content-security': 4, fraud: 4, vulnerable: 5 },
      ...{ other: 2, test: 1 },
    });
  });

  it('gives every code once, in words joined by hyphens', () => {
    const lists = [classes, ...classes.map(({ types = [] }) => types), taxonomy.services, taxonomy.skills].map(codes);
    for (const list of lists) {
      expect(new Set(list).size).toBe(list.length);
      expect(list.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
    }
  });

  it('knows every class, type and service by which severity is rated', () => {
    const known = [
      ...codes(classes),
      ...classes.flatMap(({ code, types = [] }) => codes(types).map((type) => `${code}/${type}`)),
    ];
    const services = codes(taxonomy.services);
    for (const { when } of severity.levels.flatMap(({ anyOf }) => anyOf)) {
      expect(known).toEqual(expect.arrayContaining(when.classification ?? []));
      for (const wanted of [when.serviceDown, when.serviceDegraded]) {
        expect(services).toEqual(expect.arrayContaining(Array.isArray(wanted) ? wanted : []));
      }
    }
  });

  it('calls clinical every service whose loss is rated SEV1 or SEV2', () => {
    for (const { code, clinical } of taxonomy.services) {
      const { level } = rateSeverity({ services: [{ service: code, status: 'down' }] }, severity);
      expect(['SEV1', 'SEV2'].includes(level)).toBe(clinical);
    }
  });
});
