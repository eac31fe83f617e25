/** What this browser keeps between visits: who one is, and the secret only where one said so. */
export interface Identity {
  readonly name: string;
  readonly nickname: string;
  readonly secret: string;
  /** Whether the secret may be kept on this device. */
  readonly keepSecret: boolean;
}

export interface Remembered extends Identity {
  /** Whether to sign in without asking: until one signs out. */
  readonly signedIn: boolean;
}

const key = 'concierge.identity';
const nobody: Remembered = { name: '', nickname: '', secret: '', keepSecret: false, signedIn: false };

/** Who was here last. Where nothing is kept, or the browser lets nothing be, nobody. */
export function recall(): Remembered {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return nobody;
    const text = (name: string) => {
      const value: unknown = Reflect.get(kept, name);
      return typeof value === 'string' ? value : '';
    };
    const secret = text('secret');
    return {
      name: text('name'),
      nickname: text('nickname'),
      secret,
      keepSecret: secret !== '',
      signedIn: Reflect.get(kept, 'signedIn') === true,
    };
  } catch {
    return nobody;
  }
}

/** Keeps who one is for the next visit. */
export function remember({ name, nickname, secret, keepSecret }: Identity, signedIn: boolean): void {
  try {
    localStorage.setItem(key, JSON.stringify({ name, nickname, signedIn, ...(keepSecret && { secret }) }));
  } catch {
    // Private windows may keep nothing: then one is asked again.
  }
}
