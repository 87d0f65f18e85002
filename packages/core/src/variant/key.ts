/** The one place where keys and names are built: equal inputs, equal name, in every host and on every machine with the same codecs. */
import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import type { Variant } from '../types.ts'
import { extensions } from './formats.ts'

/** What a variant is made from; everything its bytes depend on. */
export type VariantInputs = Omit<Variant, 'name' | 'key'>

/**
 * Address of a variant in the store: a SHA-256 over a named list of inputs and the tools that draw them.
 *
 * @param tools render version and codec versions, so that an update of either makes new files under new names
 */
export function variantKey(inputs: VariantInputs, tools: string): string {
  const {
    source,
    format,
    rect,
    width,
    height,
    encoder,
    colour,
    frames,
    alpha,
    depth,
    gainMap,
    metadata,
    allowTruncated,
  } = inputs
  return hash([
    tools,
    source,
    format,
    [rect.left, rect.top, rect.width, rect.height],
    [width, height],
    [encoder.quality, encoder.effort],
    [colour, frames, alpha, depth, gainMap, metadata, allowTruncated],
  ])
}

/** File name of a variant: `<stem>-<width>x<height>.<first 12 of the key>.<ext>`. 48 bits keep thousands of variants apart. */
export function variantName(file: string, inputs: VariantInputs, key: string): string {
  return `${toStem(file)}-${inputs.width}x${inputs.height}.${key.slice(0, 12)}${extensions[inputs.format]}`
}

/**
 * The readable part of a name: plain ASCII, so that it means the same in every URL, file system and Unicode normal form.
 */
export function toStem(file: string): string {
  const plain = basename(file, extname(file))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
  return plain === '' ? 'image' : plain
}

/** SHA-256 of plain JSON, hex. */
export function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
