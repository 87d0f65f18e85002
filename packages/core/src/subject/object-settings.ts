/** Every constant of looking for objects, with its reason. Figures: photos of bench/crops; around these values all of them lie on a plateau. */

interface ObjectSettings {
  readonly kinds: ReadonlyMap<string, string>
  readonly parts: ReadonlySet<string>
  readonly leastLogit: number
  readonly least: number
  readonly sure: number
  readonly mergeOverlap: number
  readonly known: number
  readonly cells: number
  readonly threshold: number
}

export const objectSettings: ObjectSettings = {
  /** What gets boxes of its own, by the network's names. Bears are seen as dogs and horses as cattle, so none is called by a name that may be wrong. */
  kinds: new Map([
    ['Person', 'person'],
    ['Cat', 'animal'],
    ['Dog', 'animal'],
    ['Cattle', 'animal'],
    ['Car', 'vehicle'],
    ['Vehicle', 'vehicle'],
    ['Bicycle', 'vehicle'],
    ['Stationary bicycle', 'vehicle'],
  ]),
  /** What is worn is part of somebody. */
  parts: new Set(['Footwear', 'Boot', 'High heels']),
  /** ln(0.05 / 0.95): what the network believes with less than 0.05 is noise, also in sum. */
  leastLogit: -2.944,
  /** Boxes that take part in the mean of those that overlap. */
  least: 0.3,
  /** A box that the crop is placed around, instead of around what stands out. At 0.5 people at the edge and cars in the background come in. */
  sure: 0.65,
  /** Between 0.4 and 0.6 nearly all crops are the same. */
  mergeOverlap: 0.5,
  /** A person whose face is seen has a more exact box from the person network: this share of the smaller box lies in the other one. */
  known: 0.7,
  /** Cells a side of the map of everything. */
  cells: 48,
  /** Its cells above this share of the strongest count for its rectangle. */
  threshold: 0.4,
}
