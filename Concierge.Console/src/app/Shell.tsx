import type { ConciergeClient } from '@concierge/client';
import { useEffect } from 'preact/hooks';
import { ChatPage } from '../chat/ChatPage';
import { chatOf } from '../chat/chat';
import { ClusterPage } from '../cluster/ClusterPage';
import { RobotPage } from '../robots/RobotPage';
import { RobotsPage } from '../robots/RobotsPage';
import { LinkBanner } from '../session/LinkBanner';
import { Me } from '../session/Me';
import { Count } from '../ui/Badge';
import { Icon, type IconName } from '../ui/Icon';
import { hrefOf, route, type Route } from './routes';

const pages: readonly { to: Route; icon: IconName; word: string }[] = [
  { to: { page: 'chat', conversation: null }, icon: 'chat', word: 'Chat' },
  { to: { page: 'robots', service: null }, icon: 'robot', word: 'Robots' },
  { to: { page: 'cluster' }, icon: 'cluster', word: 'Cluster' },
];

/** What is around every page: where one can go, who one is, and how the link is. */
export function Shell({ client }: { client: ConciergeClient }) {
  const unread = chatOf(client).unread.value;
  const page = route.value.page;
  const title = pages.find(({ to }) => to.page === page)?.word;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} – Concierge`;
  }, [unread, title]);
  useEffect(() => () => void (document.title = 'Concierge'), []);

  return (
    <div class="shell">
      <header class="top">
        <a class="brand" href={hrefOf({ page: 'chat', conversation: null })}>
          <img src="/icon.svg" alt="" width={26} height={26} />
          Concierge
        </a>
        <div class="me">
          <Me />
        </div>
      </header>
      <nav class="nav" aria-label="Pages">
        {pages.map(({ to, icon, word }) => (
          <a class="nav-item" href={hrefOf(to)} aria-current={to.page === page ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{word}</span>
            {to.page === 'chat' && <Count of={unread === 1 ? 'unread message' : 'unread messages'} value={unread} />}
          </a>
        ))}
      </nav>
      <LinkBanner />
      <main class="page">
        <Page client={client} />
      </main>
    </div>
  );
}

function Page({ client }: { client: ConciergeClient }) {
  const here = route.value;
  switch (here.page) {
    case 'chat':
      return <ChatPage client={client} />;
    case 'robots':
      return here.service === null ? (
        <RobotsPage client={client} />
      ) : (
        <RobotPage key={here.service} client={client} service={here.service} />
      );
    case 'cluster':
      return <ClusterPage client={client} />;
  }
}
