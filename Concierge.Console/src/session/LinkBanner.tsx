import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../ui/Banner';
import { phase } from './session';

/** While the link is lost: that it is, and when it is tried again. */
export function LinkBanner() {
  const now = phase.value;
  return now.is === 'reconnecting' ? <Retrying attempt={now.attempt} retryAt={now.retryAt} /> : null;
}

function Retrying({ attempt, retryAt }: { attempt: number; retryAt: number }) {
  const [seconds, setSeconds] = useState(() => secondsTo(retryAt));
  useEffect(() => {
    setSeconds(secondsTo(retryAt));
    const tick = setInterval(() => setSeconds(secondsTo(retryAt)), 500);
    return () => clearInterval(tick);
  }, [retryAt]);
  return (
    <Banner tone="warn" icon="offline">
      <strong>The link to the concierge is lost.</strong> You stay signed in, and what you typed is kept.{' '}
      {/* A count-down said out loud twice a second would say nothing. */}
      <span aria-hidden="true">
        {seconds > 0 ? `Trying again in ${seconds} s` : 'Trying again now'}
        {attempt > 1 && ` (attempt ${attempt})`}…
      </span>
    </Banner>
  );
}

function secondsTo(when: number): number {
  return Math.max(0, Math.ceil((when - Date.now()) / 1000));
}
