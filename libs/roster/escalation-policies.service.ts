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
import type { EscalationPolicyDto, EscalationPolicyInputDto } from './escalation-policy.dto.js';
import { policyDefinition } from './policy-definition.js';
import { unknownTargets } from './policy-targets.js';
import { EscalationPolicyRow } from './roster.entity.js';
import { Roster } from './roster.service.js';

/** Who is paged, in which order. */
@Injectable()
export class EscalationPolicies {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly roster: Roster,
  ) {}

  async create(viewer: Viewer, input: EscalationPolicyInputDto): Promise<EscalationPolicyDto> {
    return this.unitOfWork.run(async (work) => {
      const definition = await checkedDefinition(work, input);
      const policy: EscalationPolicyRow = { id: newId(), name: input.name, definition, version: 1 };
      await work.manager.insert(EscalationPolicyRow, policy);
      return this.tell(work, viewer, 'escalation-policy.created', null, policy);
    });
  }

  /** Tickets that are being paged keep the policy that they began with. */
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
      const changed = { ...policy, name: input.name, definition, version: policy.version + 1 };
      await work.manager.save(EscalationPolicyRow, changed);
      return this.tell(work, viewer, 'escalation-policy.changed', policy, changed);
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

  private async tell(
    work: Work,
    viewer: Viewer,
    type: string,
    before: EscalationPolicyRow | null,
    policy: EscalationPolicyRow,
  ): Promise<EscalationPolicyDto> {
    const shown = presentPolicy(policy);
    await this.roster.changed(work, viewer, {
      type,
      subject: { type: 'escalation-policy', id: policy.id },
      before: before && presentPolicy(before),
      after: shown,
    });
    return shown;
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

function presentPolicy({ id, name, version, definition }: EscalationPolicyRow): EscalationPolicyDto {
  return { id, name, version, ...definition } as EscalationPolicyDto;
}
