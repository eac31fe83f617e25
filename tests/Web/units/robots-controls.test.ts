import { expect, test } from '@playwright/test';
import { type CommandResult, ConciergeError, type Robot, type RobotStatus } from '@concierge/client';
import { Controls } from '../../../Concierge.Console/src/robots/controls.js';
import { RobotModel } from '../../../Concierge.Console/src/robots/robotModel.js';

const status: RobotStatus = {
  uptime: 10,
  link: { connected: true, losses: 0 },
  driver: null,
  stopped: false,
  faults: [],
};

/** A robot that is there, and answers when the test does. */
function stage({ answers }: { answers: boolean }) {
  const waiting: { resolve(result: CommandResult): void; reject(error: unknown): void }[] = [];
  const asked = () => new Promise<CommandResult>((resolve, reject) => waiting.push({ resolve, reject }));
  const drive = { on: () => () => {}, hold: () => {}, release: () => {}, close: async () => {} };
  const robot = { answers, stop: asked, clearStop: asked, drive: () => drive } as unknown as Robot;
  const model = new RobotModel('robot/r1');
  model.find();
  if (answers) model.status.value = status;
  const controls = new Controls(
    { model, robot: { value: robot } },
    { value: { uuid: 'me' } } as never,
    {
      value: true,
    } as never,
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const ok: CommandResult = { ok: true, error: null, from: answers ? 'robot' : 'concierge' };
  return { controls, model, waiting, settle, ok };
}

test('a stop that comes after a release is not undone by the release’s answer', async () => {
  const { controls, waiting, settle, ok } = stage({ answers: false });
  controls.stop();
  waiting[0]?.resolve(ok);
  await settle();
  controls.clearStop();
  controls.stop();
  waiting[1]?.resolve(ok);
  await settle();

  expect(controls.isStopped.value).toBe(true);
  expect(controls.stopping.value).toEqual({ what: 'stop', phase: 'sending' });
  controls.driving.hold('stick', { m1: 10 });
  expect(controls.driving.held.value).toBeNull();
  controls.close();
});

test('a stop that failed stays said, whatever comes of the link, until it is driven or says that it is stopped', async () => {
  for (const end of ['driven', 'stopped'] as const) {
    const { controls, model, waiting, settle } = stage({ answers: true });
    controls.stop();
    waiting[0]?.reject(new ConciergeError('The link broke.'));
    await settle();
    model.presence.value = 'gone';
    model.presence.value = 'there';
    expect(controls.stopping.value).toMatchObject({ what: 'stop', phase: 'failed', error: 'The link broke.' });

    if (end === 'driven') controls.driving.hold('stick', { m1: 10 });
    else model.status.value = { ...status, stopped: true };
    expect(controls.stopping.value).toBeNull();
    controls.close();
  }
});

test('only a robot that says that it is stopped is called so', async () => {
  const old = stage({ answers: false });
  old.controls.stop();
  old.waiting[0]?.resolve(old.ok);
  await old.settle();
  expect(old.controls.obstacle.value?.kind).toBe('stopped');
  expect(old.controls.stopNote).toMatch(/^Told to stop/);
  old.controls.close();

  const { controls, model } = stage({ answers: true });
  model.status.value = { ...status, stopped: true };
  expect(controls.stopNote).toMatch(/^Stopped\./);
  controls.close();
});
