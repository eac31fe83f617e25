import { useState } from 'preact/hooks';
import { go } from '../app/routes';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { faultOfRoomName } from './roomName';

/** Asks for a room's name, and goes there. */
export function JoinRoom({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [touched, setTouched] = useState(false);
  const name = typed.trim();
  const fault = name !== '' || touched ? faultOfRoomName(name) : null;
  return (
    <Dialog title="Join a room" onClose={onClose}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          setTouched(true);
          if (faultOfRoomName(name) !== null) return;
          go({ page: 'chat', conversation: { kind: 'room', name } });
          onClose();
        }}
      >
        <Field
          label="Room"
          value={typed}
          onValue={setTyped}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          autofocus
          hint="A room is created by joining it, and is gone when its last member has left. Letters, digits and _ - . / :"
          error={fault}
        />
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Join
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
