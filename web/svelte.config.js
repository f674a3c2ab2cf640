import {vitePreprocess} from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // The corridor of a view never changes: reading it once is what is meant.
  onwarn: (warning, say) => warning.code === 'state_referenced_locally' || say(warning),
};
