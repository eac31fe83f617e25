import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import type { Controls } from './controls';
import { isLate } from './driving';
import { useStopKey } from './useKeys';

/** How long one has to say that one meant it, in ms. */
const second = 8_000;

/** STOP, always in reach, and its release; beside it what one should know before the next move. */
export function StopBar({ controls }: { controls: Controls }) {
  const stop = useCallback(() => controls.stop(), [controls]);
  useStopKey(stop);
  const stopped = controls.isStopped.value;
  return (
    <div class="stop-bar" data-stopped={stopped}>
      <div class="stop-bar-inner">
        <Situation controls={controls} />
        {stopped && <Release controls={controls} />}
        {/* On pointerdown: it stops when it is touched, not when it is let go of. A click without one is the keyboard's. */}
        <button
          type="button"
          class="stop"
          onPointerDown={(e) => e.button === 0 && stop()}
          onClick={(e) => e.detail === 0 && stop()}
          aria-keyshortcuts="Space"
        >
          <Icon name="stop" size={28} />
          <span>STOP</span>
          <kbd>space</kbd>
        </button>
      </div>
    </div>
  );
}

/** Releasing takes two steps: it may be somebody else's stop, and somebody may stand before the robot. */
function Release({ controls }: { controls: Controls }) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setAsked(false), second);
    return () => clearTimeout(timer);
  }, [asked]);
  const disabled = controls.stopping.value?.phase === 'sending' || controls.obstacle.value?.kind !== 'stopped';
  if (!asked) {
    return (
      <Button class="release" disabled={disabled} onClick={() => setAsked(true)}>
        Release the stop…
      </Button>
    );
  }
  return (
    <div class="row release">
      <Button
        look="primary"
        disabled={disabled}
        onClick={() => {
          setAsked(false);
          controls.clearStop();
        }}
      >
        The way is clear: release
      </Button>
      <Button look="quiet" onClick={() => setAsked(false)}>
        Keep it stopped
      </Button>
    </div>
  );
}

/** The most important of what there is to say, in one sentence. */
function Situation({ controls }: { controls: Controls }) {
  const { text, tone, urgent } = situation(controls);
  return (
    <div class={`situation situation-${tone}`}>
      {/* Two regions that stay, as what is put into a new one isn't read by all screen readers. */}
      <p role="alert">{urgent ? text : ''}</p>
      <p role="status">{urgent ? '' : text}</p>
    </div>
  );
}

const unanswered = 'No answer to the stop yet: the robot may be moving. Press STOP again, or reach for its switch.';

interface Sentence {
  readonly text: string;
  readonly tone: 'none' | 'warn' | 'bad' | 'ok';
  readonly urgent: boolean;
}

function situation(controls: Controls): Sentence {
  const stopping = controls.stopping.value;
  const obstacle = controls.obstacle.value;
  const { held, halted, roundTrip } = controls.driving;
  if (stopping?.phase === 'failed') {
    const what = stopping.what === 'stop' ? 'The stop was not confirmed' : 'The stop is not released';
    return { text: `${what}. ${stopping.error ?? ''}`, tone: 'bad', urgent: true };
  }
  if (stopping?.phase === 'sending' && stopping.what === 'stop')
    return { text: stopping.isLate ? unanswered : 'Stopping…', tone: 'bad', urgent: true };
  if (obstacle?.kind === 'stopped') return { text: controls.stopNote, tone: 'bad', urgent: true };
  if (obstacle !== null) return { text: obstacle.text, tone: 'warn', urgent: obstacle.kind === 'offline' };
  if (held.value !== null && isLate(roundTrip.value))
    return { text: 'Commands arrive late. Let go, or drive slowly.', tone: 'bad', urgent: true };
  if (held.value !== null) return { text: 'You drive. Let go to stop.', tone: 'ok', urgent: false };
  if (halted.value !== null) return { text: halted.value, tone: 'warn', urgent: true };
  return { text: 'Ready. The first movement takes control.', tone: 'none', urgent: false };
}
