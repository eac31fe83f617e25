// The operator's desk: what was asked for, what has become of it, and whom it concerns.
import type { ConciergeClient } from '@concierge/client';
import { signal } from '@preact/signals';
import type { Directory } from '../directory/directory';
import type { Concerned } from './asking';
import { type Command, lineOf } from './commands';
import type { NodeFigures } from './figures';
import { Operator, type Outcome } from './operator';

/** A command that waits for the operator's word. Messages are written after that: their text is empty. */
export interface Asked {
  readonly command: Command;
  readonly concerned: Concerned;
}

export class Desk {
  readonly #client: ConciergeClient;
  readonly #directory: Directory;

  readonly operator: Operator;

  /** What is asked at the moment. */
  readonly asked = signal<Asked | null>(null);

  constructor(client: ConciergeClient, directory: Directory, operator = new Operator()) {
    this.#client = client;
    this.#directory = directory;
    this.operator = operator;
  }

  /**
   * Asks the operator, with what is known by now of those concerned.
   * @param nodes The nodes, of which a drained one says how many clients it has.
   */
  async ask(command: Command, nodes: readonly NodeFigures[] = []): Promise<void> {
    await this.#directory.refreshRooms();
    this.asked.value = { command, concerned: this.#concernedBy(command, nodes) };
  }

  /** Is done with it, or leaves it. */
  clear(): void {
    this.asked.value = null;
  }

  /** Has it carried out, or says why it can't be. Never rejects. */
  async carryOut(command: Command): Promise<Outcome> {
    const line = lineOf(command, this.#directory.rooms.peek().keys());
    if ('refused' in line) return { kind: 'refused', text: line.refused };
    const outcome = await this.operator.run(line.line);
    void this.#directory.refreshRooms();
    return outcome;
  }

  #concernedBy(command: Command, nodes: readonly NodeFigures[]): Concerned {
    switch (command.kind) {
      case 'broadcast':
      case 'reset':
        return { clients: this.#directory.clients.peek().size, self: true };
      case 'room':
      case 'disconnect-room': {
        const members = this.#directory.rooms.peek().get(command.room)?.members ?? [];
        return { clients: members.length, self: members.includes(this.#client.uuid) };
      }
      case 'client':
      case 'disconnect':
        return { clients: 1, self: command.name === this.#client.name };
      case 'drain': {
        const node = nodes.find((it) => it.id === command.id);
        return { clients: node?.clients ?? null, self: node?.self ?? false };
      }
    }
  }
}
