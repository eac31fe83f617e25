import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    target: 'es2022',
    // What the page's content-security policy lets in comes from files: nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // `npm run dev` beside a node on its default port.
    proxy: {
      '/ws': { target: 'ws://127.0.0.1:64209', ws: true },
      '/fs': 'http://127.0.0.1:64209',
      '/admin': 'http://127.0.0.1:64209',
      '/cluster': 'http://127.0.0.1:64209',
      '/metrics': 'http://127.0.0.1:64209',
    },
  },
});
