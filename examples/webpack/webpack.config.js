import { HeroImageWebpackPlugin } from '@hero-image/webpack'
import MiniCssExtractPlugin from 'mini-css-extract-plugin'

export default {
  entry: './src/main.js',
  output: { clean: true },
  module: { rules: [{ test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
  plugins: [new HeroImageWebpackPlugin(), new MiniCssExtractPlugin()],
}
