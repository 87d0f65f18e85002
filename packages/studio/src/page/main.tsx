/** Puts the studio into its page. */
import { render } from 'preact'
import { App } from './app.tsx'
import './studio.css'

render(<App />, document.body)
