import type { ConversationId } from '../app/routes';

const key = 'concierge.joined';
const most = 50;

/** The rooms and services that a tab's person was in before the page was reloaded. */
export function recallJoined(person: string): ConversationId[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(`${key}.${person}`) ?? '[]');
    return Array.isArray(kept) ? kept.flatMap(read).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Keeps them for as long as the tab is there. */
export function keepJoined(person: string, ids: readonly ConversationId[]): void {
  try {
    sessionStorage.setItem(
      `${key}.${person}`,
      JSON.stringify(ids.slice(0, most).map(({ kind, name }) => [kind, name])),
    );
  } catch {
    // Then the rooms are joined by hand after a reload.
  }
}

function read(kept: unknown): ConversationId[] {
  if (!Array.isArray(kept)) return [];
  const [kind, name]: unknown[] = kept;
  return (kind === 'room' || kind === 'service') && typeof name === 'string' ? [{ kind, name }] : [];
}
