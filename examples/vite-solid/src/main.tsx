/** Starts the page. */
import { render } from 'solid-js/web'
import { App } from './App.tsx'

const root = document.querySelector('#app')
if (root !== null) render(() => <App />, root)
