import type { ClientInfo } from '@concierge/client';
import { hrefOf } from '../app/routes';
import type { Directory } from '../directory/directory';
import { self } from '../session/session';
import { Badge } from '../ui/Badge';
import { Icon } from '../ui/Icon';
import { Name } from '../ui/Text';
import { dialectOf } from './content';
import type { Conversation } from './conversation';

/** As many people as one looks through. */
const mostShown = 200;

/** Who takes part in a conversation. */
export function People({ directory, conversation }: { directory: Directory; conversation: Conversation }) {
  const clients = directory.clients.value;
  const people = [...conversation.members.value].flatMap((uuid) => clients.get(uuid) ?? []);
  if (people.length === 0) return <p class="chat-hint">Nobody is here.</p>;
  return <PeopleList people={people} />;
}

/** People by name; each leads to a conversation with them. */
export function PeopleList({ people, onChosen }: { people: ClientInfo[]; onChosen?: () => void }) {
  const sorted = people.sort((a, b) => nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }));
  return (
    <>
      <ul class="list">
        {sorted.slice(0, mostShown).map((person) => (
          <li key={person.uuid}>
            <Person person={person} onChosen={onChosen} />
          </li>
        ))}
      </ul>
      {sorted.length > mostShown && <p class="chat-hint">And {(sorted.length - mostShown).toLocaleString()} more.</p>}
    </>
  );
}

function Person({ person, onChosen }: { person: ClientInfo; onChosen: (() => void) | undefined }) {
  const dialect = dialectOf(person);
  const about = (
    <>
      <Icon name={dialect?.includes('robot') ? 'robot' : 'person'} size={18} />
      <span class="fill person-name">
        <Name of={person} />
      </span>
      {dialect !== null && <Badge>{dialect}</Badge>}
    </>
  );
  if (person.uuid === self.value?.uuid) {
    return (
      <div class="list-item">
        {about}
        <Badge tone="accent">you</Badge>
      </div>
    );
  }
  return (
    <a
      class="list-item"
      href={hrefOf({ page: 'chat', conversation: { kind: 'client', name: person.name } })}
      title="Send a direct message"
      onClick={onChosen}
    >
      {about}
    </a>
  );
}

function nameOf({ name, nickname }: ClientInfo): string {
  return nickname ?? name;
}
