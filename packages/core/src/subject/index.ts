/** The subject finder for browsers, the same code as in builds: the caller brings the pixels and, for faces and people, the bytes of the models. */
export type { CustomDetect, Detect, DetectedBox, RgbRaster, Subject, SubjectBox } from '../types.ts'
export { createDetector, type ModelFiles } from './detectors.ts'
export { findSubject } from './find.ts'
export { FINDER_VERSION } from './version.ts'
