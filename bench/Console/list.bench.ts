// What the list of robots costs the browser: 50 robots that say 10 messages a second each, all of which change what is
// shown; beside it the same page without any.
import { ConciergeClient, type Service } from '@concierge/client';
import { expect, goTo, test } from '../../tests/Web/fixtures/console.js';
import { table } from './percentiles.js';

const robots = Number(process.env.ROBOTS ?? 50);
const rate = Number(process.env.RATE ?? 10);
const seconds = Number(process.env.SECONDS ?? 10);
const rounds = Number(process.env.ROUNDS ?? 3);

test('the list of robots', async ({ programs, enter, browser }) => {
  const node = await programs.node();
  const fleet = await Promise.all(Array.from({ length: robots }, (_, i) => Pretender.start(node.url, i)));
  const page = await enter(node.http, 'bench');
  const browserSession = await browser.newBrowserCDPSession();
  const pageSession = await page.context().newCDPSession(page);
  await pageSession.send('Performance.enable');

  const rows: string[][] = [];
  for (let round = 0; round < rounds; round++) {
    await goTo(page, 'Robots');
    await expect(page.locator('.robot-row')).toHaveCount(robots);
    rows.push(await measure(`the list, ${robots} robots × ${rate}/s`));
    await goTo(page, 'Cluster');
    rows.push(await measure('another page of the console, none watched'));
  }
  const head = ['page', 'renderer, of one core', 'the browser’s other processes', 'script', 'layout and style'];
  console.log(`\n${table(head, rows)}\n`);
  await Promise.all(fleet.map((robot) => robot.close()));

  async function measure(name: string): Promise<string[]> {
    await page.waitForTimeout(2_000);
    const [before, metricsBefore, began] = [await cpu(), await metrics(), performance.now()];
    await page.waitForTimeout(seconds * 1_000);
    const [after, metricsAfter, ended] = [await cpu(), await metrics(), performance.now()];
    const share = (from: number, to: number) => `${(((to - from) / ((ended - began) / 1_000)) * 100).toFixed(1)} %`;
    return [
      name,
      share(before.renderer, after.renderer),
      share(before.others, after.others),
      share(metricsBefore.script, metricsAfter.script),
      share(metricsBefore.layout, metricsAfter.layout),
    ];
  }

  async function cpu() {
    const { processInfo } = await browserSession.send('SystemInfo.getProcessInfo');
    const of = (is: (type: string) => boolean) =>
      processInfo.filter(({ type }) => is(type)).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    return { renderer: of((type) => type === 'renderer'), others: of((type) => type !== 'renderer') };
  }

  async function metrics() {
    const values = new Map(
      (await pageSession.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
    );
    const of = (name: string) => values.get(name) ?? 0;
    return { script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') };
  }
});

/** A robot as far as the list can tell. */
class Pretender {
  #count = 0;
  readonly #timer: NodeJS.Timeout;

  private constructor(
    readonly client: ConciergeClient,
    readonly service: Service,
  ) {
    this.#timer = setInterval(() => this.#speak(), 1_000 / rate);
  }

  static async start(url: string, i: number): Promise<Pretender> {
    const client = await ConciergeClient.connect({ url, name: `robot_${i}`, presence: false });
    const service = await client.serve(`robot/${i}`, { nickname: `Rover ${i}`, onMessage() {} });
    return new Pretender(client, service);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.client.close();
  }

  #speak(): void {
    const i = this.#count++;
    const send = (type: string, data: unknown) => void this.service.broadcast({ type, data }).catch(() => {});
    const spd = i % 100;
    switch (i % 10) {
      case 0:
        return send('climate_data', { temperature: 20 + (i % 50) / 10, pressure: 101_300 + i });
      case 3:
        return send('motor_state', { m1: { dir: 'CW', spd }, m2: { dir: 'CCW', spd } });
      case 5:
        return send('status', {
          uptime: i,
          link: { connected: true, losses: 1 },
          driver: null,
          stopped: false,
          faults: [],
        });
      default:
        return send('orientation_data', { pitch: 30 * Math.sin(i / 9), roll: 40 * Math.cos(i / 7) });
    }
  }
}
