import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan } from 'typeorm';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import {
  decodeCursor,
  durationMs,
  isId,
  newId,
  problems,
  requireVersion,
  toPage,
  UnitOfWork,
  type Fault,
  type Page,
  type PageQuery,
  type Work,
} from '../platform/index.js';
import type { Target } from './domain/escalation-policy.js';
import { policyFaults } from './domain/validate-policy.js';
import type { EscalationPolicyDto, EscalationPolicyInputDto, TargetDto } from './escalation-policy.dto.js';
import { unknownMembers } from './responders.service.js';
import { EscalationPolicyRow, Schedule, Team } from './roster.entity.js';
import { Roster } from './roster.service.js';

const shortestWaitMs = 10_000;
const longestWaitMs = 86_400_000;

/** Who is paged, in which order. */
@Injectable()
export class EscalationPolicies {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
  ) {}

  async create(viewer: Viewer, input: EscalationPolicyInputDto): Promise<EscalationPolicyDto> {
    const policy: EscalationPolicyRow = {
      id: newId(),
      name: input.name,
      definition: await this.checked(input),
      version: 1,
    };
    return this.unitOfWork.run(async (work) => {
      await work.manager.insert(EscalationPolicyRow, policy);
      return this.tell(work, viewer, 'escalation-policy.created', policy);
    });
  }

  /** Tickets that are being paged keep the policy that they began with. */
  async replace(
    viewer: Viewer,
    id: string,
    input: EscalationPolicyInputDto,
    expected?: number,
  ): Promise<EscalationPolicyDto> {
    const definition = await this.checked(input);
    return this.unitOfWork.run(async (work) => {
      const policy = await lock(work, id);
      requireVersion(expected, policy.version);
      const changed = { ...policy, name: input.name, definition, version: policy.version + 1 };
      await work.manager.save(EscalationPolicyRow, changed);
      return this.tell(work, viewer, 'escalation-policy.changed', changed);
    });
  }

  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const policy = await lock(work, id);
      await work.manager.delete(EscalationPolicyRow, id);
      await this.tell(work, viewer, 'escalation-policy.deleted', policy);
    });
  }

  async get(id: string): Promise<EscalationPolicyDto> {
    const policy = isId(id) ? await this.dataSource.manager.findOneBy(EscalationPolicyRow, { id }) : null;
    if (!policy) throw problems.notFound('escalation policy');
    return presentPolicy(policy);
  }

  async list(query: PageQuery): Promise<Page<EscalationPolicyDto>> {
    const after = decodeCursor(query.cursor, ['id']);
    const where = after ? { id: MoreThan(after[0] ?? '') } : {};
    const rows = await this.dataSource.manager.find(EscalationPolicyRow, {
      where,
      order: { id: 'ASC' },
      take: query.limit + 1,
    });
    return toPage(rows, query.limit, ({ id }) => [id], presentPolicy);
  }

  private async checked(input: EscalationPolicyInputDto): Promise<EscalationPolicyRow['definition']> {
    const faults: Fault[] = [];
    const steps = input.steps.map((step, index) => ({
      targets: step.targets.flatMap((target, targetIndex) =>
        oneTarget(target, `/steps/${index}/targets/${targetIndex}`, faults),
      ),
      roundRobin: step.roundRobin ?? false,
      thenWait: step.thenWait,
    }));
    const { severity = [], countries = [], classification = [] } = input.appliesTo ?? {};
    const definition = { appliesTo: { severity, countries, classification }, steps, repeat: input.repeat ?? 0 };
    if (faults.length === 0)
      faults.push(
        ...policyFaults({ name: input.name, ...definition }),
        ...waitFaults(input),
        ...(await this.unknownTargets(input)),
      );
    if (faults.length > 0) throw problems.invalidInput(faults);
    return definition;
  }

  /** A policy that names what does not exist would page nobody. */
  private async unknownTargets({ steps }: EscalationPolicyInputDto): Promise<Fault[]> {
    const named = steps.flatMap((step, index) =>
      step.targets.map((target, targetIndex) => ({ target, pointer: `/steps/${index}/targets/${targetIndex}` })),
    );
    const { manager } = this.dataSource;
    const ids = (kind: 'schedule' | 'team') => named.flatMap(({ target }) => target[kind] ?? []);
    const schedules = new Set(
      (await manager.find(Schedule, { select: { id: true }, where: { id: In(ids('schedule')) } })).map(({ id }) => id),
    );
    const teams = new Set(
      (await manager.find(Team, { select: { id: true }, where: { id: In(ids('team')) } })).map(({ id }) => id),
    );
    return [
      ...named
        .filter(({ target }) => target.schedule && !schedules.has(target.schedule))
        .map(({ pointer }) => ({ pointer: `${pointer}/schedule`, detail: 'is no schedule' })),
      ...named
        .filter(({ target }) => target.team && !teams.has(target.team))
        .map(({ pointer }) => ({ pointer: `${pointer}/team`, detail: 'is no team' })),
      ...(await unknownMembers(
        manager,
        named.flatMap(({ target, pointer }) =>
          target.responder ? [{ pointer: `${pointer}/responder`, responderId: target.responder }] : [],
        ),
      )),
    ];
  }

  private async tell(
    work: Work,
    viewer: Viewer,
    type: string,
    policy: EscalationPolicyRow,
  ): Promise<EscalationPolicyDto> {
    const shown = presentPolicy(policy);
    await this.roster.changed(work);
    work.record({
      type,
      subject: { type: 'escalation-policy', id: policy.id },
      actor: actorOf(viewer),
      scope: administration,
      audience: 'administration',
      data: shown,
    });
    return shown;
  }
}

async function lock(work: Work, id: string): Promise<EscalationPolicyRow> {
  const policy = isId(id)
    ? await work.manager.findOne(EscalationPolicyRow, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null;
  if (!policy) throw problems.notFound('escalation policy');
  return policy;
}

function oneTarget(target: TargetDto, pointer: string, faults: Fault[]): Target[] {
  const given = Object.entries(target).filter(([, value]) => value !== undefined);
  if (given.length === 1) return [Object.fromEntries(given) as Target];
  faults.push({ pointer, detail: 'must have exactly one of schedule, responder, team, bestFit and role' });
  return [];
}

function waitFaults({ steps }: EscalationPolicyInputDto): Fault[] {
  return steps.flatMap(({ thenWait }, index) => {
    const pointer = `/steps/${index}/thenWait`;
    try {
      const ms = durationMs(thenWait);
      return ms >= shortestWaitMs && ms <= longestWaitMs ? [] : [{ pointer, detail: 'must be from PT10S to PT24H' }];
    } catch {
      return [];
    }
  });
}

function presentPolicy({ id, name, version, definition }: EscalationPolicyRow): EscalationPolicyDto {
  return { id, name, version, ...definition } as EscalationPolicyDto;
}
