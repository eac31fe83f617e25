import { useEffect, useId, useRef } from 'preact/hooks';
import { linked } from '../session/session';
import { Button } from '../ui/Button';
import type { Chat } from './chat';
import type { Conversation } from './conversation';

/** The most characters of one message: far below what a frame may hold, and more than anybody reads. */
const longest = 16_000;

/** Where one types. What is typed stays in the conversation until it is sent, whatever happens to the link. */
export function Composer({ chat, conversation, to }: { chat: Chat; conversation: Conversation; to: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const note = useId();
  const text = conversation.draft.value;
  const rest = longest - text.length;
  const standing = conversation.standing.value;
  // Requests are carried out in their order: what is said while one joins comes after one has joined.
  const isIn = conversation.id.kind === 'client' || standing === 'in' || standing === 'joining';
  const ready = linked.value && isIn;
  const send = () => {
    if (!ready || rest < 0 || text.trim() === '') return;
    conversation.draft.value = '';
    chat.say(conversation, text);
    field.current?.focus();
  };
  // A phone's keyboard would cover what one came to read.
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [conversation]);

  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        class="input"
        rows={Math.min(8, text.split('\n', 8).length)}
        aria-label={`Message to ${to}`}
        aria-describedby={note}
        aria-invalid={rest < 0}
        placeholder={`Message to ${to}`}
        dir="auto"
        enterkeyhint="send"
        value={text}
        onInput={(e) => (conversation.draft.value = e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return;
          e.preventDefault();
          send();
        }}
      />
      <Button
        type="submit"
        look="primary"
        icon="send"
        label="Send"
        disabled={!ready || rest < 0 || text.trim() === ''}
      />
      <p id={note} class="composer-note" aria-live="polite">
        {rest < 0 ? (
          <span class="field-error">{(-rest).toLocaleString()} characters too many: send it in parts.</span>
        ) : !linked.value ? (
          'The link is lost. Type on: it can be sent once the link is back.'
        ) : rest < 1000 ? (
          `${rest.toLocaleString()} characters left`
        ) : (
          <span class="composer-keys">
            <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> begins a new line
          </span>
        )}
      </p>
    </form>
  );
}
