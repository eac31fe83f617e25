import { useId, useState } from 'preact/hooks';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { questionOf } from './asking';
import type { Asked, Desk } from './desk';

/** Asks before a command is carried out: what will happen and to how many, the message where it is one, and once the admin secret. */
export function OperatorDialog({ desk, asked: { command, concerned } }: { desk: Desk; asked: Asked }) {
  const [text, setText] = useState('');
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const message = useId();
  const question = questionOf(command, concerned);
  const isLocked = !desk.operator.unlocked.value;
  const hasText = 'text' in command;

  const carryOut = async () => {
    if (isLocked) desk.operator.unlock(secret);
    setBusy(true);
    setProblem(await desk.carryOut(hasText ? { ...command, text } : command));
    setSecret('');
    setBusy(false);
  };

  return (
    <Dialog title={question.title} onClose={() => desk.cancel()}>
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
        {problem !== null && <Banner tone="bad">{problem}</Banner>}
        <div class="dialog-actions">
          <Button autofocus={!hasText && !isLocked} onClick={() => desk.cancel()}>
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
