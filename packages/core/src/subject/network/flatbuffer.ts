/** Reads tables of a FlatBuffers file, which find their fields through a list of offsets. */

/** One table; fields are numbered as in the schema, and absent ones read as 0 or empty. */
export interface Table {
  readonly byte: (field: number) => number
  readonly int: (field: number) => number
  readonly text: (field: number) => string
  readonly ints: (field: number) => readonly number[]
  readonly bytes: (field: number) => Uint8Array
  readonly table: (field: number) => Table | undefined
  readonly tables: (field: number) => readonly Table[]
}

/** The root table of a file. @throws RangeError when an offset points outside the file. */
export function readRoot(file: Uint8Array): Table {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  return readTable(file, view, view.getUint32(0, true))
}

function readTable(file: Uint8Array, view: DataView, start: number): Table {
  const fields = start - view.getInt32(start, true)
  const fieldsSize = view.getUint16(fields, true)

  const find = (field: number): number | undefined => {
    const entry = 4 + 2 * field
    const offset = entry < fieldsSize ? view.getUint16(fields + entry, true) : 0
    return offset === 0 ? undefined : start + offset
  }
  const follow = (at: number): number => at + view.getUint32(at, true)
  const list = (field: number): { count: number; first: number } => {
    const at = find(field)
    if (at === undefined) return { count: 0, first: 0 }
    const vector = follow(at)
    return { count: view.getUint32(vector, true), first: vector + 4 }
  }
  const bytes = (field: number): Uint8Array => {
    const { count, first } = list(field)
    if (first + count > file.length) throw new RangeError('A list is longer than the file.')
    return file.subarray(first, first + count)
  }
  const each = <T>(field: number, read: (at: number) => T): readonly T[] => {
    const { count, first } = list(field)
    if (first + 4 * count > file.length) throw new RangeError('A list is longer than the file.')
    return Array.from({ length: count }, (_, index) => read(first + 4 * index))
  }
  return {
    byte: (field) => {
      const at = find(field)
      return at === undefined ? 0 : view.getInt8(at)
    },
    int: (field) => {
      const at = find(field)
      return at === undefined ? 0 : view.getInt32(at, true)
    },
    text: (field) => String.fromCharCode(...bytes(field)),
    ints: (field) => each(field, (at) => view.getInt32(at, true)),
    bytes,
    table: (field) => {
      const at = find(field)
      return at === undefined ? undefined : readTable(file, view, follow(at))
    },
    tables: (field) => each(field, (at) => readTable(file, view, follow(at))),
  }
}
