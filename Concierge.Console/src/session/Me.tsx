import type { ClientInfo } from '@concierge/client';
import { useState } from 'preact/hooks';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Name, Text } from '../ui/Text';
import { faultOfNickname } from './rules';
import { linked, self, setNickname, signOut } from './session';

/** Who one is, in the bar; opens what one can change about it. */
export function Me() {
  const [open, setOpen] = useState(false);
  const me = self.value;
  if (!me) return null;
  return (
    <>
      <button
        type="button"
        class="button button-quiet row-fixed me-button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="person" />
        <span class="unseen">You: </span>
        <span class="cut">
          <Name of={me} brief />
        </span>
      </button>
      {open && <Profile me={me} onClose={() => setOpen(false)} />}
    </>
  );
}

function Profile({ me, onClose }: { me: ClientInfo; onClose: () => void }) {
  const [nickname, change] = useState(me.nickname ?? '');
  const [fault, setFault] = useState<string | null>(null);
  const save = async () => {
    try {
      await setNickname(nickname.trim());
      onClose();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog title="You" onClose={onClose}>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <p>
          You are signed in as{' '}
          <strong>
            <Text>{me.name}</Text>
          </strong>
          . The name stays as long as you do; the nickname may change.
        </p>
        <Field
          label="Nickname"
          value={nickname}
          onValue={change}
          autocomplete="nickname"
          hint="Shown beside your name, to everyone. Leave it empty to have none."
          error={faultOfNickname(nickname) ?? fault}
        />
        {!linked.value && <Banner tone="warn">The link is lost; the nickname can be changed once it is back.</Banner>}
        <div class="row">
          <Button type="submit" look="primary" disabled={!linked.value || faultOfNickname(nickname) !== null}>
            Save nickname
          </Button>
          <Button icon="leave" onClick={() => void signOut()}>
            Sign out
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
