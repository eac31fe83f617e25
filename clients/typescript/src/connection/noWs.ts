/** Stands in for the package `ws` where a bundler builds for browsers, which have a WebSocket of their own. */
export const WebSocket = undefined;
