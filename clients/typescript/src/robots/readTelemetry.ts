import type { CommandResult, Motors, MotorState, RobotEvents, RobotFault, RobotStatus } from './telemetry.js';

/** What a robot said: its kind, and what it says where the kind is known and it has the shape of one. */
export interface Told {
  readonly kind: string;
  readonly events: readonly RobotEvent[];
  /** An answer to a command, and to which; null for one that had no id. */
  readonly result?: { readonly id: string | null; readonly what: CommandResult };
}

/** One of the events for a kind. */
export type RobotEvent = { [K in keyof RobotEvents]: { readonly name: K; readonly event: RobotEvents[K] } }[
  'orientation' | 'climate' | 'motors' | 'status' | 'ros'];

/** Reads what may come from a new robot, an older one, or whoever else owns a service named so. @returns null where it has no type at all. */
export function readTelemetry(message: unknown): Told | null {
  if (!isObject(message) || typeof message.type !== 'string') return null;
  const kind = message.type;
  if (kind === 'command_result') {
    const result = readResult(message.data);
    return result ? { kind, events: [], result } : { kind, events: [] };
  }
  return { kind, events: readEvents(kind, message) };
}

function readEvents(kind: string, message: Fields): RobotEvent[] {
  const data = isObject(message.data) ? message.data : {};
  switch (kind) {
    case 'orientation_data':
      return isNumber(data.pitch) && isNumber(data.roll)
        ? [{ name: 'orientation', event: { pitch: data.pitch, roll: data.roll } }]
        : [];
    case 'climate_data':
      return isNumber(data.temperature) && isNumber(data.pressure)
        ? [{ name: 'climate', event: { temperature: data.temperature, pressure: data.pressure } }]
        : [];
    case 'motor_state': {
      const motors = isObject(message.data) ? readMotors(message.data) : null;
      return motors ? [{ name: 'motors', event: motors }] : [];
    }
    case 'status': {
      const status = readStatus(data);
      return status ? [{ name: 'status', event: status }] : [];
    }
    case 'ros':
      return typeof message.topic === 'string' && 'msg' in message
        ? [{ name: 'ros', event: { topic: message.topic, msg: message.msg } }]
        : [];
    case 'ros_data':
      return Array.isArray(data.data)
        ? data.data.map((msg: unknown) => ({ name: 'ros', event: { topic: null, msg } }))
        : [];
    default:
      return [];
  }
}

function readMotors(data: Fields): Motors | null {
  const motors = Object.entries(data);
  if (!motors.every(([, state]) => isMotor(state))) return null;
  // Made of entries, so that a motor called `__proto__` is one like any other.
  return Object.fromEntries(
    motors.map(([name, state]) => [name, { dir: (state as MotorState).dir, spd: (state as MotorState).spd }]),
  );
}

function isMotor(state: unknown): state is MotorState {
  return (
    isObject(state) &&
    (state.dir === 'CW' || state.dir === 'CCW') &&
    isNumber(state.spd) &&
    state.spd >= 0 &&
    state.spd <= 100
  );
}

function readStatus({ uptime, link, driver, stopped, faults }: Fields): RobotStatus | null {
  if (!isNumber(uptime) || !isObject(link) || typeof link.connected !== 'boolean' || !isNumber(link.losses))
    return null;
  if (typeof stopped !== 'boolean' || !Array.isArray(faults) || !faults.every(isFault)) return null;
  if (driver !== null && driver !== undefined && !isDriver(driver)) return null;
  return {
    uptime,
    link: { connected: link.connected, losses: link.losses },
    driver: driver ? { uuid: driver.uuid, name: driver.name, nickname: driver.nickname ?? null } : null,
    stopped,
    faults: faults.map(({ part, error, count, working }) => ({ part, error, count, working })),
  };
}

function isDriver(driver: unknown): driver is NonNullable<RobotStatus['driver']> {
  return (
    isObject(driver) &&
    typeof driver.uuid === 'string' &&
    typeof driver.name === 'string' &&
    (driver.nickname === null || driver.nickname === undefined || typeof driver.nickname === 'string')
  );
}

function isFault(fault: unknown): fault is RobotFault {
  return (
    isObject(fault) &&
    typeof fault.part === 'string' &&
    typeof fault.error === 'string' &&
    isNumber(fault.count) &&
    typeof fault.working === 'boolean'
  );
}

function readResult(data: unknown): { id: string | null; what: CommandResult } | null {
  if (!isObject(data) || typeof data.ok !== 'boolean') return null;
  const error = typeof data.error === 'string' ? data.error : null;
  const what: CommandResult = {
    ok: data.ok,
    error,
    from: 'robot',
    ...('values' in data ? { values: data.values } : {}),
  };
  return { id: typeof data.id === 'string' ? data.id : null, what };
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON has no infinities, but 1e999 reads as one. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
