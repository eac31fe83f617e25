import { useEffect, useState } from 'preact/hooks';
import type { ConciergeClient } from '@concierge/client';
import { linked, self } from '../session/session';
import { onceAFrame } from '../ui/frame';
import { Attitude } from './Attitude';
import { Climate } from './Climate';
import { Condition } from './Condition';
import { Controls } from './controls';
import { DevicePage } from './DevicePage';
import { DriveCard } from './DriveCard';
import type { Watched } from './fleet';
import { Messages } from './Messages';
import { Motors } from './Motors';
import { RobotHead } from './RobotHead';
import type { RobotModel } from './robotModel';
import './robots.css';
import { StopBar } from './StopBar';
import { Switches } from './Switches';
import { TopicTable } from './TopicTable';
import { useDrivingGuards } from './useDrivingGuards';
import { useWatched } from './useWatched';

/** A robot's page: watch it, drive it, stop it. For a ROS device, its readings and its next answer. */
export function RobotPage({ client, service }: { client: ConciergeClient; service: string }) {
  const watched = useWatched(client, service);
  if (watched === null || watched.model.service !== service) return null;
  if (watched.model.kind === 'ros') return <DevicePage key={service} client={client} watched={watched} />;
  return <WithControls key={service} client={client} watched={watched} />;
}

/** The controls are made when the page is shown, and released with it: whoever leaves it doesn't drive any more. */
function WithControls({ client, watched }: { client: ConciergeClient; watched: Watched }) {
  const [controls, setControls] = useState<Controls | null>(null);
  useEffect(() => {
    const made = new Controls(watched, self, linked);
    setControls(made);
    const publish = onceAFrame(() => watched.model.publishLatest());
    watched.model.onNews = publish;
    return () => {
      watched.model.onNews = () => {};
      made.close();
    };
  }, [watched]);
  return controls && <Cockpit client={client} watched={watched} controls={controls} />;
}

function Cockpit({ client, watched, controls }: { client: ConciergeClient; watched: Watched; controls: Controls }) {
  const { model } = watched;
  useDrivingGuards(controls.driving);
  return (
    <div class="robot-page">
      <div class="page-body robot-body">
        <RobotHead client={client} model={model} />
        <div class="cockpit">
          <div class="cockpit-drive">
            <DriveCard controls={controls} />
            <Switches controls={controls} />
          </div>
          <div class="cockpit-panels">
            <Motors model={model} controls={controls} />
            <Attitude model={model} />
            <Condition model={model} />
            <Climate model={model} />
            <Messages model={model} controls={controls} />
            <Topics model={model} />
          </div>
        </div>
      </div>
      <StopBar controls={controls} />
    </div>
  );
}

function Topics({ model }: { model: RobotModel }) {
  return (
    <>
      <TopicTable
        title="ROS topics"
        topics={model.topics.value}
        isCut={model.topicsCut.value}
        none="It passes on none. Which it does is set where it runs: robot.ros.topics."
      />
      {model.others.value.length > 0 && (
        <TopicTable title="Other telemetry" topics={model.others.value} isCut={model.othersCut.value} none="" />
      )}
    </>
  );
}
