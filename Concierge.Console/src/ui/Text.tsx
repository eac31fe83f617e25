/** Names and words of others are text, nothing else: in their own direction, whatever marks they carry, and cut where they are long. */
const longest = 200;

/** Cuts to so many UTF-16 units, without leaving half a character, and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}

/** A text of somebody else, cut at `max` (200) characters; the tooltip has up to 2,000. */
export function Text({ children, max = longest }: { children: string; max?: number }) {
  const shown = cut(children, max);
  return <bdi title={shown === children ? undefined : cut(children, 2000)}>{shown}</bdi>;
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
