/** Our encoder settings once more, without our engine: what the raw script and the search for equal scores draw with. */
import type { Sharp } from 'sharp'
import type { Encoder, Format } from './work.ts'

/** Adds the encoder that our engine would use. The table shows drift: the raw script's bytes are then no longer ours. */
export function withOurEncoder(pipeline: Sharp, format: Format, { quality, effort }: Encoder): Sharp {
  if (format === 'avif') return pipeline.avif({ quality, effort, chromaSubsampling: '4:2:0', bitdepth: 10 })
  if (format === 'webp') return pipeline.webp({ quality, effort, alphaQuality: 100, smartSubsample: false })
  if (effort === 0) return pipeline.jpeg({ quality })
  return pipeline.jpeg({ quality, mozjpeg: true, trellisQuantisation: effort > 1, optimiseScans: effort > 1 })
}
