import type { ClientInfo, ConciergeClient, RoomInfo, ServiceInfo } from '@concierge/client';
import type { Directory } from '../directory/directory';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Text } from '../ui/Text';
import type { Command } from './commands';
import { type Column, Listing } from './Listing';
import { Unfolded } from './Unfolded';
import { number } from './words';

interface ListingsProps {
  client: ConciergeClient;
  directory: Directory;
  /** Asks for a command; null where no operator is let in. */
  ask: ((command: Command) => void) | null;
}

/** Who is connected, with what, and where they talk. */
export function Listings(props: ListingsProps) {
  return (
    <>
      <Clients {...props} />
      <Services {...props} />
      <Rooms {...props} />
    </>
  );
}

function Clients({ client: self, directory, ask }: ListingsProps) {
  const columns: Column<ClientInfo>[] = [
    {
      title: 'Client',
      cell: ({ name, uuid }) => (
        <>
          <Text>{name}</Text> {uuid === self.uuid && <Badge tone="accent">this page</Badge>}
        </>
      ),
    },
    { title: 'Nickname', cell: ({ nickname }) => nickname !== null && <Text>{nickname}</Text> },
    { title: 'Tags', cell: ({ tags }) => <Tags of={tags} /> },
    {
      title: 'Subscriptions',
      cell: ({ name, uuid }) => (
        <Unfolded
          label={`Subscriptions of ${name}`}
          names={async () => (await self.fetchClient(uuid)).subscriptions.map((service) => service.name)}
        />
      ),
    },
  ];
  if (ask) {
    columns.push({
      title: 'Operator',
      cell: ({ name }) => (
        <span class="row row-fixed">
          <Button aria-label={`Message ${name}`} onClick={() => ask({ kind: 'client', name, text: '' })}>
            Message…
          </Button>
          <Button aria-label={`Disconnect ${name}`} onClick={() => ask({ kind: 'disconnect', name })}>
            Disconnect…
          </Button>
        </span>
      ),
    });
  }
  return (
    <Listing
      title="Clients"
      rows={[...directory.clients.value.values()]}
      columns={columns}
      keyOf={(client) => client.uuid}
      texts={(client) => [client.name, client.nickname ?? '', ...client.tags]}
      empty="None is known yet."
    />
  );
}

function Services({ client, directory }: ListingsProps) {
  const nameOf = (uuid: string) => directory.clients.value.get(uuid)?.name ?? '?';
  const columns: Column<ServiceInfo>[] = [
    { title: 'Service', cell: (service) => <Text>{service.name}</Text> },
    { title: 'Nickname', cell: (service) => service.nickname !== null && <Text>{service.nickname}</Text> },
    { title: 'Owner', cell: (service) => <Text>{nameOf(service.ownerUuid)}</Text> },
    {
      title: 'Subscribers',
      cell: ({ name }) => (
        <Unfolded
          label={`Subscribers of ${name}`}
          names={async () => (await client.fetchService(name)).subscribers.map(nameOf)}
        />
      ),
    },
  ];
  return (
    <Listing
      title="Services"
      rows={[...directory.services.value.values()]}
      columns={columns}
      keyOf={(service) => service.name}
      texts={(service) => [service.name, service.nickname ?? '', nameOf(service.ownerUuid)]}
      empty="There are none. Robots and chats are services, there as long as their owners are connected."
    />
  );
}

function Rooms({ directory, ask }: ListingsProps) {
  const columns: Column<RoomInfo>[] = [
    { title: 'Room', cell: (room) => <Text>{room.name}</Text> },
    { title: 'Members', isNumber: true, cell: ({ members }) => number(members.length) },
    {
      title: 'Who',
      cell: ({ name, members }) => (
        <Unfolded
          label={`Members of ${name}`}
          names={() => Promise.resolve(members.map((uuid) => directory.clients.peek().get(uuid)?.name ?? '?'))}
        />
      ),
    },
  ];
  if (ask) {
    columns.push({
      title: 'Operator',
      cell: ({ name: room }) => (
        <span class="row row-fixed">
          <Button aria-label={`Message the room ${room}`} onClick={() => ask({ kind: 'room', room, text: '' })}>
            Message…
          </Button>
          <Button aria-label={`Disconnect everybody in ${room}`} onClick={() => ask({ kind: 'disconnect-room', room })}>
            Disconnect…
          </Button>
        </span>
      ),
    });
  }
  return (
    <Listing
      title="Rooms"
      rows={[...directory.rooms.value.values()]}
      columns={columns}
      keyOf={(room) => room.name}
      texts={(room) => [room.name]}
      empty="There are none. A room is there as long as somebody is in it."
    />
  );
}

/** A client may have 32 tags: the first tell most. */
function Tags({ of: tags }: { of: readonly string[] }) {
  return (
    <span class="row cluster-tags">
      {tags.slice(0, 5).map((tag) => (
        <Badge key={tag}>
          <Text max={24}>{tag}</Text>
        </Badge>
      ))}
      {tags.length > 5 && <span class="muted small">+{tags.length - 5}</span>}
    </span>
  );
}
