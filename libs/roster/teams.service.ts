import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import type { Viewer } from '../identity/index.js';
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
import { refuseWhileNamed } from './policy-targets.js';
import { Team } from './roster.entity.js';
import { Roster } from './roster.service.js';
import type { TeamDto, TeamInputDto, UpdateTeamDto } from './team.dto.js';
import { unknownMembers } from './unknown-members.js';

/** People who are paged together. */
@Injectable()
export class Teams {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
  ) {}

  async create(viewer: Viewer, input: TeamInputDto): Promise<TeamDto> {
    return this.unitOfWork.run(async (work) => {
      await refuseUnknown(work, input.members);
      const team: Team = { id: newId(), name: input.name, members: input.members, version: 1 };
      await work.manager.insert(Team, team);
      return this.tell(work, viewer, 'team.created', null, team);
    });
  }

  /** Changes what is given, and nothing else. */
  async update(viewer: Viewer, id: string, { name, members }: UpdateTeamDto, expected?: number): Promise<TeamDto> {
    return this.unitOfWork.run(async (work) => {
      const team = await lock(work, id);
      requireVersion(expected, team.version);
      if (members) await refuseUnknown(work, members);
      const changed: Team = {
        id: team.id,
        name: name ?? team.name,
        members: members ?? team.members,
        version: team.version + 1,
      };
      await work.manager.save(Team, changed);
      return this.tell(work, viewer, 'team.changed', team, changed);
    });
  }

  /** Throws 409 while an escalation policy goes by it. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const team = await lock(work, id);
      await refuseWhileNamed(work.manager, 'team', team.id);
      await work.manager.delete(Team, team.id);
      await this.tell(work, viewer, 'team.deleted', null, team);
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

  private async tell(work: Work, viewer: Viewer, type: string, before: Team | null, team: Team): Promise<TeamDto> {
    const after = presentTeam(team);
    const subject = { type: 'team', id: team.id };
    await this.roster.changed(work, viewer, { type, subject, before: before && presentTeam(before), after });
    return after;
  }
}

/** Throws 422 for each member who is not on the roster. */
async function refuseUnknown(work: Work, members: readonly string[]): Promise<void> {
  const named = members.map((responderId, index) => ({ pointer: `/members/${index}`, responderId }));
  const faults = await unknownMembers(work.manager, named);
  if (faults.length > 0) throw problems.invalidInput(faults);
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
