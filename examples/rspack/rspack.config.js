import { HeroImageRspackPlugin } from '@hero-image/webpack'

export default {
  entry: './src/main.js',
  output: { clean: true },
  module: { rules: [{ test: /\.css$/, type: 'css' }] },
  plugins: [new HeroImageRspackPlugin()],
}
