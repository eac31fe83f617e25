/** A motor: which way its shaft turns, seen from its front (CW: clockwise), and how fast, from 0 (it stands) to 100. */
export interface MotorState {
  readonly dir: 'CW' | 'CCW';
  readonly spd: number;
}

/** What motors do, by name. */
export type Motors = Readonly<Record<string, MotorState>>;

/** How a robot is: sent every few seconds, and when something in it but the uptime changes. */
export interface RobotStatus {
  /** Seconds since its program started. */
  readonly uptime: number;
  /** Its connection, and how many times it was lost since the program started. */
  readonly link: { readonly connected: boolean; readonly losses: number };
  /** The client that has control; null for nobody. */
  readonly driver: { readonly uuid: string; readonly name: string; readonly nickname: string | null } | null;
  /** Whether an emergency stop is latched. */
  readonly stopped: boolean;
  /** What has failed since the program started, how often, and whether it works again. */
  readonly faults: readonly RobotFault[];
}

/** A part of a robot that failed. */
export interface RobotFault {
  /** Which: `m1`, `led`, `barometer`, … */
  readonly part: string;
  readonly error: string;
  readonly count: number;
  readonly working: boolean;
}

/** What a robot answered to a command. A refusal is an answer, too. */
export interface CommandResult {
  /** Whether it was carried out. */
  readonly ok: boolean;
  /** Why not; null where it was. */
  readonly error: string | null;
  /** What a ROS service returned; undefined for all other commands. */
  readonly values?: unknown;
  /** `concierge` where the robot is of a kind that answers nothing: `ok` means then that the command is on its way to it. */
  readonly from: 'robot' | 'concierge';
}

/** What a robot tells, by the event's name. What hasn't the expected shape is `telemetry` only. */
export interface RobotEvents {
  /** Anything that it told, of whatever kind, before the events for its kind. `data` is the whole message, any JSON object. */
  telemetry: { readonly kind: string; readonly data: unknown };
  /** How it lies, in degrees: pitch is nose up, roll is right side down. */
  orientation: { readonly pitch: number; readonly roll: number };
  /** The air around it, in °C and Pa. Robots of the older kind send tenths of °C. */
  climate: { readonly temperature: number; readonly pressure: number };
  /** What its motors do, on every change. */
  motors: Motors;
  /** How it is. */
  status: RobotStatus;
  /** A message of a ROS topic that it passes on, or, with topic null, what a ROS device sent. */
  ros: { readonly topic: string | null; readonly msg: unknown };
  /** It refused a command that nobody waits for, such as one of {@link RobotDrive}: somebody else has control, or it is stopped. */
  refused: CommandResult;
  /** It left the concierge. */
  gone: undefined;
  /** It is there again, and watched again. */
  back: undefined;
}
