import { heroImage } from '@hero-image/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const card = { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 40rem) 40rem, 100vw' }

export default defineConfig({ plugins: [react(), heroImage({ presets: { card } })] })
