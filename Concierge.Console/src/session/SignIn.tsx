import { useEffect, useRef, useState } from 'preact/hooks';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { asksForSecret } from './node';
import { recall } from './remembered';
import { faultOfName, faultOfNickname, variantOf } from './rules';
import { phase, signIn } from './session';

/** The page before all others: who one is. What goes wrong is said at the field that changes it. */
export function SignIn() {
  const [identity, setIdentity] = useState(recall);
  const [touched, setTouched] = useState(false);
  const [secretAsked, setSecretAsked] = useState(identity.secret !== '');
  const form = useRef<HTMLFormElement>(null);
  const now = phase.value;
  const refusal = now.is === 'signed-out' ? now.refusal : null;
  const busy = now.is === 'signing-in';

  useEffect(() => void asksForSecret().then((asked) => asked && setSecretAsked(true)), []);
  useEffect(() => {
    if (refusal?.field === 'secret') setSecretAsked(true);
    if (refusal?.field) form.current?.querySelector<HTMLInputElement>(`[name=${refusal.field}]`)?.focus();
  }, [refusal, secretAsked]);

  const name = identity.name.trim();
  const enter = (as = name) => {
    setTouched(true);
    setIdentity({ ...identity, name: as });
    if (!faultOfName(as) && !faultOfNickname(identity.nickname)) void signIn({ ...identity, name: as });
  };
  // An empty field is no mistake before one has tried.
  const nameFault = name !== '' || touched ? faultOfName(name) : null;
  const variant = refusal?.taken ? variantOf(name) : null;

  return (
    <main class="sign-in">
      <form
        ref={form}
        class="sign-in-card"
        aria-labelledby="sign-in-title"
        onSubmit={(e) => {
          e.preventDefault();
          enter();
        }}
      >
        <header>
          <img src="/icon.svg" alt="" width={40} height={40} />
          <div>
            <h1 id="sign-in-title">Concierge</h1>
            <p class="muted">{location.host}</p>
          </div>
        </header>
        {refusal && refusal.field === null && <Banner tone="bad">{refusal.text}</Banner>}
        <Field
          label="Name"
          name="name"
          value={identity.name}
          onValue={(name) => setIdentity({ ...identity, name })}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          autofocus
          required
          hint="What others and robots know you by: 1 to 64 letters, digits or _."
          error={nameFault ?? (refusal?.field === 'name' && refusal.text)}
        />
        {variant && (
          <Button disabled={busy} onClick={() => enter(variant)}>
            Sign in as {variant}
          </Button>
        )}
        <Field
          label="Nickname (optional)"
          name="nickname"
          value={identity.nickname}
          onValue={(nickname) => setIdentity({ ...identity, nickname })}
          autocomplete="nickname"
          hint="What is shown beside your name. Anything goes, and you can change it later."
          error={faultOfNickname(identity.nickname)}
        />
        {secretAsked && (
          <>
            <Field
              label="Secret"
              name="secret"
              password
              value={identity.secret}
              onValue={(secret) => setIdentity({ ...identity, secret })}
              autocomplete="current-password"
              hint="This concierge lets in only those who know it."
              error={refusal?.field === 'secret' && refusal.text}
            />
            <label class="check">
              <input
                type="checkbox"
                checked={identity.keepSecret}
                onChange={(e) => setIdentity({ ...identity, keepSecret: e.currentTarget.checked })}
              />
              <span>
                Remember on this device
                <span class="field-hint"> – unencrypted, in this browser: not on a device that others use.</span>
              </span>
            </label>
          </>
        )}
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </main>
  );
}
