import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/Button';
import { Text } from '../ui/Text';
import type { Controls } from './controls';
import type { RobotModel } from './robotModel';

/** The longest text that a robot takes, in characters. */
const longest = 1_024;

/** What the robot says, and what is said to it. */
export function Messages({ model, controls }: { model: RobotModel; controls: Controls }) {
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const entries = model.log.value;
  useEffect(() => list.current?.scrollTo({ top: list.current.scrollHeight }), [entries]);
  const saying = controls.saying.value;
  const isHere = model.presence.value === 'there' && controls.obstacle.value?.kind !== 'offline';
  return (
    <section class="card messages" aria-labelledby="messages-title">
      <h2 id="messages-title">Messages</h2>
      {entries.length === 0 ? (
        <p class="muted">Nothing was said yet. What you send appears in the robot’s log.</p>
      ) : (
        <div ref={list} class="said" role="log" tabIndex={0} aria-label="Messages">
          <ul class="list">
            {entries.map(({ number, from, text: said, at }) => (
              <li key={number}>
                <span class="muted small">
                  {at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })}{' '}
                  {from === 'you' ? 'You' : 'Robot'}
                </span>{' '}
                <Text max={1_000}>{said}</Text>
              </li>
            ))}
          </ul>
        </div>
      )}
      <form
        class="row row-fixed"
        onSubmit={(e) => {
          e.preventDefault();
          if (text.trim() === '') return;
          controls.say(text);
          setText('');
        }}
      >
        <input
          class="input fill"
          aria-label="Message to the robot"
          placeholder="Say something to the robot"
          maxLength={longest}
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
        />
        <Button type="submit" icon="send" disabled={!isHere}>
          Send
        </Button>
      </form>
      <p class="small muted" role="status">
        {saying?.phase === 'failed'
          ? `Not sent: ${saying.error ?? ''}`
          : saying?.phase === 'done'
            ? 'The robot has it.'
            : saying?.phase === 'sent'
              ? 'Sent.'
              : ''}
      </p>
    </section>
  );
}
