import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import {
  Database,
  Egress,
  EgressFailed,
  EgressRefused,
  ENVIRONMENT,
  firstIdAgo,
  registry,
  type Environment,
} from '../platform/index.js';
import { escalationTimer } from './dispatcher.service.js';
import { whyWithheld, type SignsOfDeath } from './domain/heartbeat.js';
import type { HeartbeatDto } from './heartbeat.dto.js';
import { noteOutcome, readOutcome, readSigns, takeTurn, type HeartbeatOutcome } from './heartbeat.sql.js';
import { loadWatchConfig } from './watch-config.js';

/**
 * A dead man's switch: somebody outside hears regularly that the desk is alive, and raises the alarm when they no longer do. They
 * hear it only while every open ticket has a next step that is on time, so that a desk which merely looks healthy falls silent too.
 */
@Injectable()
export class Heartbeat implements OnModuleInit {
  readonly config = loadWatchConfig().heartbeat;

  constructor(
    private readonly database: Database,
    private readonly egress: Egress,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    registry.removeSingleMetric('codegrey_heartbeat_withheld');
    const withheld = () => this.withheldBecause();
    new Gauge({
      name: 'codegrey_heartbeat_withheld',
      help: 'Reasons for which the sign of life to somebody outside is withheld.',
      registers: [registry],
      async collect() {
        this.set(
          await withheld().then(
            ({ length }) => length,
            () => Number.NaN,
          ),
        );
      },
    });
  }

  /** Sends a sign of life when it is due, nobody else has, and nothing speaks against it. */
  async beat(): Promise<void> {
    const url = this.environment.heartbeatUrl;
    if (url === undefined) return;
    const [turn] = await this.database.query<{ due: boolean }>(takeTurn, [this.config.everyMs]);
    if (!turn || (await this.withheldBecause()).length > 0) return;
    await this.database.query(noteOutcome, [await this.send(url)]);
  }

  async show(): Promise<HeartbeatDto> {
    const [last] = await this.database.query<HeartbeatOutcome>(readOutcome);
    return {
      configured: this.environment.heartbeatUrl !== undefined,
      withheldBecause: await this.withheldBecause(),
      sentAt: last?.sentAt?.toISOString() ?? null,
      failedAt: last?.failedAt?.toISOString() ?? null,
      error: last?.error ?? null,
    };
  }

  private async withheldBecause(): Promise<string[]> {
    const { toleranceMs } = this.config;
    const values = [toleranceMs, firstIdAgo(toleranceMs), escalationTimer];
    const [signs] = await this.database.query<SignsOfDeath & Record<string, unknown>>(readSigns, values);
    if (!signs) throw new Error('A query without a FROM clause answered no row.');
    return whyWithheld(signs);
  }

  /** Why it was not taken, in one line without the address, which is a secret; null: it was. */
  private async send(url: string): Promise<string | null> {
    try {
      const { status } = await this.egress.request(url, { method: 'POST', headers: {}, body: '' });
      return status >= 200 && status < 300 ? null : `It answered ${status}.`;
    } catch (error) {
      if (error instanceof EgressRefused) return 'The address may not be reached from here.';
      if (error instanceof EgressFailed) return 'It did not answer.';
      throw error;
    }
  }
}
