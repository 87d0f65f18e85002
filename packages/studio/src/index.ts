/** What hosts need to show the studio: the request handler, a scan of source files, and a server of its own. */
export type { Missing, StudioProject, Use, Uses } from './project.ts'
export { createFindPhoto, type FindPhoto } from './scan/find-photo.ts'
export { createScan, type ScanOptions } from './scan/scan.ts'
export { type ServedStudio, type ServeOptions, serveStudio } from './serve.ts'
export { createStudio, type StudioHandler } from './studio.ts'
