import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { ApiKey, keyEntity, newKey, type Role } from '../../libs/identity/index.js';
import { demoPhoneAddress, seedContactMethod } from '../../libs/notify/index.js';
import { Clock, ENVIRONMENT, SecretBox, UnitOfWork, type Environment } from '../../libs/platform/index.js';
import { demoProviders, demoResponders } from './demo-cast.js';
import { DeskClient } from './desk-client.js';

/** Keys of the demo desk, as `demo-keys.json` holds them. */
interface DemoKeys {
  baseUrl: string;
  [name: string]: string | { key: string; id: string; providerId?: string };
}

interface Named {
  id: string;
  name: string;
}

/** Fills a new embedded desk with hospitals and people to try it with, and writes working keys for them. */
@Injectable()
export class DemoDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  private get keysFile(): string {
    return join(this.environment.dataDir, 'demo-keys.json');
  }

  /** Makes the demo desk at this address, or finds the one that was made before. */
  async prepare(baseUrl: string): Promise<void> {
    const known = this.readKeys();
    const admin = known?.admin;
    if (known && typeof admin === 'object' && (await new DeskClient(baseUrl, admin.key).isKnown())) {
      this.writeKeys({ ...known, baseUrl });
      return;
    }
    const adminKey = await this.issue('Demo administrator', 'admin');
    const desk = new DeskClient(baseUrl, adminKey.key);
    const providers = await this.providers(desk);
    const responders = await this.responders(desk);
    await this.plan(desk, responders);
    this.writeKeys({ baseUrl, admin: adminKey, ...(await this.keys(providers, responders)) });
  }

  private async keys(providers: Named[], responders: Named[]): Promise<Omit<DemoKeys, 'baseUrl'>> {
    const [first, second] = providers as [Named, Named];
    const [one, two, three] = responders as [Named, Named, Named];
    const coordinator = responders.at(-1) as Named;
    return {
      provider: { ...(await this.issue(first.name, 'provider', { providerId: first.id })), providerId: first.id },
      provider2: { ...(await this.issue(second.name, 'provider', { providerId: second.id })), providerId: second.id },
      responder: await this.issue(one.name, 'responder', { principalId: one.id }),
      responder2: await this.issue(two.name, 'responder', { principalId: two.id }),
      responder3: await this.issue(three.name, 'responder', { principalId: three.id }),
      coordinator: await this.issue(coordinator.name, 'coordinator', { principalId: coordinator.id }),
      auditor: await this.issue('Demo auditor', 'auditor'),
      integration: {
        ...(await this.issue('Demo monitoring', 'integration', { providerId: first.id })),
        providerId: first.id,
      },
    };
  }

  private async providers(desk: DeskClient): Promise<Named[]> {
    const known = await desk.list<Named>('providers');
    const found: Named[] = [];
    for (const provider of demoProviders) {
      found.push(known.find(({ name }) => name === provider.name) ?? (await desk.post<Named>('providers', provider)));
    }
    return found;
  }

  private async responders(desk: DeskClient): Promise<Named[]> {
    const known = await desk.list<Named>('responders');
    const found: Named[] = [];
    for (const [index, responder] of demoResponders.entries()) {
      const before = known.find(({ name }) => name === responder.name);
      const { id, name } = before ?? (await desk.post<Named>('responders', responder));
      if (!before)
        await this.reachable(id, responder.deskRole === 'coordinator' ? 'coordinator' : `responder${index + 1}`);
      found.push({ id, name });
    }
    return found;
  }

  /** A demo phone, and a mailbox in the demo inbox. */
  private async reachable(responderId: string, mailbox: string): Promise<void> {
    const verifiedAt = this.clock.now();
    await this.unitOfWork.run(async (work) => {
      await seedContactMethod(work, this.secrets, {
        responderId,
        channel: 'webhook',
        address: demoPhoneAddress(mailbox),
        verifiedAt,
        position: 1,
      });
      await seedContactMethod(work, this.secrets, {
        responderId,
        channel: 'email',
        address: `${mailbox}@desk.example`,
        verifiedAt,
        position: 2,
      });
    });
  }

  /** The first responder is on call from yesterday on for a week; then the turn goes round. */
  private async plan(desk: DeskClient, responders: Named[]): Promise<void> {
    if ((await desk.list('schedules')).length > 0) return;
    const [first, second, third, , fifth] = responders.map(({ id }) => id);
    const yesterday = new Date(this.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10);
    const rotation = {
      unit: 'week',
      length: 1,
      firstHandoff: `${yesterday}T08:00`,
      members: [first, fifth, third, second],
    };
    const schedule = await desk.post<Named>('schedules', {
      name: 'Demo rota',
      timeZone: 'Europe/Bucharest',
      layers: [{ name: 'Round the clock', rotation }],
    });
    await desk.post('escalation-policies', {
      name: 'Demo policy',
      steps: [
        { targets: [{ schedule: schedule.id }], thenWait: 'PT5M' },
        { targets: [{ responder: second }], thenWait: 'PT5M' },
        { targets: [{ bestFit: 3 }], thenWait: 'PT5M' },
      ],
      repeat: 1,
    });
  }

  private async issue(
    name: string,
    role: Role,
    belongs: { providerId?: string; principalId?: string } = {},
  ): Promise<{ key: string; id: string }> {
    const key = newKey();
    const entity = keyEntity(key, { name, role, ...belongs }, this.clock.now());
    await this.unitOfWork.run(async (work) => {
      await work.manager.insert(ApiKey, entity);
    });
    return { key, id: entity.principalId };
  }

  private readKeys(): DemoKeys | undefined {
    try {
      return existsSync(this.keysFile) ? (JSON.parse(readFileSync(this.keysFile, 'utf8')) as DemoKeys) : undefined;
    } catch {
      return undefined;
    }
  }

  private writeKeys(keys: DemoKeys): void {
    writeFileSync(this.keysFile, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  }
}
