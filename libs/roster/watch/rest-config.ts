import { loadDeskConfig } from '../../platform/index.js';
import type { RestRule } from '../domain/rest.js';
import { DeskRules } from './desk-rules.js';

/** The rule of rest of this desk, and how it differs by country. */
export interface RestConfig {
  default: PersonalRestRule;
  /** By ISO 3166-1 alpha-2 code. */
  countries: ReadonlyMap<string, PersonalRestRule>;
}

/** A rule of rest, and how much work each page counts as. */
export interface PersonalRestRule extends RestRule {
  eachPageCountsMs: number;
}

interface RestTexts {
  source: string;
  onCallIs: RestRule['onCallIs'];
  betweenShifts: string;
  weeklyRest: string;
  weeklyHours: string;
  averagedOverWeeks: number;
  night: { from: string; to: string };
  nightHours: string;
  nightShift: string;
  nightsInARow: number;
  hoursInARow: string;
  eachPageCounts: string;
}

type LengthName = {
  [Name in keyof RestTexts]: string extends RestTexts[Name] ? Name : never;
}[keyof RestTexts];

interface RestFile {
  default: RestTexts;
  countries: Record<string, Partial<RestTexts>>;
}

const text = { type: 'string', minLength: 1 };
const ruleProperties = {
  source: text,
  onCallIs: { enum: ['stand-by', 'working-time'] },
  betweenShifts: text,
  weeklyRest: text,
  weeklyHours: text,
  // Article 16(b) of Directive 2003/88/EC allows four months, Article 19 a year at the very most.
  averagedOverWeeks: { type: 'integer', minimum: 1, maximum: 52 },
  night: {
    type: 'object',
    additionalProperties: false,
    required: ['from', 'to'],
    properties: { from: text, to: text },
  },
  nightHours: text,
  nightShift: text,
  nightsInARow: { type: 'integer', minimum: 1, maximum: 366 },
  hoursInARow: text,
  eachPageCounts: text,
};
const rule = { type: 'object', additionalProperties: false, properties: ruleProperties };
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['default', 'countries'],
  properties: {
    default: { ...rule, required: Object.keys(ruleProperties) },
    countries: { type: 'object', propertyNames: { pattern: '^[A-Z]{2}$' }, additionalProperties: rule },
  },
};

/** Reads `config/rest.yaml`. Throws `InvalidDeskConfig` when it cannot be used. */
export function loadRestConfig(folder?: string): RestConfig {
  const file = loadDeskConfig<RestFile>('rest', schema, folder);
  const everywhere = ruleOf(file.default, '/default');
  const countries = Object.entries(file.countries).map(([code, own]): [string, PersonalRestRule] => [
    code,
    ruleOf({ ...file.default, ...own }, `/countries/${code}`),
  ]);
  return { default: everywhere, countries: new Map(countries) };
}

function ruleOf(texts: RestTexts, place: string): PersonalRestRule {
  const rules = new DeskRules('rest');
  const ms = (name: LengthName): number => rules.duration(`${place}/${name}`, texts[name]);
  return {
    source: texts.source,
    onCallIs: texts.onCallIs,
    betweenShiftsMs: ms('betweenShifts'),
    weeklyRestMs: ms('weeklyRest'),
    weeklyHoursMs: ms('weeklyHours'),
    averagedOverWeeks: texts.averagedOverWeeks,
    night: {
      from: rules.timeOfDay(`${place}/night/from`, texts.night.from),
      to: rules.timeOfDay(`${place}/night/to`, texts.night.to),
    },
    nightHoursMs: ms('nightHours'),
    nightShiftMs: ms('nightShift'),
    nightsInARow: texts.nightsInARow,
    hoursInARowMs: ms('hoursInARow'),
    eachPageCountsMs: ms('eachPageCounts'),
  };
}
