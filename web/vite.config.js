import {svelte} from '@sveltejs/vite-plugin-svelte';
import {defineConfig} from 'vite';

// A folder of static files that works wherever it lies: all addresses are relative.
export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
  },
  worker: {format: 'es'},
});
