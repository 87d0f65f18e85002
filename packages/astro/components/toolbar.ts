/** Hero Image in Astro's dev toolbar: the way to the studio. Runs in the page, in development only. */
/// <reference types="astro/client" />
/// <reference lib="dom" />
import type { DevToolbarApp } from 'astro'

const style = `
h1 { margin: 0 0 8px; font-size: 22px; color: #fff }
p { margin: 0 0 20px; font-size: 14px; line-height: 1.5; color: #bfc1c9 }
a { display: inline-block; padding: 9px 16px; border-radius: 8px; font-size: 14px; font-weight: 600; color: #0e1120; background: #93a8ff; text-decoration: none }
a:focus-visible { outline: 2px solid #fff; outline-offset: 2px }
`

const app: DevToolbarApp = {
  async init(canvas) {
    const studio = `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}__hero/`
    const panel = document.createElement('astro-dev-toolbar-window')
    const sheet = document.createElement('style')
    sheet.textContent = style
    const heading = document.createElement('h1')
    heading.textContent = 'Hero Image'
    const text = document.createElement('p')
    text.textContent = 'Every photo of this site with all its crops, and the editor for them.'
    const link = document.createElement('a')
    link.href = studio
    link.target = 'hero-image-studio'
    link.textContent = 'Open the crops'
    panel.append(sheet, heading, text, link)
    canvas.append(panel)
  },
}

export default app
