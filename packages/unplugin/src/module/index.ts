/** What `@hero-image/next` and other hosts whose files are modules build upon. */
export { heroIdPattern } from '../id.ts'
export type { Started } from '../session.ts'
export { answer } from '../webpack/answer.ts'
export { applyHeroImage, type OutputChoice } from '../webpack/apply.ts'
export type { Compiler, LoaderContext } from '../webpack/compiler.ts'
export { showBackgrounds } from '../webpack/css-loader.ts'
export { watchDetector, watchPhoto } from '../webpack/watch-photo.ts'
export { toImportingModule } from './module-text.ts'
export {
  closeSession,
  findVariant,
  holdSession,
  type LoaderSettings,
  openSession,
  renderWithSiblings,
} from './sessions.ts'
export { heroQueryOf, parseVariantQuery, toVariantQuery, variantQueryPattern } from './variant-request.ts'
