/** Identifiers: UUIDs whose order is that of time (RFC 9562, version 7), and their form on the wire. */
import { type IdKind, idPrefixes } from '@hero-image/client/contract'
import { v7 } from 'uuid'

/** A new identifier. */
export function newId(): string {
  return v7()
}

/** How an identifier looks outside: `prj_` and 32 digits. */
export function toWireId(kind: IdKind, id: string): string {
  return `${idPrefixes[kind]}_${id.replaceAll('-', '')}`
}

/** The identifier inside, or undefined for what is none of this kind. */
export function fromWireId(kind: IdKind, wireId: string): string | undefined {
  const digits = wireId.slice(idPrefixes[kind].length + 1)
  if (!wireId.startsWith(`${idPrefixes[kind]}_`) || !/^[0-9a-f]{32}$/.test(digits)) return undefined
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
