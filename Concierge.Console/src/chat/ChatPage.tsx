import type { ConciergeClient } from '@concierge/client';
import { useEffect } from 'preact/hooks';
import { route } from '../app/routes';
import { directoryOf } from '../directory/directory';
import { linked } from '../session/session';
import { Empty } from '../ui/Empty';
import './chat.css';
import { chatOf } from './chat';
import { ConversationView } from './ConversationView';
import { keyOf } from './conversation';
import { Sidebar } from './Sidebar';

/** Rooms, services and people to talk with, and one conversation. On phones one sees either. */
export function ChatPage({ client }: { client: ConciergeClient }) {
  const chat = chatOf(client);
  const directory = directoryOf(client);
  const here = route.value;
  const id = here.page === 'chat' ? here.conversation : null;
  const key = id && keyOf(id);
  const conversation = id && chat.find(id);

  useEffect(() => directory.watchRooms(), [directory]);
  // Whoever goes to a room or service wants to be in it.
  useEffect(() => {
    if (id && (!conversation || conversation.standing.peek() === 'out')) void chat.join(id);
  }, [chat, key, linked.value]);

  return (
    <div class={conversation ? 'chat chat-open' : 'chat'}>
      <Sidebar chat={chat} directory={directory} open={key} />
      {conversation ? (
        <ConversationView key={conversation.key} chat={chat} directory={directory} conversation={conversation} />
      ) : (
        <section class="chat-none">
          <h1 class="unseen">Chat</h1>
          <Empty icon="chat" title="Nobody to talk with yet">
            Choose a room, a service or a person on the left. A room comes into being when somebody joins it.
          </Empty>
        </section>
      )}
    </div>
  );
}
