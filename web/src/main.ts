import '@fontsource-variable/noto-sans/index.css';
import './app.css';
import {mount} from 'svelte';
import App from './App.svelte';
import {baseMap, outline, readAddress, session} from './lib/session.svelte';

// All that the first map takes is asked for at once; who waits for it tells what failed.
readAddress();
if (session.view === 'map') void Promise.allSettled([outline(), baseMap(), import('./views/MapView.svelte'), import('./map/maplibre')]);

mount(App, {target: document.getElementById('app')!});
