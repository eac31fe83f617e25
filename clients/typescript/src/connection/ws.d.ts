/** The package `ws` in Node.js, nothing in browsers: see "imports" in package.json. */
declare module '#ws' {
  export const WebSocket: new (
    url: string,
    protocol: string,
    options: { maxPayload: number; allowSynchronousEvents: boolean },
  ) => WebSocket;
}
