import { useState } from 'preact/hooks';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Json } from '../ui/Json';
import { cut, Name } from '../ui/Text';
import type { Author, Content } from './content';
import type { Message } from './conversation';
import { dayOf, hourOf, startsDay, wholeTimeOf } from '../ui/times';

interface MessageViewProps {
  message: Message;
  /** The one above it in its block, if any. */
  before: Message | undefined;
  onAgain: (message: Message) => void;
}

/** A message: when, who, what. What the same person says next goes on below, without the name. */
export function MessageView({ message, before, onAgain }: MessageViewProps) {
  const { author, content, at } = message;
  // A block's first message has the day above the block, and its author's name.
  const newDay = before !== undefined && startsDay(before, message);
  const goesOn = before !== undefined && !newDay && continues(before, message);
  return (
    <>
      {newDay && <Day at={at} />}
      <li
        class={`message ${goesOn ? 'message-goes-on' : ''} ${message.isOwn ? 'message-own' : ''} ${content.kind === 'status' ? 'message-note' : ''} message-${message.state ?? 'there'}`}
      >
        <time class="message-time" dateTime={new Date(at).toISOString()} title={wholeTimeOf(at)}>
          {hourOf(at)}
        </time>
        <div class="message-body">
          {!goesOn && content.kind !== 'status' && <AuthorLine author={author} />}
          <Said content={content} />
          {message.state === 'pending' && <p class="message-state">Sending…</p>}
          {message.state === 'failed' && (
            <div class="message-state message-fault" role="alert">
              <Icon name="alert" size={18} />
              <span class="fill">Not sent: {message.fault}</span>
              <Button onClick={() => onAgain(message)}>Send again</Button>
            </div>
          )}
        </div>
      </li>
    </>
  );
}

/** The line between two days. */
export function Day({ at }: { at: number }) {
  return (
    <li class="message-day">
      <span>{dayOf(at)}</span>
    </li>
  );
}

function AuthorLine({ author }: { author: Author }) {
  return (
    <p class="message-author">
      <strong class={`who who-${hueOf(author.name)}`}>
        <Name of={author} />
      </strong>
      {author.isOperator && <Badge tone="warn">operator</Badge>}
    </p>
  );
}

function Said({ content }: { content: Content }) {
  switch (content.kind) {
    case 'text':
      return <Words text={content.text} />;
    case 'status':
      return (
        <p class="message-status">
          <bdi>{cut(content.text, 500)}</bdi>
        </p>
      );
    case 'json':
      return <Json value={content.value} />;
  }
}

const longest = 1000;
const mostLines = 15;

// What is very long is shown as far as the eye takes it in; the rest is a click away, and out of the page's way until then.
function Words({ text }: { text: string }) {
  const [all, showAll] = useState(false);
  const shown = all ? text : excerptOf(text);
  return (
    <>
      <p class="message-text">
        <bdi>{shown}</bdi>
      </p>
      {shown.length < text.length && (
        <Button class="message-more" onClick={() => showAll(true)}>
          Show all {text.length.toLocaleString()} characters
        </Button>
      )}
    </>
  );
}

function excerptOf(text: string): string {
  let end = -1;
  for (let line = 0; line < mostLines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) break;
  }
  return cut(end < 0 ? text : text.slice(0, end), longest);
}

function continues(before: Message, { author, content, at }: Message): boolean {
  return (
    content.kind !== 'status' &&
    before.content.kind !== 'status' &&
    before.author.name === author.name &&
    before.author.nickname === author.nickname &&
    before.author.isOperator === author.isOperator &&
    at - before.at < 5 * 60_000
  );
}

/** One of six hues for a name: always the same one. */
function hueOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < Math.min(name.length, 64); i++) hash = (hash * 31 + name.charCodeAt(i)) | 0;
  return (hash >>> 0) % 6;
}
