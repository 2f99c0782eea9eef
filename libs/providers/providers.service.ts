import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { actorOf, administration, type Viewer } from '../identity/index.js';
import {
  Clock,
  Database,
  decodeCursor,
  isId,
  newId,
  problems,
  requireVersion,
  toPage,
  UnitOfWork,
  type Page,
  type Statement,
  type Work,
} from '../platform/index.js';
import { providerFacts, whenNothingIsSaid } from './provider-input.js';
import { Provider } from './provider.entity.js';
import type { CreateProviderDto, ProviderDto, ProviderQuery, UpdateProviderDto } from './provider.dto.js';

const rememberedForMs = 5_000;
const mostRemembered = 5_000;

/** Providers by id. Index: the primary key. */
const findProviders: Statement = {
  name: 'providers-by-id',
  text: `
    SELECT id, name, country, region, time_zone AS "timeZone", kind, languages, contacts, products,
           created_at AS "createdAt", version
    FROM codegrey.providers WHERE id = ANY($1::uuid[])`,
};

interface ProviderRow extends Provider, Record<string, unknown> {}

/** Hospitals and other healthcare providers. */
@Injectable()
export class Providers {
  private readonly remembered = new Map<string, { provider: Provider; untilMs: number }>();

  constructor(
    @InjectRepository(Provider) private readonly repository: Repository<Provider>,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The provider with this id, or null. Remembered for 5 s, since every request for help asks. */
  async find(id: string): Promise<Provider | null> {
    const known = this.remembered.get(id);
    if (known && known.untilMs > Clock.processTimeMs()) return known.provider;
    const provider = (await this.findMany([id])).values().next().value;
    if (!provider) return null;
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    this.remembered.set(provider.id, { provider, untilMs: Clock.processTimeMs() + rememberedForMs });
    return provider;
  }

  /** Those of these providers that exist, by id, as they are now. */
  async findMany(ids: readonly string[]): Promise<Map<string, Provider>> {
    const wellFormed = ids.filter((id) => isId(id));
    if (wellFormed.length === 0) return new Map();
    const found = await this.database.query<ProviderRow>(findProviders, [wellFormed]);
    return new Map(found.map((provider) => [provider.id, provider]));
  }

  async create(viewer: Viewer, input: CreateProviderDto): Promise<ProviderDto> {
    const provider: Provider = {
      ...whenNothingIsSaid,
      name: input.name,
      country: input.country,
      timeZone: input.timeZone,
      kind: input.kind,
      ...providerFacts(input),
      id: newId(),
      createdAt: this.clock.now(),
      version: 1,
    };
    refuseElsewhere(viewer, provider);
    await this.unitOfWork.run(async (work) => {
      await work.manager.insert(Provider, provider);
      tell(work, viewer, 'provider.created', null, provider);
    });
    return presentProvider(provider);
  }

  /** Changes what is given, and nothing else. */
  async update(viewer: Viewer, id: string, input: UpdateProviderDto, expected?: number): Promise<ProviderDto> {
    if (!isId(id)) throw problems.notFound('provider');
    const updated = await this.unitOfWork.run(async (work) => {
      const provider = await work.manager.findOne(Provider, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!provider || !isVisible(viewer, provider)) throw problems.notFound('provider');
      requireVersion(expected, provider.version);
      const changed: Provider = { ...provider, ...providerFacts(input), version: provider.version + 1 };
      refuseElsewhere(viewer, changed);
      await work.manager.save(Provider, changed);
      tell(work, viewer, 'provider.changed', provider, changed);
      return changed;
    });
    this.remembered.delete(updated.id);
    return presentProvider(updated);
  }

  async get(viewer: Viewer, id: string): Promise<ProviderDto> {
    const provider = isId(id) ? await this.repository.findOneBy({ id }) : null;
    if (!provider || !isVisible(viewer, provider)) throw problems.notFound('provider');
    return presentProvider(provider);
  }

  /** Providers, the oldest first. Indexes: the primary key, providers_country. */
  async list(viewer: Viewer, query: ProviderQuery): Promise<Page<ProviderDto>> {
    const builder = this.repository
      .createQueryBuilder('provider')
      .orderBy('provider.id')
      .take(query.limit + 1);
    if (viewer.role === 'provider') builder.andWhere('provider.id = :own', { own: viewer.providerId });
    if (viewer.countries) builder.andWhere('provider.country = ANY(:jurisdiction)', { jurisdiction: viewer.countries });
    const countries = query.country?.map((code) => code.toUpperCase());
    if (countries) builder.andWhere('provider.country = ANY(:countries)', { countries });
    if (query.kind) builder.andWhere('provider.kind = ANY(:kinds)', { kinds: query.kind });
    if (query.q) builder.andWhere('position(lower(:part) in lower(provider.name)) > 0', { part: query.q });
    const after = decodeCursor(query.cursor, ['id']);
    if (after) builder.andWhere('provider.id > :after', { after: after[0] });
    return toPage(await builder.getMany(), query.limit, (provider) => [provider.id], presentProvider);
  }
}

/** A provider sees itself; everybody else those of their jurisdiction. */
function isVisible(viewer: Viewer, provider: Provider): boolean {
  if (viewer.role === 'provider' && provider.id !== viewer.providerId) return false;
  return viewer.countries === null || viewer.countries.includes(provider.country);
}

/** Throws 403 when the provider would lie outside the caller's jurisdiction, where they may not act. */
function refuseElsewhere(viewer: Viewer, { country }: Provider): void {
  if (viewer.countries === null || viewer.countries.includes(country)) return;
  throw problems.forbidden(`This credential acts in ${viewer.countries.join(', ')} and not in ${country}.`);
}

function tell(work: Work, viewer: Viewer, type: string, before: Provider | null, provider: Provider): void {
  work.record({
    type,
    subject: { type: 'provider', id: provider.id },
    actor: actorOf(viewer),
    scope: administration,
    audience: 'administration',
    changes: before ? differences(presentProvider(before), presentProvider(provider)) : undefined,
    data: presentProvider(provider),
  });
}

function differences(before: ProviderDto, after: ProviderDto): Record<string, { from: unknown; to: unknown }> {
  const names = Object.keys(after) as (keyof ProviderDto)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]));
}

function presentProvider(provider: Provider): ProviderDto {
  return {
    id: provider.id,
    name: provider.name,
    country: provider.country,
    region: provider.region,
    timeZone: provider.timeZone,
    kind: provider.kind,
    languages: provider.languages,
    contacts: provider.contacts,
    products: provider.products,
    createdAt: provider.createdAt.toISOString(),
    version: provider.version,
  };
}
