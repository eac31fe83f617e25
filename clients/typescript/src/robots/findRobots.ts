import type { ConciergeClient } from '../client.js';
import type { ServiceInfo } from '../infos.js';

/** A robot that is there. */
export interface RobotInfo {
  readonly id: string;
  /** What it is called: its service's nickname, or its id. */
  readonly name: string;
  /** Its service's name, `robot/ID` or `ros/ID`. */
  readonly service: string;
  /** `ros` for a device of the ROS dialect, which has readings and takes topics, but no commands. */
  readonly kind: 'robot' | 'ros';
}

const service = /^(robot|ros)\/(.+)$/su;

/** Asks which robots there are, ordered by id. */
export async function findRobots(client: ConciergeClient): Promise<RobotInfo[]> {
  const robots = (await client.fetchServices()).flatMap((found) => robotOf(found) ?? []);
  return robots.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
}

/** The robot that a service is; null where it is none. */
export function robotOf({ name, nickname }: Pick<ServiceInfo, 'name' | 'nickname'>): RobotInfo | null {
  const [, kind, id] = service.exec(name) ?? [];
  if (id === undefined) return null;
  return { id, name: nickname ?? id, service: name, kind: kind === 'ros' ? 'ros' : 'robot' };
}
