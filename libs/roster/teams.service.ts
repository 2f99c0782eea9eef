import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import {
  decodeCursor,
  isId,
  newId,
  problems,
  requireVersion,
  toPage,
  UnitOfWork,
  type Page,
  type PageQuery,
  type Work,
} from '../platform/index.js';
import { rosterProblems } from './problems.js';
import type { TeamDto, TeamInputDto } from './responder.dto.js';
import { unknownMembers } from './responders.service.js';
import { EscalationPolicyRow, Team } from './roster.entity.js';
import { Roster } from './roster.service.js';

/** People who are paged together. */
@Injectable()
export class Teams {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
  ) {}

  async create(viewer: Viewer, input: TeamInputDto): Promise<TeamDto> {
    await this.refuseUnknown(input);
    return this.unitOfWork.run(async (work) => {
      const team: Team = { id: newId(), name: input.name, members: input.members, version: 1 };
      await work.manager.insert(Team, team);
      return this.tell(work, viewer, 'team.created', team);
    });
  }

  async replace(viewer: Viewer, id: string, input: TeamInputDto, expected?: number): Promise<TeamDto> {
    await this.refuseUnknown(input);
    return this.unitOfWork.run(async (work) => {
      const team = await lock(work, id);
      requireVersion(expected, team.version);
      const changed = { ...team, ...input, version: team.version + 1 };
      await work.manager.save(Team, changed);
      return this.tell(work, viewer, 'team.changed', changed);
    });
  }

  /** Throws 409 while an escalation policy goes by it. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const team = await lock(work, id);
      const policies = await work.manager.find(EscalationPolicyRow);
      const users = policies.filter(({ definition }) => JSON.stringify(definition.steps).includes(id));
      if (users.length > 0) throw rosterProblems.inUse(users.map(({ name }) => name));
      await work.manager.delete(Team, id);
      await this.tell(work, viewer, 'team.deleted', team);
    });
  }

  async get(id: string): Promise<TeamDto> {
    const team = isId(id) ? await this.dataSource.manager.findOneBy(Team, { id }) : null;
    if (!team) throw problems.notFound('team');
    return presentTeam(team);
  }

  async list(query: PageQuery): Promise<Page<TeamDto>> {
    const after = decodeCursor(query.cursor, ['id']);
    const where = after ? { id: MoreThan(after[0] ?? '') } : {};
    const rows = await this.dataSource.manager.find(Team, { where, order: { id: 'ASC' }, take: query.limit + 1 });
    return toPage(rows, query.limit, ({ id }) => [id], presentTeam);
  }

  private async refuseUnknown({ members }: TeamInputDto): Promise<void> {
    const named = members.map((responderId, index) => ({ pointer: `/members/${index}`, responderId }));
    const faults = await unknownMembers(this.dataSource.manager, named);
    if (faults.length > 0) throw problems.invalidInput(faults);
  }

  private async tell(work: Work, viewer: Viewer, type: string, team: Team): Promise<TeamDto> {
    const shown = presentTeam(team);
    await this.roster.changed(work);
    work.record({
      type,
      subject: { type: 'team', id: team.id },
      actor: actorOf(viewer),
      scope: administration,
      audience: 'administration',
      data: shown,
    });
    return shown;
  }
}

async function lock(work: Work, id: string): Promise<Team> {
  const team = isId(id)
    ? await work.manager.findOne(Team, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null;
  if (!team) throw problems.notFound('team');
  return team;
}

function presentTeam({ id, name, members, version }: Team): TeamDto {
  return { id, name, members, version };
}
