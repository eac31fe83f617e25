/** Names and words of others are text, nothing else: in their own direction, whatever marks they carry, and cut where they are long. */
const longest = 200;

/** Cuts to so many UTF-16 units, without leaving half a character, and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}

// These turn the direction of all that follows: in a name they only serve to make it look like another.
const turners = /[\u202A-\u202E\u2066-\u2069]/g;

/** A name or short text of somebody else, cut at `max` (200) characters; the tooltip has up to 2,000. */
export function Text({ children, max = longest }: { children: string; max?: number }) {
  const text = children.replace(turners, '');
  const shown = cut(text, max);
  return <bdi title={shown === text ? undefined : cut(text, 2000)}>{shown}</bdi>;
}

/** What a client is called: its nickname, where it has one, with its name beside it. */
export function Name({ of, brief = false }: { of: { name: string; nickname: string | null }; brief?: boolean }) {
  if (of.nickname === null || of.nickname === of.name) return <Text max={64}>{of.name}</Text>;
  return (
    <>
      <Text max={64}>{of.nickname}</Text>
      {!brief && (
        <>
          {' '}
          <span class="muted small">
            <Text max={64}>{of.name}</Text>
          </span>
        </>
      )}
    </>
  );
}
