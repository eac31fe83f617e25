import { defineConfig, loadEnv, type ProxyOptions } from 'vite';

// `npm run dev` and `npx vite preview` are beside a node: the one on its default port, or at CONCIERGE_URL.
const node = loadEnv('', '.', 'CONCIERGE_').CONCIERGE_URL ?? 'http://127.0.0.1:64209';
const proxy: Record<string, string | ProxyOptions> = {
  '/ws': { target: node, ws: true },
  '/fs': node,
  '/admin': node,
  '/cluster': node,
  '/metrics': node,
};

export default defineConfig({
  build: {
    target: 'es2022',
    // What the page's content-security policy lets in comes from files: nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy },
  preview: { proxy },
});
