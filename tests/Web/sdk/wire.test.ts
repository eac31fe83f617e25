import { ConciergeClient, ConnectionClosedError, MalformedFrameError } from '@concierge/client';
import { WebSocket } from 'ws';
import { next, record } from '../fixtures/occurrences.js';
import { expect, test } from '../fixtures/scripted.js';

const client = { name: 'bob', nickname: null, uuid: 'u', tags: [] };

for (const [what, frame] of Object.entries({
  'no JSON': '{"type":',
  'no object': '[]',
  null: 'null',
  'no type': '{}',
  'a type that is no text': '{"type":7}',
  bytes: Uint8Array.of(1, 2, 3),
  'an event without its client': { type: 'CLIENT_JOINED' },
  'a client of the wrong type': { type: 'CLIENT_JOINED', client: 'bob' },
  'a name that is no text': { type: 'CLIENT_LEFT', client: { ...client, name: null } },
  'tags that are no list': { type: 'CLIENT_LEFT', client: { ...client, tags: {} } },
  'a tag that is no text': { type: 'CLIENT_LEFT', client: { ...client, tags: [1] } },
  'a message from nobody': { type: 'MESSAGE', target: { type: 'ALL' }, data: 1 },
  'a message to something unheard-of': {
    type: 'MESSAGE',
    origin: { ...client, service: null },
    target: { type: 'MOON' },
    data: 1,
  },
  'a service without subscribers': {
    type: 'SERVICE_CREATE_RESULT',
    successful: true,
    service: { name: 's', owner_uuid: 'u' },
  },
  'a room without a name': { type: 'ROOM_CLIENT_JOINED', client, room: {} },
  'an answer to nothing': { type: 'OK', seq: 7 },
  'an answer with a number that is none': { type: 'OK', seq: '0' },
  'an answer with half a number': { type: 'OK', seq: 0.5 },
})) {
  test(`A frame that is ${what} is a fault, and skipped`, async ({ concierge, connect }) => {
    const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
    const fault = next(ann, 'fault');
    const joined = next(ann, 'clientJoined');
    connection.say(frame);
    connection.say({ type: 'CLIENT_JOINED', client });
    expect((await fault).error).toBeInstanceOf(MalformedFrameError);
    expect((await joined).client).toEqual(client);
    expect(ann.state).toBe('connected');
  });
}

test('What a newer concierge has to say is skipped without a word, and what it adds is left out', async ({
  concierge,
  connect,
}) => {
  const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
  const faults = record(ann, 'fault');
  const joined = next(ann, 'clientJoined');
  connection.say({ type: 'MOON_PHASE', phase: 0.5 });
  connection.say({ type: 'CLIENT_JOINED', client: { ...client, mood: 'good' }, weather: 'fine' });
  expect(await joined).toEqual({ client });
  expect(faults).toEqual([]);
});

test('What the concierge couldn’t read is a fault', async ({ concierge, connect }) => {
  const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
  const fault = next(ann, 'fault');
  connection.say({ type: 'ERROR_PROTOCOL', desc: 'bytes' });
  expect(String((await fault).error)).toContain('bytes');
});

test('Answers are told apart by their numbers, in whatever order they come', async ({ concierge, connect }) => {
  const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
  const [first, second] = [ann.fetchRoom('first'), ann.fetchRoom('second')];
  connection.say({ type: 'ROOM_FETCH_RESULT', room: { name: 'second', members: [] }, seq: 1 });
  connection.say({ type: 'ROOM_FETCH_RESULT', room: { name: 'first', members: [] }, seq: 0 });
  expect([(await first).name, (await second).name]).toEqual(['first', 'second']);
});

