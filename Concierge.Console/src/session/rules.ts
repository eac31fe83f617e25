/** What a name may be (protocol, Identification), and what to call oneself where it is taken. */

const longest = 64;
const allowed = /^[\p{L}\p{Nd}_]$/u;

/** What is wrong with a name and what to do about it, or null where nothing is. */
export function faultOfName(name: string): string | null {
  const letters = [...name];
  if (letters.length === 0) return 'A name is needed: 1 to 64 letters, digits or _.';
  const wrong = letters.find((letter) => !allowed.test(letter));
  if (wrong !== undefined) {
    return /\s/.test(wrong)
      ? 'A name has no spaces: use _ instead. The nickname may have them.'
      : `A name can’t have “${wrong}”: only letters, digits and _. The nickname may have it.`;
  }
  return letters.length > longest ? `A name has at most ${longest} characters; this one has ${letters.length}.` : null;
}

/** Another name like a taken one: `ada` → `ada_2` → `ada_3`. */
export function variantOf(name: string): string {
  const [, stem = name, number = '1'] = /^(.+)_(\d{1,6})$/u.exec(name) ?? [];
  const suffix = `_${Number(number) + 1}`;
  return [...stem].slice(0, longest - suffix.length).join('') + suffix;
}

/** What is wrong with a nickname, or null. */
export function faultOfNickname(nickname: string): string | null {
  const length = [...nickname].length;
  return length > 128 ? `A nickname has at most 128 characters; this one has ${length}.` : null;
}
