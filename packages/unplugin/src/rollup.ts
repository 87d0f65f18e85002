import { heroImage } from './index.ts'

const plugin: typeof heroImage.rollup = heroImage.rollup

export { plugin as default, plugin as 'module.exports' }
