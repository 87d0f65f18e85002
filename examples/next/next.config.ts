import { withHeroImage } from '@hero-image/next'
import type { NextConfig } from 'next'

const nextConfig: NextConfig = { reactStrictMode: true }

export default withHeroImage(nextConfig, {
  presets: { card: { crops: { card: { ratio: '4:3' } }, sizes: '(min-width: 720px) 340px, 100vw' } },
})
