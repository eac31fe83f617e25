import { useEffect, useState } from 'preact/hooks';
import type { ConciergeClient } from '@concierge/client';
import { Fleet, type Watched } from './fleet';

/** Watches a robot as long as the component is shown; null until its first effect. */
export function useWatched(client: ConciergeClient, service: string): Watched | null {
  const [watched, setWatched] = useState<Watched | null>(null);
  useEffect(() => {
    const fleet = Fleet.of(client);
    setWatched(fleet.watch(service));
    return () => {
      setWatched(null);
      fleet.unwatch(service);
    };
  }, [client, service]);
  return watched;
}
