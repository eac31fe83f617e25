import { useState } from 'preact/hooks';
import { go, hrefOf } from '../app/routes';
import type { Directory } from '../directory/directory';
import { linked } from '../session/session';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Empty';
import { Icon } from '../ui/Icon';
import { Name } from '../ui/Text';
import type { Chat } from './chat';
import { Composer } from './Composer';
import type { Conversation } from './conversation';
import { People } from './People';
import { Timeline } from './Timeline';

interface ConversationViewProps {
  chat: Chat;
  directory: Directory;
  conversation: Conversation;
}

/** A conversation: what was said, what one says, and who is there. */
export function ConversationView({ chat, directory, conversation }: ConversationViewProps) {
  const [peopleOpen, openPeople] = useState(false);
  const { kind, name } = conversation.id;
  const isShared = kind === 'room' || kind === 'service';
  const subject = { name: titleOf(conversation), nickname: nicknameOf(conversation, directory) };
  const members = conversation.members.value.size;
  const leave = () => {
    go({ page: 'chat', conversation: null }, true);
    void chat.leave(conversation);
  };
  const people = <People directory={directory} conversation={conversation} />;

  return (
    <>
      <section class="conversation" aria-label={subject.nickname ?? subject.name}>
        <header class="conversation-head">
          <a
            class="button button-quiet button-icon conversation-back"
            href={hrefOf({ page: 'chat', conversation: null })}
            aria-label="All conversations"
          >
            <Icon name="back" />
          </a>
          <h1 class="cut fill">
            <Name of={subject} />
          </h1>
          {isShared && (
            <Button look="quiet" class="conversation-people" icon="people" onClick={() => openPeople(true)}>
              {members}
              <span class="unseen">{members === 1 ? ' person is here' : ' people are here'}</span>
            </Button>
          )}
          <Button look="quiet" class="conversation-leave" icon={isShared ? 'leave' : 'close'} onClick={leave}>
            <span>{isShared ? 'Leave' : 'Close'}</span>
          </Button>
        </header>
        <Trouble chat={chat} directory={directory} conversation={conversation} />
        <div class="conversation-body">
          <Timeline chat={chat} conversation={conversation} />
          {conversation.blocks.value.length === 0 && conversation.fault.value === null && (
            <div class="conversation-empty">
              <Empty icon="chat" title="Nothing said yet">
                {beginning(conversation)}
              </Empty>
            </div>
          )}
        </div>
        {kind === 'everyone' ? (
          <p class="composer-none muted">
            What the operator, or a program, says to everyone. It can’t be answered here.
          </p>
        ) : (
          <Composer chat={chat} conversation={conversation} to={subject.nickname ?? name} />
        )}
      </section>
      {isShared && (
        <aside class="chat-people" aria-label="Who is here">
          <header class="list-heading">
            <h2>Who is here</h2>
            <span>{members}</span>
          </header>
          {people}
        </aside>
      )}
      {peopleOpen && (
        <Dialog title="Who is here" onClose={() => openPeople(false)}>
          {people}
        </Dialog>
      )}
    </>
  );
}

function Trouble({ chat, directory, conversation }: ConversationViewProps) {
  const { id, standing, fault } = conversation;
  if (!linked.value) return null;
  if (id.kind === 'client' && directory.clients.value.size > 0 && !directory.named(id.name)) {
    return <Banner tone="warn">{id.name} isn’t here at present. What you send now won’t arrive.</Banner>;
  }
  if (standing.value === 'gone') {
    return (
      <Banner tone="warn">The service {id.name} is gone. You are subscribed again by itself when it comes back.</Banner>
    );
  }
  if (standing.value === 'out' && fault.value !== null) {
    return (
      <Banner tone="bad" action={<Button onClick={() => void chat.join(id)}>Try again</Button>}>
        {fault.value}
      </Banner>
    );
  }
  return null;
}

function titleOf({ id }: Conversation): string {
  return id.kind === 'everyone' ? 'Announcements' : id.name;
}

function nicknameOf({ id }: Conversation, directory: Directory): string | null {
  if (id.kind === 'service') return directory.services.value.get(id.name)?.nickname ?? null;
  if (id.kind === 'client') return directory.named(id.name)?.nickname ?? null;
  return null;
}

function beginning({ id }: Conversation): string {
  switch (id.kind) {
    case 'room':
      return 'Rooms keep no history: you see what is said from now on.';
    case 'service':
      return 'You see what this service says from now on. What you write goes to the service, which decides who reads it.';
    default:
      return 'Only the two of you read what is said here.';
  }
}
