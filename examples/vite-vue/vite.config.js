import { heroImage } from '@hero-image/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const card = { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 40rem) 40rem, 100vw' }

export default defineConfig({ plugins: [vue(), heroImage({ presets: { card } })] })
