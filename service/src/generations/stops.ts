/** Why the work on a generation stops, apart from faults of providers. */

/** The work broke off at a place from where nobody can tell whether a picture is being drawn, and paid for. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** The generation has ended while it was worked on, or belongs to another attempt by now. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

/** Somebody else goes on with the job, or does already. */
export class ProcessStops extends Error {
  override readonly name = 'ProcessStops'
}

/** The photo or the mask was deleted meanwhile. */
export class SourceMissing extends Error {
  override readonly name = 'SourceMissing'
}

/** The pictures are too large for our own decoders to put together. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible'
}
