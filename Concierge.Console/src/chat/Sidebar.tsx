import type { ServiceInfo } from '@concierge/client';
import { useState } from 'preact/hooks';
import { hrefOf, type ConversationId } from '../app/routes';
import type { Directory } from '../directory/directory';
import { self } from '../session/session';
import { Count } from '../ui/Badge';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Icon, type IconName } from '../ui/Icon';
import { Name } from '../ui/Text';
import { isForPeople, type Chat } from './chat';
import type { Conversation } from './conversation';
import { JoinRoom } from './JoinRoom';
import { NewMessage } from './NewMessage';

/** As many rooms or services as one looks through; more are found by name. */
const mostShown = 100;

interface SidebarProps {
  chat: Chat;
  directory: Directory;
  /** The key of the conversation that is open, or null. */
  open: string | null;
}

/** With whom one talks, and could talk: what one takes part in first, then what else there is. */
export function Sidebar({ chat, directory, open }: SidebarProps) {
  const [asking, ask] = useState<'room' | 'person' | null>(null);
  const conversations = [...chat.conversations.value.values()];
  const of = (kind: ConversationId['kind']) => conversations.filter(({ id }) => id.kind === kind);
  const rooms = others([...directory.rooms.value.values()], of('room'));
  const services = others([...directory.services.value.values()].filter(canSubscribe), of('service'));

  return (
    <nav class="chat-side" aria-label="Conversations">
      {directory.fault.value !== null && (
        <Banner tone="warn" action={<Button onClick={() => void directory.refresh()}>Try again</Button>}>
          The lists may be out of date: {directory.fault.value}
        </Banner>
      )}
      {of('everyone').map((one) => (
        <ul class="list">
          <Item key={one.key} conversation={one} open={open} icon="megaphone" label="Announcements" />
        </ul>
      ))}

      <section>
        <header class="list-heading">
          <h2>Rooms</h2>
          <Button look="quiet" icon="add" label="Join or create a room" onClick={() => ask('room')} />
        </header>
        <ul class="list">
          {of('room').map((one) => (
            <Item key={one.key} conversation={one} open={open} icon="room" />
          ))}
          {rooms.slice(0, mostShown).map(({ name, members }) => (
            <Offer key={name} id={{ kind: 'room', name }} icon="room" count={members.length} />
          ))}
        </ul>
        {rooms.length > mostShown && <p class="chat-hint">And {rooms.length - mostShown} more: join them by name.</p>}
        {rooms.length + of('room').length === 0 && (
          <p class="chat-hint">No rooms yet. Join one by name: that creates it.</p>
        )}
      </section>

      <section>
        <header class="list-heading">
          <h2>Services</h2>
        </header>
        <ul class="list">
          {of('service').map((one) => (
            <Item
              key={one.key}
              conversation={one}
              open={open}
              icon="service"
              label={directory.services.value.get(one.id.name)?.nickname}
            />
          ))}
          {services.slice(0, mostShown).map(({ name, nickname }) => (
            <Offer key={name} id={{ kind: 'service', name }} icon="service" label={nickname} />
          ))}
        </ul>
        {services.length > mostShown && <p class="chat-hint">And {services.length - mostShown} more.</p>}
        {services.length + of('service').length === 0 && (
          <p class="chat-hint">No chat service is running. Rooms need none.</p>
        )}
      </section>

      <section>
        <header class="list-heading">
          <h2>Direct messages</h2>
          <Button look="quiet" icon="add" label="Message a person" onClick={() => ask('person')} />
        </header>
        <ul class="list">
          {of('client').map((one) => (
            <Item
              key={one.key}
              conversation={one}
              open={open}
              icon="person"
              label={directory.named(one.id.name)?.nickname}
            />
          ))}
        </ul>
        {of('client').length === 0 && <p class="chat-hint">None yet. Choose somebody in a room, or with +.</p>}
      </section>

      {asking === 'room' && <JoinRoom onClose={() => ask(null)} />}
      {asking === 'person' && <NewMessage directory={directory} onClose={() => ask(null)} />}
    </nav>
  );
}

interface ItemProps {
  conversation: Conversation;
  open: string | null;
  icon: IconName;
  label?: string | null | undefined;
}

function Item({ conversation, open, icon, label }: ItemProps) {
  const { id, key, unread, standing } = conversation;
  const isOpen = key === open;
  return (
    <li>
      <a class="list-item" href={hrefOf({ page: 'chat', conversation: id })} aria-current={isOpen ? 'page' : undefined}>
        <Icon name={icon} size={18} />
        <span class="cut fill">
          {id.kind === 'everyone' ? label : <Name of={{ name: id.name, nickname: label ?? null }} />}
        </span>
        {standing.value === 'gone' && <span class="muted small">gone</span>}
        {!isOpen && <Count of={unread.value === 1 ? 'unread message' : 'unread messages'} value={unread.value} />}
      </a>
    </li>
  );
}

function Offer({
  id,
  icon,
  label,
  count,
}: {
  id: ConversationId;
  icon: IconName;
  label?: string | null;
  count?: number;
}) {
  return (
    <li>
      <a class="list-item chat-offer" href={hrefOf({ page: 'chat', conversation: id })} title="Join">
        <Icon name={icon} size={18} />
        <span class="cut fill">
          <span class="unseen">Join </span>
          <Name of={{ name: id.name, nickname: label ?? null }} />
        </span>
        {count !== undefined && (
          <span class="muted small">
            {count}
            <span class="unseen">{count === 1 ? ' member' : ' members'}</span>
          </span>
        )}
      </a>
    </li>
  );
}

/** What one isn't in, by name. */
function others<T extends { name: string }>(all: T[], known: Conversation[]): T[] {
  const names = new Set(known.map(({ id }) => id.name));
  return all
    .filter(({ name }) => !names.has(name))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

function canSubscribe({ name, ownerUuid }: ServiceInfo): boolean {
  return isForPeople(name) && ownerUuid !== self.value?.uuid;
}
