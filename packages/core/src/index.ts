/** Public surface of the engine; every export here is deliberate. */
export { toAsset } from './asset.ts'
export { createEngine, type Engine, type EngineUse } from './engine/engine.ts'
export { toLockedPhoto } from './engine/pins.ts'
export { saveSidecar, updateLock } from './engine/save.ts'
export { HeroError, type HeroErrorCode, heroErrors, isHeroError } from './errors.ts'
export { openWarnings, toLookLine, warningTexts } from './explain.ts'
export { toModuleText } from './module-text.ts'
export { configNames, type LoadedConfig, loadConfig, loadConfigSync } from './options/config-file.ts'
export { toGlobPath } from './options/photo-decisions.ts'
export { type ResolvedOptions, type ResolvedPreset, resolveOptions } from './options/resolve.ts'
export { suggest } from './options/suggest.ts'
export type {
  CacheOptions,
  CropOptions,
  DetectorChoice,
  HeroOptions,
  LimitOptions,
  PhotoOptions,
  PresetOptions,
  QualityOptions,
} from './options/user.ts'
export { defineHero } from './options/user.ts'
export { type HeroQuery, isHeroQuery, parseQuery, type TextSide } from './request/query.ts'
export { resolveRequest } from './request/resolve.ts'
export { planDependencies } from './source/dependencies.ts'
export { detectorTier, type HeroLock, type LockedCrop, type LockedPhoto, lockPath, readLock } from './source/lock.ts'
export { parseSidecar, readSidecar, sidecarPath, sidecarSource } from './source/sidecar.ts'
export { formatSidecar, type Sidecar, sidecarSchemaUrl } from './source/sidecar-text.ts'
export { clearStore } from './store/clear.ts'
export { pruneStore, storeStats } from './store/prune.ts'
export type * from './types.ts'
export { estimateSeconds } from './variant/cost.ts'
export { cropsOf } from './variant/crops-of.ts'
export { mimeTypes } from './variant/formats.ts'
export { packageVersions } from './variant/tools.ts'
