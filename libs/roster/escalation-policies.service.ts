import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import type { Viewer } from '../identity/index.js';
import {
  Database,
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
import type { WorstPath } from './domain/worst-path.js';
import type { EscalationPolicyDto, EscalationPolicyInputDto } from './escalation-policy.dto.js';
import { policyDefinition } from './policy-definition.js';
import { standingsOf, type PolicyStanding } from './policy-standings.sql.js';
import { unknownTargets } from './policy-targets.js';
import { PolicyTests } from './policy-tests.service.js';
import { PolicyWatch } from './policy-watch.service.js';
import { presentWorstPath } from './present-worst-path.js';
import { rosterProblems } from './problems.js';
import { EscalationPolicyRow } from './roster.entity.js';
import { Roster } from './roster.service.js';
import type { WorstPathDto } from './worst-path.dto.js';

/** Who is paged, in which order. */
@Injectable()
export class EscalationPolicies {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
    private readonly tests: PolicyTests,
    private readonly watch: PolicyWatch,
  ) {}

  /** What a policy that is not saved would come to at the worst. One that could end in silence is shown, and not refused. */
  async preview(input: EscalationPolicyInputDto): Promise<WorstPathDto> {
    return this.unitOfWork.run(async (work) => {
      const definition = await checkedDefinition(work, input);
      const [path] = await this.tests.worstPaths(work, [definition]);
      return presentWorstPath(path!);
    });
  }

  /** Throws 422 when it could end in silence. */
  async create(viewer: Viewer, input: EscalationPolicyInputDto): Promise<EscalationPolicyDto> {
    return this.unitOfWork.run(async (work) => {
      const definition = await checkedDefinition(work, input);
      const path = await this.refuseSilence(work, definition);
      const policy: EscalationPolicyRow = { id: newId(), name: input.name, definition, version: 1 };
      await work.manager.insert(EscalationPolicyRow, policy);
      await this.tell(work, viewer, 'escalation-policy.created', null, policy);
      return presentPolicy(policy, await this.watch.found(work, viewer, policy, path));
    });
  }

  /** Throws 422 when it could end in silence. Tickets that are being paged keep the policy that they began with. */
  async replace(
    viewer: Viewer,
    id: string,
    input: EscalationPolicyInputDto,
    expected?: number,
  ): Promise<EscalationPolicyDto> {
    return this.unitOfWork.run(async (work) => {
      const policy = await lock(work, id);
      requireVersion(expected, policy.version);
      const definition = await checkedDefinition(work, input);
      const path = await this.refuseSilence(work, definition);
      const changed = { ...policy, name: input.name, definition, version: policy.version + 1 };
      await work.manager.save(EscalationPolicyRow, changed);
      await this.tell(work, viewer, 'escalation-policy.changed', policy, changed);
      return presentPolicy(changed, await this.watch.found(work, viewer, changed, path));
    });
  }

  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      const policy = await lock(work, id);
      await work.manager.delete(EscalationPolicyRow, id);
      await this.tell(work, viewer, 'escalation-policy.deleted', null, policy);
    });
  }

  async get(id: string): Promise<EscalationPolicyDto> {
    const policy = isId(id) ? await this.dataSource.manager.findOneBy(EscalationPolicyRow, { id }) : null;
    if (!policy) throw problems.notFound('escalation policy');
    return presentPolicy(policy, (await standingsOf(this.database, [id])).get(id));
  }

  async list(query: PageQuery): Promise<Page<EscalationPolicyDto>> {
    const after = decodeCursor(query.cursor, ['id']);
    const where = after ? { id: MoreThan(after[0] ?? '') } : {};
    const rows = await this.dataSource.manager.find(EscalationPolicyRow, {
      where,
      order: { id: 'ASC' },
      take: query.limit + 1,
    });
    const standings = await standingsOf(
      this.database,
      rows.map(({ id }) => id),
    );
    return toPage(
      rows,
      query.limit,
      ({ id }) => [id],
      (row) => presentPolicy(row, standings.get(row.id)),
    );
  }

  private async refuseSilence(work: Work, definition: EscalationPolicyRow['definition']): Promise<WorstPath> {
    const [path] = await this.tests.worstPaths(work, [definition]);
    if (path!.lastResort !== null) return path!;
    const silences = path!.silences.map((detail) => ({ pointer: '/steps', detail }));
    throw rosterProblems.couldEndInSilence([...path!.steps.flatMap(({ weaknesses }) => weaknesses), ...silences]);
  }

  private async tell(
    work: Work,
    viewer: Viewer,
    type: string,
    before: EscalationPolicyRow | null,
    policy: EscalationPolicyRow,
  ): Promise<void> {
    await this.roster.changed(work, viewer, {
      type,
      subject: { type: 'escalation-policy', id: policy.id },
      before: before && presentDefinition(before),
      after: presentDefinition(policy),
    });
  }
}

/** The definition as it is kept. Throws 422 with every fault in it; what it names cannot be deleted before it is kept. */
async function checkedDefinition(
  work: Work,
  input: EscalationPolicyInputDto,
): Promise<EscalationPolicyRow['definition']> {
  const { definition, faults } = policyDefinition(input);
  faults.push(...(await unknownTargets(work.manager, definition.steps)));
  if (faults.length > 0) throw problems.invalidInput(faults);
  return definition;
}

async function lock(work: Work, id: string): Promise<EscalationPolicyRow> {
  const policy = isId(id)
    ? await work.manager.findOne(EscalationPolicyRow, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null;
  if (!policy) throw problems.notFound('escalation policy');
  return policy;
}

function presentDefinition({ id, name, version, definition }: EscalationPolicyRow) {
  return { id, name, version, ...definition };
}

function presentPolicy(policy: EscalationPolicyRow, standing: PolicyStanding | undefined): EscalationPolicyDto {
  return {
    ...(presentDefinition(policy) as Omit<EscalationPolicyDto, 'worstPath' | 'silentSince'>),
    worstPath: standing ? presentWorstPath(standing.worstPath) : null,
    silentSince: standing?.silentSince?.toISOString() ?? null,
  };
}
