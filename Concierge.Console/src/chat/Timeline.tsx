import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../ui/Button';
import type { Chat } from './chat';
import type { Block, Conversation } from './conversation';
import { Day, MessageView } from './MessageView';
import { startsDay } from '../ui/times';

/** As near as this to the end, in pixels, one is at the end. */
const nearEnd = 48;

/**
 * A conversation's messages. All of them are in the page, so that the browser's search and screen readers find them; blocks
 * out of sight cost no layout (`content-visibility`), and those that are complete are never rendered again. Whoever is at the
 * end stays there as more comes; whoever reads further up is left alone, and told how many are new.
 */
export function Timeline({ chat, conversation }: { chat: Chat; conversation: Conversation }) {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const toEnd = useRef(() => {});
  const blocks = conversation.blocks.value;
  const dropped = conversation.dropped.value;
  const unread = conversation.unread.value;

  useLayoutEffect(() => {
    const [element, inner] = [frame.current, content.current];
    if (!element || !inner) return;
    let atEnd = true;
    let height = 0;
    const look = () => (conversation.isWatched = atEnd && !document.hidden);
    const stay = () => {
      height = element.scrollHeight;
      if (atEnd) element.scrollTop = height;
    };
    toEnd.current = () => {
      atEnd = true;
      stay();
      look();
    };
    const scrolled = () => {
      const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
      if (rest < nearEnd) atEnd = true;
      // Where the content has changed, that moved the end away, and it is followed in this frame; else the person moved.
      else if (element.scrollHeight === height) atEnd = false;
      look();
    };
    const resized = new ResizeObserver(stay);
    resized.observe(inner);
    resized.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    document.addEventListener('visibilitychange', look);
    toEnd.current();
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', scrolled);
      document.removeEventListener('visibilitychange', look);
      conversation.isWatched = false;
    };
  }, [conversation]);

  // What one says oneself one wants to see.
  const said = conversation.said.value;
  useEffect(() => toEnd.current(), [said]);

  return (
    <div class="timeline-frame">
      <div ref={frame} class="timeline" role="log" aria-label="Messages" tabIndex={0}>
        <div ref={content} class="timeline-content">
          {dropped > 0 && (
            <p class="timeline-dropped">
              {dropped.toLocaleString()} older messages are no longer kept: the page keeps the last 10,000.
            </p>
          )}
          {blocks.map((block, index) => (
            <BlockView
              key={block.id}
              block={block}
              before={blocks[index - 1]}
              chat={chat}
              conversation={conversation}
            />
          ))}
        </div>
      </div>
      {unread > 0 && (
        <Button look="primary" icon="down" class="timeline-new" onClick={() => toEnd.current()}>
          {unread.toLocaleString()} new {unread === 1 ? 'message' : 'messages'}
        </Button>
      )}
    </div>
  );
}

interface BlockViewProps {
  block: Block;
  before: Block | undefined;
  chat: Chat;
  conversation: Conversation;
}

function BlockView({ block, before, chat, conversation }: BlockViewProps) {
  const messages = block.messages.value;
  const first = messages[0];
  const isDay = first !== undefined && startsDay(before?.messages.peek().at(-1), first);
  return useMemo(
    () => (
      <ol class="block">
        {isDay && <Day at={first.at} />}
        {messages.map((message, index) => (
          <MessageView
            key={message.id}
            message={message}
            before={messages[index - 1]}
            onAgain={(failed) => chat.sayAgain(conversation, failed)}
          />
        ))}
      </ol>
    ),
    [messages, isDay],
  );
}