test('An answer of another kind, or of the wrong shape, is a refusal', async ({ concierge, connect }) => {
  const [connection, ann] = await Promise.all([concierge.welcome(), connect({ url: concierge.url })]);
  const asked = [
    ann.fetchServices(),
    ann.fetchServices(),
    ann.subscribe('s'),
    ann.fetchServices(),
    ann.fetchServices(),
  ];
  connection.answer({ type: 'OK' });
  connection.answer({ type: 'SERVICE_FETCH_ALL_RESULT', services: {} });
  connection.answer({
    type: 'SELF_SUBSCRIBE_RESULT',
    successful: 'yes',
    service: { name: 's', nickname: null, owner_uuid: 'u', subscribers: [] },
  });
  connection.answer({ type: 'ERROR_UNSUPPORTED' });
  connection.answer({ type: 'ERROR_INTERNAL', desc: 'oops' });
  const kinds = await Promise.all(
    asked.map((request) => request.then(String, (error: { kind: string }) => error.kind)),
  );
  expect(kinds).toEqual(['UNEXPECTED', 'UNEXPECTED', 'UNEXPECTED', 'ERROR_UNSUPPORTED', 'ERROR_INTERNAL']);
});

for (const [what, frame] of Object.entries({
  'another frame': { type: 'OK', seq: 0 },
  'no JSON': 'hello',
  'a HELLO without a uuid': { type: 'HELLO', version: '0.2.0' },
  bytes: Uint8Array.of(1),
})) {
  test(`A server whose first word is ${what} is no concierge`, async ({ concierge }) => {
    const refused = expect(ConciergeClient.connect({ url: concierge.url, name: 'ann' })).rejects.toThrow(
      'is no concierge',
    );
    (await concierge.accept()).say(frame);
    await refused;
  });
}

for (const [code, name] of [
  [4000, 'code 4000'],
  [4004, 'gave up'],
  [4007, 'version'],
  [1013, 'later please'],
] as const) {
  test(`A refusal with ${code} is put into words`, async ({ concierge }) => {
    const refused = ConciergeClient.connect({ url: concierge.url, name: 'ann' }).catch((thrown: unknown) => thrown);
    (await concierge.accept()).close(code, code === 1013 ? 'later please' : '');
    const error = await refused;
    expect(error).toBeInstanceOf(ConnectionClosedError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(name) });
  });
}

test('A client says who it is, with all that it was given, and an empty nickname is none', async ({
  concierge,
  connect,
}) => {
  const options = { url: concierge.url, name: 'ann', nickname: '', secret: 's', tags: ['t'], presence: false };
  const [connection] = await Promise.all([concierge.welcome(), connect(options)]);
  expect(connection.identify).toEqual({
    type: 'IDENTIFY',
    name: 'ann',
    nickname: null,
    version: '0.2.0',
    secret: 's',
    tags: ['t'],
    presence: false,
  });
});

test('An older concierge that gives no key for files has one that takes uuids', async ({ concierge, connect }) => {
  const [connection] = await Promise.all([
    concierge.accept().then((accepted) => {
      accepted.say({ type: 'HELLO', uuid: 'u', version: '0.2.0' });
      return accepted;
    }),
    connect({ url: concierge.url }),
  ]);
  expect(connection.identify.type).toBe('IDENTIFY');
});

for (const [which, webSocket] of Object.entries({
  'its own': undefined,
  'one that tells several messages in a turn': WebSocket,
})) {
  test(`What comes together with HELLO is heard by handlers attached after connecting, on ${which} WebSocket`, async ({
    concierge,
    connect,
  }) => {
    const others = ['bob', 'eve'].map((name) => ({ ...client, name }));
    const welcomed = concierge
      .welcome()
      .then((connection) => others.forEach((other) => connection.say({ type: 'CLIENT_JOINED', client: other })));
    const ann = await connect({
      url: concierge.url,
      ...(webSocket && { webSocket: webSocket as unknown as typeof globalThis.WebSocket }),
    });
    const joined = record(ann, 'clientJoined');
    await Promise.all([next(ann, 'clientJoined', (who) => who.client.name === 'eve'), welcomed]);
    expect(joined.map((who) => who.client)).toEqual(others);
  });
}
