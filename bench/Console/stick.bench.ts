// How long it takes from a movement of the joystick until the simulated motor's new state is shown on the robot's page, at
// 20 movements a second; beside it the SDK alone, in Node, with the same node and robot.
import { ConciergeClient, Robot } from '@concierge/client';
import { mix } from '../../Concierge.Console/src/robots/mix.js';
import { fromPointer, reach } from '../../Concierge.Console/src/robots/stick.js';
import { expect, test } from '../../tests/Web/fixtures/console.js';
import { percentile, table } from './percentiles.js';

const interval = 50;
const movements = Number(process.env.MOVEMENTS ?? 200);
const rounds = Number(process.env.ROUNDS ?? 3);

test('joystick to motor state', async ({ programs, enter }) => {
  const node = await programs.node();
  await programs.robot(node.url, 'bench');
  const page = await enter(`${node.http}/#/robots/${encodeURIComponent('robot/bench')}`, 'bench');
  const free = () => expect(page.locator('[data-robot-driver]')).toHaveText('Free', { timeout: 15_000 });

  const [shown, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    await free();
    shown.push(...(await measurePage()));
    await free();
    bare.push(...(await measureSdk(node.url)));
  }

  const row = (name: string, times: readonly number[]) => [
    name,
    String(times.length),
    ...[0.5, 0.9, 0.99].map((part) => percentile(times, part).toFixed(1)),
  ];
  const head = ['joystick → motor state', 'movements', 'p50 ms', 'p90 ms', 'p99 ms'];
  console.log(
    `\n${table(head, [row('the page: until it is shown', shown), row('the SDK alone: until it is heard', bare)])}\n`,
  );

  async function measurePage(): Promise<number[]> {
    const pad = page.getByRole('application', { name: 'Joystick' });
    const box = await pad.boundingBox();
    if (box === null) throw new Error('There is no joystick.');
    const [x, y, radius] = [box.x + box.width / 2, box.y + box.height / 2, box.width / 2];
    await page.evaluate(watchPage);
    await page.mouse.move(x, y);
    await page.mouse.down();
    const expected: number[] = [];
    const began = performance.now();
    for (let i = 0; i < movements; i++) {
      // Up and down, so that each differs from those before it.
      const up = Math.round((0.3 + 0.6 * Math.abs(Math.sin(i * 0.9))) * radius * reach) + (i % 2) * 0.5;
      expected.push(mix(fromPointer(0, -up, radius * reach), 50).m1);
      await page.mouse.move(x, y - up);
      await pause(began + (i + 1) * interval - performance.now());
    }
    await page.mouse.up();
    await pause(300);
    const { moved, changed } = await page.evaluate(() => (window as unknown as Watched).watched);
    // The first movement is where it begins: control is taken with it.
    return moved.slice(-movements).flatMap((at, i) => {
      if (i < 2 || expected[i] === expected[i - 1]) return [];
      const next = changed.find((change) => change.at >= at && change.speed === expected[i]);
      return next === undefined ? [] : [next.at - at];
    });
  }

  async function measureSdk(url: string): Promise<number[]> {
    const client = await ConciergeClient.connect({ url, name: 'bare' });
    const heard: { speed: number; at: number }[] = [];
    const robot = await Robot.watch(client, 'bench', (it) =>
      it.on('motors', ({ m1 }) => m1 && heard.push({ speed: m1.spd, at: performance.now() })),
    );
    const drive = robot.drive({ interval });
    const times: number[] = [];
    const began = performance.now();
    for (let i = 0; i < movements; i++) {
      const speed = 20 + ((i * 7) % 31);
      const at = performance.now();
      drive.hold(speed, speed);
      await pause(began + (i + 1) * interval - performance.now());
      const next = heard.find((state) => state.at >= at && state.speed === speed);
      if (i >= 2 && next !== undefined) times.push(next.at - at);
    }
    await drive.close();
    await client.close();
    return times;
  }
});

interface Watched {
  watched: { moved: number[]; changed: { speed: number; at: number }[] };
}

/** Runs in the page: when the pointer moved, by the browser's own stamp, and when another state of the left motor was painted. */
function watchPage(): void {
  const watched: Watched['watched'] = { moved: [], changed: [] };
  const seen = window as unknown as Watched & { stop?: () => void };
  seen.stop?.();
  seen.watched = watched;
  const onMove = (e: PointerEvent) => void watched.moved.push(e.timeStamp);
  window.addEventListener('pointermove', onMove, true);
  const output = document.querySelector('[data-motor=m1]');
  if (output === null) throw new Error('There is no motor.');
  const painted = new MessageChannel();
  let speeds: number[] = [];
  painted.port1.onmessage = () => {
    // A task after the frame that it was changed in.
    for (const speed of speeds) watched.changed.push({ speed, at: performance.now() });
    speeds = [];
  };
  const observer = new MutationObserver(() => {
    const [, sign, speed] = /([▲▼])?\s*(\d+)/.exec(output.textContent ?? '') ?? [];
    speeds.push(Number(speed) * (sign === '▼' ? -1 : 1));
    painted.port2.postMessage(null);
  });
  observer.observe(output, { childList: true, characterData: true, subtree: true });
  seen.stop = () => {
    window.removeEventListener('pointermove', onMove, true);
    observer.disconnect();
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
