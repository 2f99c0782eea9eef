import { parseArgs } from 'node:util';

/** What the replay was asked for. */
export interface DemoArguments {
  /** Desk seconds that pass in one real second while the replay is watched. */
  speed: number;
  /** Hospitals that are encrypted. */
  hospitals: number;
  /** Hospitals that are disconnected as a precaution. */
  precaution: number;
  /** Where the desk answers; left out, the address in `demo-keys.json`. */
  url: string | undefined;
  /** Where `demo-keys.json` lies. */
  dataDir: string;
  help: boolean;
}

/** The arguments cannot be used; the message says why, for the person who typed them. */
export class UsageError extends Error {}

const defaultSpeed = '240';

/** The text of `--help`. */
export const usage = `Replays the attack on Romanian hospitals of the night of 11 to 12 February 2024
against a desk.

Usage: npm run demo -- [options]

  --speed N        desk seconds per real second while the night is watched
                   (default ${defaultSpeed}); hours between two reports, in which little
                   happens, are passed over faster
  --hospitals N    hospitals encrypted by ransomware (default 25, 1 to 500)
  --precaution N   hospitals disconnected as a precaution (default 75, 0 to 500)
  --url URL        the desk (default: the address in demo-keys.json; a desk is
                   started when none answers there)
  --data-dir DIR   where demo-keys.json lies (default: CODEGREY_DATA_DIR, or
                   .codegrey)
  --help           this text

Time is moved only where the desk runs with CODEGREY_MOVABLE_CLOCK=1. It stays
moved afterwards.
`;

const options = {
  speed: { type: 'string', default: defaultSpeed },
  hospitals: { type: 'string', default: '25' },
  precaution: { type: 'string', default: '75' },
  url: { type: 'string' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the command line. Throws `UsageError` for an option that does not exist or a value that cannot be. */
export function readArguments(argv: string[], environment: NodeJS.ProcessEnv): DemoArguments {
  const values = parse(argv);
  return {
    speed: wholeNumber('--speed', values.speed, 1, 100_000),
    hospitals: wholeNumber('--hospitals', values.hospitals, 1, 500),
    precaution: wholeNumber('--precaution', values.precaution, 0, 500),
    url: values.url === undefined ? undefined : webAddress(values.url),
    dataDir: values['data-dir'] ?? environment.CODEGREY_DATA_DIR ?? '.codegrey',
    help: values.help,
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new UsageError(`${option} must be a whole number from ${least} to ${most}, not "${text}".`);
  return number;
}

function webAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`--url must be an http or https address, not "${text}".`);
  return text.replace(/\/+$/, '');
}
