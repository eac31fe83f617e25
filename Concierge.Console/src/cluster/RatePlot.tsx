import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { titleOf } from './Nodes';
import { type Rate, type RateSeries, span } from './rates';
import { clock, number, rate as words } from './words';

interface RatePlotProps {
  title: string;
  series: RateSeries;
  of: (rate: Rate) => number;
}

const height = 180;

/** At first a minute is shown, so that the line is to be seen; then all there is. */
const shortest = 60;

/** Colours there are for nodes; more nodes have them again, with other dashes. */
export const colours = 6;

/** How a node's line is dashed, so that colour isn't all that tells nodes apart. */
export function dashOf(node: number): number[] {
  return [[], [6, 3], [2, 3], [9, 3, 2, 3]][node % 4] ?? [];
}

/** One kind of rate, a line per node, over the last ten minutes. */
export function RatePlot({ title, series, of }: RatePlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const ids = series.lines.map((line) => line.id);

  useEffect(() => {
    const parent = frame.current;
    if (!parent) return;
    const made = new uPlot(optionsOf(parent, ids), [[], ...ids.map(() => [])], parent);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: parent.clientWidth, height }));
    resized.observe(parent);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => made.redraw();
    scheme.addEventListener('change', redraw);
    return () => {
      scheme.removeEventListener('change', redraw);
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [ids.join()]);

  useEffect(() => {
    const lines = series.lines.map((line) => line.rates.map((rate) => (rate ? of(rate) : null)));
    plot.current?.setData([[...series.times], ...lines]);
  }, [series]);

  const now = series.lines.map((line) => {
    const rate = line.rates.at(-1);
    return `${titleOf(line)} ${rate ? words(of(rate)) : 'unknown'}`;
  });
  return (
    <figure class="cluster-plot">
      <figcaption class="muted small">{title}</figcaption>
      <div
        ref={frame}
        class="cluster-plot-frame"
        role="img"
        aria-label={`${title}, now: ${now.join(', ') || 'unknown'}`}
      />
    </figure>
  );
}

function optionsOf(parent: HTMLElement, ids: readonly string[]): uPlot.Options {
  // Asked for at each drawing: the colour scheme may have changed.
  const colour = (name: string) => () => getComputedStyle(parent).getPropertyValue(name);
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
  };
  return {
    width: parent.clientWidth,
    height,
    // The page has its own legend, which is readable without a pointer.
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: {
        time: true,
        range: (_, from, to) => [Math.max(to - span, Math.min(from ?? 0, (to ?? 0) - shortest)), to ?? 0],
      },
      y: { range: (_, __, to) => [0, Math.max(1, (to ?? 0) * 1.1)] },
    },
    axes: [
      { ...axis, size: 32, space: 90, values: (_, ticks) => ticks.map(clock) },
      {
        ...axis,
        size: 56,
        values: (_, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? number(tick) : words(tick))),
      },
    ],
    series: [
      {},
      ...ids.map((id, node) => ({
        label: id,
        stroke: colour(`--plot-${(node % colours) + 1}`),
        width: 1.5,
        dash: dashOf(node),
        points: { show: false },
      })),
    ],
  };
}
