/** `@hero-image/cropper`: importing it defines `<hero-cropper>`. */
import { HeroCropper } from './element.tsx'

if (globalThis.customElements !== undefined && customElements.get('hero-cropper') === undefined) {
  customElements.define('hero-cropper', HeroCropper)
}

export type { HeroCropperProperties } from './element.tsx'
export type { CropperPreview } from './raster.ts'
export type { CropperCrop, CropperPhoto, CropperStatus, SidecarDetail } from './types.ts'
export { HeroCropper }
