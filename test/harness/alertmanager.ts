import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

/** A real Prometheus Alertmanager that posts to the desk, told of alerts as Prometheus tells it. */
export class Alertmanager {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly directory: string,
  ) {}

  /** Starts the `prometheus-alertmanager` of the system with the desk's address and key as its receiver. */
  static async start(intakeUrl: string, key: string): Promise<Alertmanager> {
    const directory = mkdtempSync(join(tmpdir(), 'codegrey-alertmanager-'));
    const port = await freePort();
    const configuration = {
      route: {
        receiver: 'codegrey',
        group_by: ['alertname'],
        group_wait: '100ms',
        group_interval: '1s',
        repeat_interval: '1s',
      },
      receivers: [
        {
          name: 'codegrey',
          webhook_configs: [
            { url: intakeUrl, http_config: { authorization: { credentials: key } }, send_resolved: true },
          ],
        },
      ],
    };
    // Its configuration is YAML, of which JSON is a part.
    writeFileSync(join(directory, 'alertmanager.yml'), JSON.stringify(configuration), { mode: 0o600 });
    const child = spawn(
      'prometheus-alertmanager',
      [
        `--config.file=${directory}/alertmanager.yml`,
        `--storage.path=${directory}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    const missing = new Promise<never>((_, reject) => child.once('error', reject));
    const alertmanager = new Alertmanager(child, `http://127.0.0.1:${port}`, directory);
    await Promise.race([missing, alertmanager.untilReady()]);
    return alertmanager;
  }

  /** Tells it that an alert fires, or, with an end in the past, that it is over. */
  async alert(labels: Record<string, string>, annotations: Record<string, string>, endsAt?: Date): Promise<void> {
    const response = await fetch(`${this.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ labels, annotations, endsAt: endsAt?.toISOString() }]),
    });
    if (!response.ok) throw new Error(`Alertmanager: ${response.status} ${await response.text()}`);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
    rmSync(this.directory, { recursive: true, force: true });
  }

  private untilReady(): Promise<void> {
    return eventually(async () => {
      const response = await fetch(`${this.url}/-/ready`);
      if (!response.ok) throw new Error(`Alertmanager: ${response.status}`);
    });
  }
}
