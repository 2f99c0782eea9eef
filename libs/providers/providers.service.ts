import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type FindOptionsWhere } from 'typeorm';
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
  type Page,
  type Work,
} from '../platform/index.js';
import { Provider } from './provider.entity.js';
import type { CreateProviderDto, ProviderDto, ProviderQuery, UpdateProviderDto } from './provider.dto.js';

const rememberedForMs = 5_000;
const mostRemembered = 5_000;

/** Hospitals and other healthcare providers. */
@Injectable()
export class Providers {
  private readonly remembered = new Map<string, { provider: Provider; untilMs: number }>();

  constructor(
    @InjectRepository(Provider) private readonly repository: Repository<Provider>,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The provider with this id, or null. Remembered for 5 s, since every request for help asks. */
  async find(id: string): Promise<Provider | null> {
    const known = this.remembered.get(id);
    if (known && known.untilMs > Clock.processTimeMs()) return known.provider;
    const provider = isId(id) ? await this.repository.findOneBy({ id }) : null;
    if (!provider) return null;
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    this.remembered.set(id, { provider, untilMs: Clock.processTimeMs() + rememberedForMs });
    return provider;
  }

  async create(viewer: Viewer, input: CreateProviderDto): Promise<ProviderDto> {
    const provider: Provider = {
      id: newId(),
      name: input.name,
      country: input.country.toUpperCase(),
      region: input.region ?? null,
      timeZone: input.timeZone,
      kind: input.kind,
      languages: input.languages ?? [],
      contacts: input.contacts ?? [],
      products: input.products ?? [],
      createdAt: this.clock.now(),
      version: 1,
    };
    await this.unitOfWork.run(async (work) => {
      await work.manager.insert(Provider, provider);
      tell(work, viewer, 'provider.created', provider);
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
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      const changed: Provider = { ...provider, ...given, version: provider.version + 1 };
      await work.manager.save(Provider, changed);
      tell(work, viewer, 'provider.changed', changed);
      return changed;
    });
    this.remembered.delete(id);
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
    builder.where(visibleProviders(viewer));
    if (viewer.countries) builder.andWhere('provider.country = ANY(:jurisdiction)', { jurisdiction: viewer.countries });
    if (query.country) builder.andWhere('provider.country = ANY(:countries)', { countries: query.country });
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

function visibleProviders(viewer: Viewer): FindOptionsWhere<Provider> {
  return viewer.role === 'provider' ? { id: viewer.providerId ?? undefined } : {};
}

function tell(work: Work, viewer: Viewer, type: string, provider: Provider): void {
  work.record({
    type,
    subject: { type: 'provider', id: provider.id },
    actor: actorOf(viewer),
    scope: administration,
    audience: 'administration',
    data: presentProvider(provider),
  });
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
