import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import {
  Clock,
  decodeCursor,
  isId,
  newId,
  problems,
  requireVersion,
  toPage,
  UnitOfWork,
  type Fault,
  type Page,
  type Work,
} from '../platform/index.js';
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
    private readonly clock: Clock,
  ) {}

  async create(viewer: Viewer, input: CreateResponderDto): Promise<ResponderDto> {
    const responder: Responder = {
      id: newId(),
      name: input.name,
      deskRole: input.deskRole ?? 'responder',
      skills: input.skills ?? [],
      languages: input.languages ?? [],
      countries: input.countries ?? [],
      maxOpenTickets: input.maxOpenTickets ?? 3,
      timeZone: input.timeZone ?? 'UTC',
      active: true,
      createdAt: this.clock.now(),
      version: 1,
    };
    return this.unitOfWork.run(async (work) => {
      await work.manager.insert(Responder, responder);
      await writeConflicts(work, responder.id, input.conflictsWith ?? []);
      return this.tell(work, viewer, 'responder.created', responder, input.conflictsWith ?? []);
    });
  }

  /** Changes what is given, and nothing else. */
  async update(
    viewer: Viewer,
    id: string,
    { conflictsWith, ...input }: UpdateResponderDto,
    expected?: number,
  ): Promise<ResponderDto> {
    return this.unitOfWork.run(async (work) => {
      const responder = isId(id)
        ? await work.manager.findOne(Responder, { where: { id }, lock: { mode: 'pessimistic_write' } })
        : null;
      if (!responder) throw problems.notFound('responder');
      requireVersion(expected, responder.version);
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      const changed: Responder = { ...responder, ...given, version: responder.version + 1 };
      await work.manager.save(Responder, changed);
      if (conflictsWith) await writeConflicts(work, id, conflictsWith);
      const conflicts = conflictsWith ?? (await conflictsOf(work.manager, [id])).get(id) ?? [];
      return this.tell(work, viewer, 'responder.changed', changed, conflicts);
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

  private async tell(
    work: Work,
    viewer: Viewer,
    type: string,
    responder: Responder,
    conflictsWith: string[],
  ): Promise<ResponderDto> {
    const shown = presentResponder(responder, conflictsWith);
    await this.roster.changed(work);
    work.record({
      type,
      subject: { type: 'responder', id: responder.id },
      actor: actorOf(viewer),
      scope: administration,
      audience: 'administration',
      data: shown,
    });
    return shown;
  }
}

/** A fault for each of these people who is not on the roster. */
export async function unknownMembers(
  manager: EntityManager,
  named: { pointer: string; responderId: string }[],
): Promise<Fault[]> {
  const ids = [...new Set(named.map(({ responderId }) => responderId))].filter((id) => isId(id));
  const known = new Set(
    (await manager.find(Responder, { select: { id: true }, where: { id: In(ids) } })).map(({ id }) => id),
  );
  return named
    .filter(({ responderId }) => !known.has(responderId))
    .map(({ pointer }) => ({ pointer, detail: 'is nobody on the roster' }));
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
    `SELECT principal_id AS id, array_agg(provider_id::text) AS providers FROM codegrey.conflicts_of_interest WHERE principal_id = ANY($1::uuid[]) GROUP BY principal_id`,
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
