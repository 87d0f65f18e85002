import { heroImage } from '@hero-image/vite'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

const card = { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 40rem) 40rem, 100vw' }

export default defineConfig({ plugins: [solid(), heroImage({ presets: { card } })] })
