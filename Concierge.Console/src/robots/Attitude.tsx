import { useRef } from 'preact/hooks';
import type { RobotModel } from './robotModel';
import { decimal } from './text';

/** How the robot lies, as a body that is turned by pitch and roll, seen from behind and a bit above. */
export function Attitude({ model }: { model: RobotModel }) {
  const orientation = model.orientation.value;
  // Turned the short way round: from 179° to −179° are 2°.
  const turned = useRef({ pitch: 0, roll: 0 });
  if (orientation !== null) {
    const { pitch, roll } = turned.current;
    turned.current = { pitch: nearest(orientation.pitch, pitch), roll: nearest(orientation.roll, roll) };
  }
  // In CSS x points right, y down and z to the eye; the nose points away from it. Roll comes first, then pitch lifts the
  // rolled body: accelerometers' angles are made so.
  const transform = `rotateX(${-turned.current.pitch}deg) rotateZ(${turned.current.roll}deg)`;
  const text = orientation
    ? `Pitch ${decimal(orientation.pitch)}°, roll ${decimal(orientation.roll)}°`
    : 'Nothing heard of it yet';
  return (
    <section class="card attitude" aria-labelledby="attitude-title">
      <h2 id="attitude-title">Attitude</h2>
      <div class="scene" role="img" aria-label={text} data-stale={model.isSilent.value || orientation === null}>
        <div class="world">
          <div class="ground" />
          <div class="rover" style={{ transform }}>
            {parts.map((name) => (
              <Part key={name} name={name} />
            ))}
          </div>
        </div>
      </div>
      <dl class="readings">
        <div>
          <dt>Pitch</dt>
          <dd class="number" data-reading="pitch">
            {orientation ? `${decimal(orientation.pitch)}°` : '–'}
          </dd>
        </div>
        <div>
          <dt>Roll</dt>
          <dd class="number" data-reading="roll">
            {orientation ? `${decimal(orientation.roll)}°` : '–'}
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** What the rover is put together from; the style sheet knows how large each is and where. */
const parts = [
  'hull',
  'deck',
  'bumper',
  'wheel front left',
  'wheel front right',
  'wheel back left',
  'wheel back right',
];

const faces = ['ahead', 'behind', 'port', 'starboard', 'above', 'below'];

/** A box of six faces; a wheel is as many discs. */
function Part({ name }: { name: string }) {
  return (
    <div class={`part ${name}`}>
      {faces.map((face) => (
        <i key={face} class={face} />
      ))}
    </div>
  );
}

/** The angle that looks like `angle` and is nearest to another, in degrees. */
function nearest(angle: number, to: number): number {
  // Beyond any sensor's range: a whole turn more or less makes no difference.
  const turn = angle % 360;
  return to + ((((turn - to) % 360) + 540) % 360) - 180;
}
