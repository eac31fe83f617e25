import { useMemo } from 'preact/hooks';
import { Plot } from './Plot';
import type { RobotModel } from './robotModel';
import { chooseCelsius, temperatureScale } from './temperature';
import { decimal } from './text';

/** The air around the robot: now, and over the last ten minutes. */
export function Climate({ model }: { model: RobotModel }) {
  const scale = useMemo(() => temperatureScale(model), [model]).value;
  const climate = model.climate.value;
  const isEmpty = climate === null;
  return (
    <section class="card climate" aria-labelledby="climate-title">
      <div class="panel-head">
        <h2 id="climate-title">Climate</h2>
        {model.generation.value === 'old' && <Unit model={model} isCelsius={scale === 1} />}
      </div>
      {isEmpty ? (
        <p class="muted">No climate has been heard of. A robot with a barometer tells it about once a second.</p>
      ) : (
        <div class="climate-plots">
          <figure>
            <figcaption>
              <span class="muted">Temperature</span>
              <strong class="number" data-reading="temperature">
                {scale === null ? '–' : `${decimal(climate.temperature * scale)} °C`}
              </strong>
            </figcaption>
            {scale === null ? (
              <div class="plot" />
            ) : (
              <Plot
                history={model.temperature}
                version={model.plotVersion}
                scale={scale}
                color="--accent"
                leastRange={2}
                digits={1}
              />
            )}
          </figure>
          <figure>
            <figcaption>
              <span class="muted">Pressure</span>
              <strong class="number" data-reading="pressure">{`${decimal(climate.pressure / 100)} hPa`}</strong>
            </figcaption>
            <Plot
              history={model.pressure}
              version={model.plotVersion}
              scale={0.01}
              color="--ok"
              leastRange={2}
              digits={1}
            />
          </figure>
        </div>
      )}
      {model.generation.value === 'old' && climate !== null && (
        <p class="muted small">
          As sent: {decimal(climate.temperature)}. Robots of the older kind don’t say in what; the original ones send
          tenths of °C.
        </p>
      )}
    </section>
  );
}

function Unit({ model, isCelsius }: { model: RobotModel; isCelsius: boolean }) {
  return (
    <label class="unit small">
      <span class="muted">It sends</span>
      <select
        class="input"
        value={isCelsius ? 'celsius' : 'tenths'}
        onChange={(e) => chooseCelsius(model.service, e.currentTarget.value === 'celsius')}
      >
        <option value="tenths">tenths of °C</option>
        <option value="celsius">°C</option>
      </select>
    </label>
  );
}
