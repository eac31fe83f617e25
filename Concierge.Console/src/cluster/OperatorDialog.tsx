import { useId, useState } from 'preact/hooks';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Text } from '../ui/Text';
import { questionOf } from './asking';
import type { Asked, Desk } from './desk';
import type { Outcome } from './operator';

/** Asks before a command is carried out: what will happen and to how many, the message where it is one, and once the admin secret. */
export function OperatorDialog({ desk, asked: { command, concerned } }: { desk: Desk; asked: Asked }) {
  const [text, setText] = useState('');
  const [secret, setSecret] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  const message = useId();
  const question = questionOf(command, concerned);
  const isLocked = !desk.operator.unlocked.value;
  const hasText = 'text' in command;

  const carryOut = async () => {
    if (isLocked) desk.operator.unlock(secret);
    setBusy(true);
    setOutcome(await desk.carryOut(hasText ? { ...command, text } : command));
    setSecret('');
    setBusy(false);
  };

  if (outcome?.kind === 'done') {
    return (
      <Dialog title="Done" onClose={() => desk.clear()}>
        <Banner tone="ok">
          <Text>{outcome.text}</Text>
        </Banner>
        <div class="dialog-actions">
          <Button look="primary" autofocus onClick={() => desk.clear()}>
            OK
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={question.title} onClose={() => desk.clear()}>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (!isBusy) void carryOut();
        }}
      >
        <p>{question.text}</p>
        {hasText && (
          <div class="field">
            <label for={message}>Message</label>
            <textarea
              id={message}
              class="input cluster-message"
              rows={3}
              required
              autofocus
              value={text}
              onInput={(e) => setText(e.currentTarget.value)}
            />
          </div>
        )}
        {isLocked && (
          <Field
            label="Admin secret"
            password
            autocomplete="off"
            required
            autofocus={!hasText}
            hint="It is concierge.admin.secret of the node. This page keeps it until you sign out or reload."
            value={secret}
            onValue={setSecret}
          />
        )}
        {outcome && (
          <Banner tone="bad">
            <Text max={1000}>{outcome.text}</Text>
          </Banner>
        )}
        <div class="dialog-actions">
          <Button autofocus={!hasText && !isLocked} onClick={() => desk.clear()}>
            Cancel
          </Button>
          <Button type="submit" look={question.isDangerous ? 'danger' : 'primary'} disabled={isBusy}>
            {question.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
