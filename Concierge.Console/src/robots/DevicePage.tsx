import { useState } from 'preact/hooks';
import { ConciergeError, type ConciergeClient } from '@concierge/client';
import { linked } from '../session/session';
import { Banner } from '../ui/Banner';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Condition } from './Condition';
import type { Watched } from './fleet';
import { RobotHead } from './RobotHead';
import { TopicTable } from './TopicTable';

/** A ROS device: it comes by, leaves its readings and takes along what waits for it. Nobody drives it. */
export function DevicePage({ client, watched }: { client: ConciergeClient; watched: Watched }) {
  const { model } = watched;
  return (
    <div class="page-body">
      <RobotHead client={client} model={model} />
      {model.presence.value === 'gone' && (
        <Banner tone="warn">It hasn’t come by for a while. This page goes on by itself when it does.</Banner>
      )}
      <div class="device">
        <TopicTable
          title="Readings"
          topics={model.topics.value}
          isCut={model.topicsCut.value}
          none="None yet: it brings them with its next exchange."
        />
        <NextAnswer client={client} service={model.service} isThere={model.presence.value === 'there'} />
        <Condition model={model} />
      </div>
    </div>
  );
}

/** What the device is answered when it comes by next. */
function NextAnswer({ client, service, isThere }: { client: ConciergeClient; service: string; isThere: boolean }) {
  const [topic, setTopic] = useState('');
  const [data, setData] = useState('');
  const [said, setSaid] = useState<{ text: string; isFault: boolean } | null>(null);
  const fault = data === '' ? null : faultOfJson(data);

  async function send() {
    try {
      await client.send({ type: 'SERVICE', service }, { topic, data });
      setSaid({
        text: `Kept: ${topic} is the answer to its next exchange, unless something newer for the topic comes.`,
        isFault: false,
      });
    } catch (e) {
      setSaid({ text: e instanceof ConciergeError ? e.message : 'It could not be sent.', isFault: true });
    }
  }

  return (
    <section class="card" aria-labelledby="answer-title">
      <h2 id="answer-title">Next answer</h2>
      <p class="muted small">
        The device asks, and is answered. What you send is kept for its next exchange: the newest for each topic, one
        topic an exchange.
      </p>
      <form
        class="stack stack-close"
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <Field label="Topic" value={topic} onValue={setTopic} placeholder="/turtle1/cmd_vel" autocomplete="off" />
        <div class="field">
          <label for="answer-data">Data, as JSON</label>
          <textarea
            id="answer-data"
            class="input answer-data"
            rows={4}
            required
            maxLength={20_000}
            spellcheck={false}
            placeholder={'{"linear": {"x": 1.0}}'}
            value={data}
            onInput={(e) => setData(e.currentTarget.value)}
            aria-invalid={fault !== null}
          />
          <p class="field-hint" role="status">
            {fault}
          </p>
        </div>
        <Button type="submit" look="primary" icon="send" disabled={!isThere || !linked.value || fault !== null}>
          Keep for its next exchange
        </Button>
      </form>
      {said && <Banner tone={said.isFault ? 'bad' : 'ok'}>{said.text}</Banner>}
    </section>
  );
}

function faultOfJson(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return 'This isn’t JSON yet.';
  }
}
