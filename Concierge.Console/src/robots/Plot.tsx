import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { steadyTime } from '../ui/steadyTime';
import { hourOf } from '../ui/times';
import type { History } from './history';
import { decimal } from './text';

interface PlotProps {
  history: History;
  /** Changes when there is more to plot: four times a second at most. */
  version: ReadonlySignal<number>;
  /** By what values are multiplied. */
  scale: number;
  /** The token of its colour. */
  color: string;
  /** The least height of the vertical scale, so that noise isn't blown up into mountains. */
  leastRange: number;
  digits: number;
}

/** The last minutes of one sensor, up to now. */
export function Plot({ history, version, scale, color, leastRange, digits }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const plot = new uPlot(options(history.span, color, leastRange, digits, element), history.columns(scale), element);
    const resized = new ResizeObserver(() => plot.setSize(sizeOf(element)));
    resized.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => plot.redraw();
    dark.addEventListener('change', redraw);
    const stop = version.subscribe(() => plot.setData(history.columns(scale)));
    return () => {
      stop();
      dark.removeEventListener('change', redraw);
      resized.disconnect();
      plot.destroy();
    };
  }, [history, version, scale, color, leastRange, digits]);
  return <div ref={frame} class="plot" aria-hidden="true" />;
}

function options(span: number, color: string, leastRange: number, digits: number, element: Element): uPlot.Options {
  // Read as it draws: the tokens are others in the dark.
  const token = (name: string) => () => getComputedStyle(element).getPropertyValue(name).trim();
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: token('--muted'), font, grid: { stroke: token('--line'), width: 1 }, ticks: { show: false } };
  return {
    ...sizeOf(element),
    // On the right, half of a time that is written below the edge.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: () => [steadyTime() - span, steadyTime()] },
      y: {
        range: (_, least, most) => {
          if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, leastRange];
          const middle = (least + most) / 2;
          const half = Math.max((most - least) * 0.6, leastRange / 2, Math.abs(middle) * 1e-9);
          return [middle - half, middle + half];
        },
      },
    },
    axes: [
      { ...axis, size: 24, space: 70, values: (_, times) => times.map((time) => hourOf(time * 1000)) },
      { ...axis, size: 52, space: 28, values: (_, values) => values.map((value) => decimal(value, digits)) },
    ],
    series: [{}, { stroke: token(color), width: 2, points: { show: false }, spanGaps: false }],
  };
}

function sizeOf(element: Element): { width: number; height: number } {
  return { width: Math.max(80, element.clientWidth), height: Math.max(60, element.clientHeight) };
}
