import type { RobotModel } from './robotModel';
import { isolated, span } from './text';

/** What a robot is doing, in a word or two. */
export interface State {
  readonly tone: 'ok' | 'warn' | 'bad' | 'accent' | 'none';
  readonly text: string;
}

const fixed = {
  offline: { tone: 'warn', text: 'Link lost' },
  looking: { tone: 'none', text: 'Looking for it' },
  gone: { tone: 'warn', text: 'Not connected' },
  unheard: { tone: 'none', text: 'Nothing heard yet' },
  stopped: { tone: 'bad', text: 'Stopped' },
  moving: { tone: 'accent', text: 'Moving' },
  standing: { tone: 'ok', text: 'Standing' },
  speaking: { tone: 'ok', text: 'Connected' },
} satisfies Record<string, State>;

/** How a robot is; reads signals, so a computed signal of it changes with them. */
export function stateOf(model: RobotModel, isLinked: boolean): State {
  if (!isLinked) return fixed.offline;
  if (model.presence.value === 'looking') return fixed.looking;
  if (model.presence.value === 'gone') return fixed.gone;
  if (model.silence.value === null) return fixed.unheard;
  if (model.isSilent.value) return { tone: 'warn', text: `Last heard ${span(model.silence.value)} ago` };
  if (model.status.value?.stopped === true) return fixed.stopped;
  if (model.isMoving.value) return fixed.moving;
  return model.motors.value.size > 0 ? fixed.standing : fixed.speaking;
}

/** Who drives it: "Free", "You drive", "Ann drives"; empty where it doesn't say. */
export function driverOf(model: RobotModel, self: string): string {
  const status = model.status.value;
  if (status === null) return '';
  if (status.driver === null) return 'Free';
  return status.driver.uuid === self
    ? 'You drive'
    : `${isolated(status.driver.nickname ?? status.driver.name, 24)} drives`;
}

/** How many of its parts don't work at the moment. */
export function faultsOf(model: RobotModel): number {
  return model.status.value?.faults.filter((fault) => !fault.working).length ?? 0;
}
