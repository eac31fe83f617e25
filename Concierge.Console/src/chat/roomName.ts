const longest = 128;

/** What is wrong with a room's name (protocol, Information objects), and what to do about it; null where nothing is. */
export function faultOfRoomName(name: string): string | null {
  const letters = [...name];
  if (letters.length === 0) return 'Which room? For example: workshop';
  const wrong = letters.find((letter) => !/^[\p{L}\p{Nd}_\-./:]$/u.test(letter));
  if (wrong === ' ') return 'A room’s name has no spaces: use - or _ instead.';
  if (wrong !== undefined) return `A room’s name can’t have “${wrong}”: only letters, digits and _ - . / :`;
  return letters.length > longest
    ? `A room’s name has at most ${longest} characters; this one has ${letters.length}.`
    : null;
}
