import { wallTime } from '../../platform/domain/index.js';
import type { WatchFinding } from './roster-watch.js';

/** A finding of which people are to be told, with the names that it goes by. */
export interface AnnouncedFinding {
  finding: WatchFinding;
  schedules: readonly string[];
  people: readonly string[];
  /** The zone in which its times are told: that of the first schedule. */
  timeZone: string;
  recipients: readonly string[];
}

/** One notice, and who receives it. */
export interface WatchNotice {
  recipients: string[];
  subject: string;
  text: string;
}

/** More lines than that nobody reads; the watch shows them all. */
const mostLines = 20;

/** One notice for each person with all that they are to be told at once, those with the same findings together. */
export function watchNotices(announced: readonly AnnouncedFinding[]): WatchNotice[] {
  const ofPerson = new Map<string, AnnouncedFinding[]>();
  for (const finding of announced)
    for (const recipient of new Set(finding.recipients))
      ofPerson.set(recipient, [...(ofPerson.get(recipient) ?? []), finding]);
  const same = Map.groupBy(ofPerson, ([, findings]) => findings.map((finding) => announced.indexOf(finding)).join());
  return [...same.values()].map((people) => {
    const findings = people[0]![1];
    return { recipients: people.map(([recipient]) => recipient).sort(), ...told(findings) };
  });
}

function told(findings: readonly AnnouncedFinding[]): { subject: string; text: string } {
  const lines = findings.slice(0, mostLines).map(line);
  const more = findings.length - lines.length;
  const first = findings[0]!;
  return {
    subject:
      findings.length === 1
        ? `${first.schedules.join(', ')}: ${withoutStop(first.finding.reason)}`
        : `${findings.length} gaps and thin spots ahead`,
    text: [...lines, ...(more > 0 ? [`And ${more} more: the roster watch shows them all.`] : [])].join('\n'),
  };
}

function line({ finding, schedules, people, timeZone }: AnnouncedFinding): string {
  const { start, end, kind, reason } = finding;
  const when = `from ${wallTime(new Date(start), timeZone)} to ${wallTime(new Date(end), timeZone)}`;
  const who = kind === 'gap' || people.length === 0 ? '' : ` (${people.join(', ')})`;
  return `${schedules.join(', ')}, ${when}${who}: ${reason}`;
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
