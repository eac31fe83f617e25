// What a node says of itself and of the others: `GET /cluster`, read without trust.

/** How one node does. A figure is null where the node didn't answer the one that was asked. */
export interface NodeFigures {
  /** Of this run of the node: it has another when it is started again. */
  readonly id: string;
  /** What it is called; null where it never answered. Several may be called the same. */
  readonly name: string | null;
  readonly roles: readonly string[];
  readonly status: string;
  /** Whether it is the node that this page comes from. */
  readonly self: boolean;
  /** In seconds, to the millisecond. */
  readonly uptime: number | null;
  readonly connections: number | null;
  readonly clients: number | null;
  readonly services: number | null;
  readonly rooms: number | null;
  readonly messagesReceived: number | null;
  readonly messagesSent: number | null;
  readonly bytesReceived: number | null;
  readonly bytesSent: number | null;
  readonly outboxBytes: number | null;
}

export interface ClusterFigures {
  readonly node: string;
  readonly version: string;
  readonly protocol: string;
  /** Whether operators of this page can be let in: the node has an admin secret. */
  readonly admin: boolean;
  /** Whether newcomers are let in at the moment. */
  readonly ready: boolean;
  readonly nodes: readonly NodeFigures[];
}

/** More than any cluster has; a page that lists more is of no use. */
const mostNodes = 100;

/** Reads the answer, or gives null where it is something else, such as another server's. */
export function readCluster(json: unknown): ClusterFigures | null {
  if (!isRecord(json) || !Array.isArray(json.nodes)) return null;
  return {
    node: text(json.node),
    version: text(json.version),
    protocol: text(json.protocol),
    admin: json.admin === true,
    ready: json.ready === true,
    nodes: json.nodes.filter(isRecord).slice(0, mostNodes).map(readNode),
  };
}

function readNode(json: Record<string, unknown>): NodeFigures {
  return {
    id: text(json.id),
    name: typeof json.name === 'string' ? json.name : null,
    roles: Array.isArray(json.roles) ? json.roles.map(text) : [],
    status: text(json.status),
    self: json.self === true,
    uptime: count(json.uptime),
    connections: count(json.connections),
    clients: count(json.clients),
    services: count(json.services),
    rooms: count(json.rooms),
    messagesReceived: count(json.messages_received),
    messagesSent: count(json.messages_sent),
    bytesReceived: count(json.bytes_received),
    bytesSent: count(json.bytes_sent),
    outboxBytes: count(json.outbox_bytes),
  };
}

/** A figure of all nodes together; null where none of them gives it. */
export function total(nodes: readonly NodeFigures[], figure: (node: NodeFigures) => number | null): number | null {
  return nodes.reduce<number | null>((sum, node) => {
    const value = figure(node);
    return value === null ? sum : (sum ?? 0) + value;
  }, null);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
