// The operator's commands as lines of text: parts with slashes between them. Names may have slashes, too, and the
// concierge then takes the shortest that fits: what would be read as something else is refused here.

/** A line to send, or why there is none. */
export type Line = { readonly line: string } | { readonly refused: string };

export type Command =
  | { readonly kind: 'broadcast'; readonly text: string }
  | { readonly kind: 'room'; readonly room: string; readonly text: string }
  | { readonly kind: 'client'; readonly name: string; readonly text: string }
  | { readonly kind: 'disconnect'; readonly name: string }
  | { readonly kind: 'disconnect-room'; readonly room: string }
  | { readonly kind: 'drain'; readonly id: string; readonly node: string }
  | { readonly kind: 'reset' };

/** In bytes of UTF-8, as the node has it. */
const longestLine = 64 * 1024;

/**
 * Writes a command.
 * @param rooms The rooms that there are: what stands before a slash may be one of them.
 */
export function lineOf(command: Command, rooms: Iterable<string>): Line {
  switch (command.kind) {
    case 'broadcast':
      return say('/broadcast', command.text);
    case 'room': {
      const other = roomAtStartOf(command.room, rooms);
      if (other !== null) {
        return refused(
          `This would go to the room ${other}, whose name ${command.room} begins with. ` +
            `Join ${command.room} and say it there, or message its members one by one.`,
        );
      }
      return say(`/rbroadcast/${command.room}`, command.text);
    }
    case 'client':
      return sayTo(command.name, command.text, rooms);
    case 'disconnect':
      return single('/dcUser', command.name);
    case 'disconnect-room':
      return { line: `/dcRoom/${command.room}` };
    case 'drain':
      return single('/drain', command.id);
    case 'reset':
      return { line: '/reset' };
  }
}

function sayTo(name: string, text: string, rooms: Iterable<string>): Line {
  if (name.includes('/')) return refused(`The name ${name} has a "/" in it, which a command can't express.`);
  // ROOM/MEMBER/MESSAGE is a form of this command, and wins where ROOM is one.
  const line = `${name}/${text.trim()}`;
  const room = roomAtStartOf(line, rooms);
  if (room !== null && line.indexOf('/', room.length + 1) >= 0) {
    return refused(
      `There is a room ${room}, too: what stands before the next "/" could be taken for a member of it. ` +
        'Write the message without "/".',
    );
  }
  return say(`/individual/${name}`, text);
}

function single(command: string, name: string): Line {
  return name === '' || name.includes('/')
    ? refused(`The name ${name} has a "/" in it, which a command can't express.`)
    : { line: `${command}/${name}` };
}

function say(command: string, text: string): Line {
  const message = text.trim();
  if (message === '') return refused('Write a message first.');
  const line = `${command}/${message}`;
  const size = new TextEncoder().encode(line).length;
  return size > longestLine
    ? refused(`The message is too long: a command has ${longestLine} bytes at most, and this one would have ${size}.`)
    : { line };
}

// The shortest room that the text begins with, as far as a slash.
function roomAtStartOf(text: string, rooms: Iterable<string>): string | null {
  let shortest: string | null = null;
  for (const room of rooms) {
    if (text.startsWith(`${room}/`) && (shortest === null || room.length < shortest.length)) shortest = room;
  }
  return shortest;
}

function refused(reason: string): Line {
  return { refused: reason };
}
