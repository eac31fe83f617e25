import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { RobotModel } from './robotModel';

/**
 * In what a robot sends temperatures. New robots send °C. The original robots send tenths, as their sensor gives them, and
 * nothing in their messages says so; others of their dialect may send °C. So for old robots a person may say which, for
 * each robot, and the browser remembers it.
 */
const key = (service: string) => `concierge.robots.celsius.${service}`;

const sentInCelsius = new Map<string, ReturnType<typeof signal<boolean>>>();

function choice(service: string) {
  let chosen = sentInCelsius.get(service);
  if (chosen === undefined) sentInCelsius.set(service, (chosen = signal<boolean>(read(service))));
  return chosen;
}

/** Says that an old robot sends °C, or tenths of it. */
export function chooseCelsius(service: string, isCelsius: boolean): void {
  choice(service).value = isCelsius;
  try {
    localStorage.setItem(key(service), String(isCelsius));
  } catch {
    // Storage is full or forbidden: it holds as long as the page does.
  }
}

/** By what its temperatures are multiplied to be in °C; null while it isn't known which kind of robot it is. */
export function temperatureScale(model: RobotModel): ReadonlySignal<number | null> {
  return computed(() => {
    if (model.generation.value === 'unknown') return null;
    return model.generation.value === 'new' || choice(model.service).value === true ? 1 : 0.1;
  });
}

function read(service: string): boolean {
  try {
    return localStorage.getItem(key(service)) === 'true';
  } catch {
    return false;
  }
}
