/** Decides where everything of the store lies inside the cache folder. */

import { join } from 'node:path'

/** Kinds of entries: encoded files, what one decode tells about a source, and what was decided from that. */
export const rooms = ['variant', 'analysis', 'plan'] as const

/** One kind of entry. */
export type Room = (typeof rooms)[number]

/** Temp files older than this many milliseconds belong to a process that was killed. */
export const staleTempMs: number = 60 * 60 * 1000

/** The folder that holds everything of this layout; a later layout gets its own and leaves this one alone. */
export const toVersionFolder = (dir: string): string => join(dir, 'v1')

/** The folder of one kind of entry. */
export const toRoomFolder = (dir: string, room: Room): string => join(toVersionFolder(dir), room)

/** Where files lie while they are written: same file system as the entries, so that a rename is atomic. */
export const toTempFolder = (dir: string): string => join(toVersionFolder(dir), 'tmp')

/** The folder of the lock files. */
export const toLockFolder = (dir: string): string => join(toVersionFolder(dir), 'locks')

/** The file of the hash index. */
export const toHashIndexFile = (dir: string): string => join(toVersionFolder(dir), 'hashes.json')

const keyPattern = /^[0-9a-z]+$/

/**
 * The file of one entry: `<dir>/v1/<room>/<first 2 of key>/<key>`.
 *
 * @throws TypeError when the key is not made of 0-9 and a-z; everything else could leave the folder or clash where
 * file names ignore case.
 */
export function toEntryFile(dir: string, room: Room, key: string): string {
  if (!keyPattern.test(key)) throw new TypeError(`Not a key of the store: ${JSON.stringify(key)}`)
  return join(toRoomFolder(dir, room), key.slice(0, 2), key)
}

/** True when a file of this name in this shard folder can be an entry. */
export const isEntryName = (shard: string, name: string): boolean => keyPattern.test(name) && name.slice(0, 2) === shard
