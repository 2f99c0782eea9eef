import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import {
  Clock,
  decodeCursor,
  isId,
  newId,
  problems,
  requireVersion,
  toPage,
  UnitOfWork,
  type Page,
  type Work,
} from '../platform/index.js';
import { Providers } from '../providers/index.js';
import {
  conflictsAfter,
  levelsAfter,
  responderFacts,
  whenNothingIsSaid,
  type ResponderFacts,
} from './responder-input.js';
import { Responder } from './roster.entity.js';
import { Roster } from './roster.service.js';
import type {
  ConflictDto,
  CreateResponderDto,
  ResponderDto,
  ResponderQuery,
  UpdateResponderDto,
} from './responder.dto.js';

/** The experts on the roster, and the coordinators of the desk. */
@Injectable()
export class Responders {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly providers: Providers,
    private readonly clock: Clock,
  ) {}

  async create(viewer: Viewer, input: CreateResponderDto): Promise<ResponderDto> {
    const { conflictsWith, conflicts, ...facts } = await this.checked(input);
    const responder: Responder = {
      ...whenNothingIsSaid,
      name: input.name,
      ...facts,
      id: newId(),
      createdAt: this.clock.now(),
      version: 1,
    };
    responder.skillLevels = levelsOf(whenNothingIsSaid, facts);
    const known = conflictsAfter([], { conflictsWith, conflicts }) ?? [];
    return this.unitOfWork.run(async (work) => {
      await work.manager.insert(Responder, responder);
      await writeConflicts(work, responder.id, known);
      return this.tell(work, viewer, 'responder.created', null, presentResponder(responder, known));
    });
  }

  /** Changes what is given, and nothing else. */
  async update(viewer: Viewer, id: string, input: UpdateResponderDto, expected?: number): Promise<ResponderDto> {
    const { conflictsWith, conflicts, ...facts } = await this.checked(input);
    return this.unitOfWork.run(async (work) => {
      const responder = await lock(work, id);
      requireVersion(expected, responder.version);
      const skillLevels = levelsOf(responder, facts);
      const changed: Responder = { ...responder, ...facts, skillLevels, version: responder.version + 1 };
      const before = (await conflictsOf(work.manager, [responder.id])).get(responder.id) ?? [];
      const after = conflictsAfter(before, { conflictsWith, conflicts });
      await work.manager.save(Responder, changed);
      if (after) await writeConflicts(work, responder.id, after);
      const shown = presentResponder(changed, after ?? before);
      return this.tell(work, viewer, 'responder.changed', presentResponder(responder, before), shown);
    });
  }

  /** Takes somebody off the roster. Their past stays on record, so they are not deleted. */
  deactivate(viewer: Viewer, id: string): Promise<ResponderDto> {
    return this.update(viewer, id, { active: false });
  }

  async get(id: string): Promise<ResponderDto> {
    const responder = isId(id) ? await this.dataSource.manager.findOneBy(Responder, { id }) : null;
    if (!responder) throw problems.notFound('responder');
    return presentResponder(responder, (await conflictsOf(this.dataSource.manager, [id])).get(id) ?? []);
  }

  async list(query: ResponderQuery): Promise<Page<ResponderDto>> {
    const builder = this.dataSource.manager
      .createQueryBuilder(Responder, 'responder')
      .orderBy('responder.id')
      .take(query.limit + 1);
    if (query.skill) builder.andWhere('responder.skills && :skills', { skills: query.skill });
    if (query.language) builder.andWhere('responder.languages && :languages', { languages: query.language });
    const after = decodeCursor(query.cursor, ['id']);
    if (after) builder.andWhere('responder.id > :after', { after: after[0] });
    const rows = await builder.getMany();
    const conflicts = await conflictsOf(
      this.dataSource.manager,
      rows.map(({ id }) => id),
    );
    return toPage(
      rows,
      query.limit,
      ({ id }) => [id],
      (row) => presentResponder(row, conflicts.get(row.id) ?? []),
    );
  }

  /** What the input says, as it is kept. Throws 422 for a conflict of interest with a provider that does not exist: it would guard nothing. */
  private async checked(input: UpdateResponderDto): Promise<Partial<ResponderFacts>> {
    const facts = responderFacts(input);
    const named = [
      ...(facts.conflictsWith ?? []).map((id, index) => ({ id, pointer: `/conflictsWith/${index}` })),
      ...(facts.conflicts ?? []).map(({ providerId: id }, index) => ({
        id,
        pointer: `/conflicts/${index}/providerId`,
      })),
    ];
    const known = await this.providers.findMany(named.map(({ id }) => id));
    const faults = named
      .filter(({ id }) => !known.has(id))
      .map(({ pointer }) => ({ pointer, detail: 'is no provider' }));
    if (faults.length > 0) throw problems.invalidInput(faults);
    return facts;
  }

  private async tell(
    work: Work,
    viewer: Viewer,
    type: string,
    before: ResponderDto | null,
    after: ResponderDto,
  ): Promise<ResponderDto> {
    await this.roster.changed(work, viewer, { type, subject: { type: 'responder', id: after.id }, before, after });
    return after;
  }
}

