/** The console's icons: strokes on a 24-unit grid, drawn in the colour of the text around them. */
const paths = {
  add: 'M12 5v14M5 12h14',
  alert: 'M12 8v5m0 3.5v.01M10.3 4 2.7 17.5A2 2 0 0 0 4.4 20.5h15.2a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z',
  back: 'M15 5l-7 7 7 7',
  chat: 'M4 5h16v11H9l-5 4V5Z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  cluster: 'M12 3l8 4.5v9L12 21l-8-4.5v-9L12 3Zm0 9l8-4.5M12 12L4 7.5M12 12v9',
  down: 'M12 5v14M6 13l6 6 6-6',
  info: 'M12 11v6m0-9.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  megaphone: 'M4 10v4h4l9 5V5L8 10H4Zm4 4v5h3v-3.4',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 6.4-.6M5 12a10 10 0 0 1 4.2-2.5M19 12a10 10 0 0 0-6-2.9M12 19v.01',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.3a6.5 6.5 0 0 1 3.5 5.7',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0',
  robot: 'M5 9h14v10H5V9Zm7-5v5M9 13v2m6-2v2M2.5 12.5v3m19-3v3M12 4v.01',
  room: 'M9 4L7 20M17 4l-2 16M4 9h16M3.5 15h16',
  send: 'M4 12h14M12 5.5l6.5 6.5-6.5 6.5',
  service: 'M13 3L5 13.5h6L10.5 21 19 10.5h-6.5L13 3Z',
  up: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8l5-5Z',
} as const;

/** An icon's name. */
export type IconName = keyof typeof paths;

/** An icon beside a word. It says nothing to screen readers: the word, or the button's label, does. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
