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
import { responderFacts, whenNothingIsSaid, type ResponderFacts } from './responder-input.js';
import { Responder } from './roster.entity.js';
import { Roster } from './roster.service.js';
import type { CreateResponderDto, ResponderDto, ResponderQuery, UpdateResponderDto } from './responder.dto.js';

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
    const { conflictsWith, ...facts } = await this.checked(input);
    const responder: Responder = {
      ...whenNothingIsSaid,
      name: input.name,
      ...facts,
      id: newId(),
      createdAt: this.clock.now(),
      version: 1,
    };
    return this.unitOfWork.run(async (work) => {
      await work.manager.insert(Responder, responder);
      await writeConflicts(work, responder.id, conflictsWith ?? []);
      return this.tell(work, viewer, 'responder.created', null, presentResponder(responder, conflictsWith ?? []));
    });
  }

  /** Changes what is given, and nothing else. */
  async update(viewer: Viewer, id: string, input: UpdateResponderDto, expected?: number): Promise<ResponderDto> {
    const { conflictsWith, ...facts } = await this.checked(input);
    return this.unitOfWork.run(async (work) => {
      const responder = await lock(work, id);
      requireVersion(expected, responder.version);
      const changed: Responder = { ...responder, ...facts, version: responder.version + 1 };
      const conflicts = (await conflictsOf(work.manager, [responder.id])).get(responder.id) ?? [];
      await work.manager.save(Responder, changed);
      if (conflictsWith) await writeConflicts(work, responder.id, conflictsWith);
      const after = presentResponder(changed, conflictsWith ?? conflicts);
      return this.tell(work, viewer, 'responder.changed', presentResponder(responder, conflicts), after);
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
    if (!facts.conflictsWith) return facts;
    const known = await this.providers.findMany(facts.conflictsWith);
    const faults = facts.conflictsWith.flatMap((id, index) =>
      known.has(id) ? [] : [{ pointer: `/conflictsWith/${index}`, detail: 'is no provider' }],
    );
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

async function writeConflicts(work: Work, responderId: string, providerIds: string[]): Promise<void> {
  await work.query(
    { name: 'conflicts-clear', text: 'DELETE FROM codegrey.conflicts_of_interest WHERE principal_id = $1' },
    [responderId],
  );
  const insert = 'INSERT INTO codegrey.conflicts_of_interest (principal_id, provider_id) SELECT $1, unnest($2::uuid[])';
  await work.query({ name: 'conflicts-write', text: insert }, [responderId, providerIds]);
}

async function conflictsOf(manager: EntityManager, ids: string[]): Promise<Map<string, string[]>> {
  const rows: { id: string; providers: string[] }[] = await manager.query(
    `SELECT principal_id AS id, array_agg(provider_id::text ORDER BY provider_id) AS providers FROM codegrey.conflicts_of_interest WHERE principal_id = ANY($1::uuid[]) GROUP BY principal_id`,
    [ids],
  );
  return new Map(rows.map(({ id, providers }) => [id, providers]));
}

function presentResponder(responder: Responder, conflictsWith: string[]): ResponderDto {
  return {
    id: responder.id,
    name: responder.name,
    deskRole: responder.deskRole,
    skills: responder.skills,
    languages: responder.languages,
    countries: responder.countries,
    conflictsWith,
    maxOpenTickets: responder.maxOpenTickets,
    timeZone: responder.timeZone,
    active: responder.active,
    createdAt: responder.createdAt.toISOString(),
    version: responder.version,
  };
}