async function lock(work: Work, id: string): Promise<Responder> {
  const responder = isId(id)
    ? await work.manager.findOne(Responder, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null;
  if (!responder) throw problems.notFound('responder');
  return responder;
}

/** The levels as they are to be kept. Throws 422 for a level of a skill that they do not have. */
function levelsOf(
  before: Pick<Responder, 'skills' | 'skillLevels'>,
  facts: Partial<ResponderFacts>,
): Record<string, number> {
  const { skillLevels, withoutSkill } = levelsAfter(before, facts);
  const faults = withoutSkill.map((skill) => ({ pointer: `/skillLevels/${skill}`, detail: 'is none of their skills' }));
  if (faults.length > 0) throw problems.invalidInput(faults);
  return skillLevels;
}

async function writeConflicts(work: Work, responderId: string, conflicts: ConflictDto[]): Promise<void> {
  await work.query(
    { name: 'conflicts-clear', text: 'DELETE FROM codegrey.conflicts_of_interest WHERE principal_id = $1' },
    [responderId],
  );
  const insert = `
    INSERT INTO codegrey.conflicts_of_interest (principal_id, provider_id, kind)
    SELECT $1, "providerId", kind FROM jsonb_to_recordset($2::jsonb) AS conflict("providerId" uuid, kind text)`;
  await work.query({ name: 'conflicts-write', text: insert }, [responderId, JSON.stringify(conflicts)]);
}

async function conflictsOf(manager: EntityManager, ids: string[]): Promise<Map<string, ConflictDto[]>> {
  const rows: { id: string; conflicts: ConflictDto[] }[] = await manager.query(
    `SELECT principal_id AS id, jsonb_agg(jsonb_build_object('providerId', provider_id, 'kind', kind) ORDER BY provider_id) AS conflicts
     FROM codegrey.conflicts_of_interest WHERE principal_id = ANY($1::uuid[]) GROUP BY principal_id`,
    [ids],
  );
  return new Map(rows.map(({ id, conflicts }) => [id, conflicts]));
}

function presentResponder(responder: Responder, conflicts: ConflictDto[]): ResponderDto {
  return {
    id: responder.id,
    name: responder.name,
    deskRole: responder.deskRole,
    skills: responder.skills,
    skillLevels: responder.skillLevels,
    languages: responder.languages,
    countries: responder.countries,
    mandates: responder.mandates,
    conflictsWith: conflicts.map(({ providerId }) => providerId),
    conflicts,
    maxOpenTickets: responder.maxOpenTickets,
    timeZone: responder.timeZone,
    quietHours: responder.quietHours.map(({ from, to, days }) => ({ from, to, ...(days ? { days: [...days] } : {}) })),
    active: responder.active,
    createdAt: responder.createdAt.toISOString(),
    version: responder.version,
  };
}
