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

/** Who was here last: in this tab, else in this browser. Where nothing is kept, or the browser lets nothing be, nobody. */
export function recall(): Remembered {
  try {
    return read(JSON.parse(sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? 'null'));
  } catch {
    return nobody;
  }
}

/** Keeps who one is for the next visit. Two tabs are two people: each comes back, when it is reloaded, as who it was. */
export function remember({ name, nickname, secret, keepSecret }: Identity, signedIn: boolean): void {
  const kept = JSON.stringify({ name, nickname, signedIn, ...(keepSecret && { secret }) });
  try {
    localStorage.setItem(key, kept);
    sessionStorage.setItem(key, kept);
  } catch {
    // Private windows may keep nothing: then one is asked again.
  }
}

function read(kept: unknown): Remembered {
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
}
