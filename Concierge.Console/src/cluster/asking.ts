// What the operator is asked before something is done: what will happen, and to how many.
import type { Command } from './commands';

/** What is known of those whom a command concerns. */
export interface Concerned {
  /** How many clients; null where it isn't known. */
  readonly clients: number | null;
  /** Whether the operator's own page is one of them. */
  readonly self: boolean;
}

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that does it. */
  readonly action: string;
  /** Whether it ends connections. */
  readonly isDangerous: boolean;
}

export function questionOf(command: Command, { clients, self }: Concerned): Question {
  const you = self ? ' This page is one of them.' : '';
  switch (command.kind) {
    case 'broadcast':
      return telling(
        'Message everybody?',
        `${count(clients)}, of every dialect and on every node, will get this message from “Server”:`,
      );
    case 'room':
      return telling(
        `Message the room ${command.room}?`,
        `${count(clients)} in it will get this message from “Server”:`,
      );
    case 'client':
      return telling(`Message ${command.name}?`, '1 client will get this message from “Server”:');
    case 'disconnect':
      return ending(
        `Disconnect ${command.name}?`,
        `1 client will be disconnected: its services end, and its files are deleted.${self ? ' It is this page.' : ''} Nothing keeps it from coming back.`,
        'Disconnect',
      );
    case 'disconnect-room':
      return ending(
        `Disconnect everybody in ${command.room}?`,
        `${count(clients)} will be disconnected: their services end, and their files are deleted.${you} Nothing keeps them from coming back.`,
        'Disconnect all',
      );
    case 'drain':
      return ending(
        `Drain ${command.node}?`,
        `The node takes no newcomers, disconnects ${count(clients).toLowerCase()}, and stops. It has to be started again where it runs.` +
          (self ? ' This page comes from that node, and stops working, too; open the one of another node.' : ''),
        'Drain and stop',
      );
    case 'reset':
      return ending(
        'Disconnect everybody?',
        `${count(clients)} of the whole cluster will be disconnected, robots among them: their services end, rooms empty, and files are deleted.${you}`,
        'Disconnect everybody',
      );
  }
}

function telling(title: string, text: string): Question {
  return { title, text, action: 'Send', isDangerous: false };
}

function ending(title: string, text: string, action: string): Question {
  return { title, text, action, isDangerous: true };
}

function count(clients: number | null): string {
  if (clients === null) return 'An unknown number of clients';
  return clients === 1 ? '1 client' : `${clients.toLocaleString('en')} clients`;
}
