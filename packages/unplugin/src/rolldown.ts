import { heroImage } from './index.ts'

const plugin: typeof heroImage.rolldown = heroImage.rolldown

export { plugin as default, plugin as 'module.exports' }
