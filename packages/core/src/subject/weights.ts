/** Every constant of the subject finder, with its reason; those of looking for objects are in object-settings.ts. Figures: photos of bench/crops. */

/** Faces. */
export const faceSettings: {
  readonly leastLogit: number
  readonly mergeOverlap: number
  readonly hairline: number
  readonly chin: number
  readonly cheek: number
} = {
  /** ln(0.55 / 0.45): a score of 0.55. MediaPipe's own graph takes 0.6; the mean of two looks is calmer, so a little less still adds no false faces. */
  leastLogit: 0.2,
  /** MediaPipe's graph. */
  mergeOverlap: 0.3,
  /** The model's box ends at the brows; hair begins about this share of its height above. */
  hairline: 0.15,
  /** It cuts chins a little, */
  chin: 0.05,
  /** and shows a little too much beside the cheeks. */
  cheek: 0.04,
}

/** Saliency. */
export const saliencySettings: {
  readonly side: number
  readonly levels: number
  readonly blur: number
  readonly priorWidth: number
  readonly cells: number
} = {
  /** Long side on which saliency is computed, px: subjects, not textures. */
  side: 200,
  /** Cuts per channel; the paper's step of 8 in 256. */
  levels: 32,
  /** Radius of each of two box blurs, px of that size. */
  blur: 4,
  /** Standard deviation of the centre prior, in half sides. */
  priorWidth: 0.7,
  /** Most cells of the stored grid on its long side. */
  cells: 48,
}

/** Parts of the person mask. */
export const personSettings: {
  readonly threshold: number
  readonly clear: readonly {
    readonly mean: number
    readonly fill: number
    readonly area: number
    readonly corner: boolean
  }[]
  readonly mostArea: number
  readonly figureScore: number
  readonly leastContrast: number
  readonly sure: number
} = {
  /** A cell belongs to a person when the network says so with one half. */
  threshold: 128,
  /**
   * Without a face in it, a part must be sure (mean of its cells), compact (share of its box) and no speck (share of the photo). In a corner of the photo
   * it must be surer, since rocks, walls and water lie there.
   */
  clear: [
    { mean: 0.94, fill: 0.4, area: 0.02, corner: true },
    { mean: 0.85, fill: 0.3, area: 0.015, corner: false },
    { mean: 0.7, fill: 0.4, area: 0.08, corner: false },
  ],
  /** Larger parts are the background, share of the photo. */
  mostArea: 0.6,
  /** Certainty of such a part: about two in three are the subject. */
  figureScore: 0.7,
  /** Unless it is very sure, a part must stand out: saliency in its box over the mean of the photo, */
  leastContrast: 1.2,
  /** very sure being this score. */
  sure: 0.65,
}

/** Sharpness. */
export const sharpnessSettings: {
  readonly short: number
  readonly long: number
  readonly flat: number
  readonly cells: number
  readonly sharpest: number
} = {
  /** Reach of fine detail, px of the raster. */
  short: 1,
  /** Reach of coarse detail, px. */
  long: 4,
  /** Share of the photo's mean detail that is noise. */
  flat: 0.1,
  /** The photo's own sharpest parts are looked for in squares of a grid of this many cells a side. */
  cells: 8,
  /** The sharpest parts: this share of the cells is sharper. */
  sharpest: 0.1,
}

/** Grouping. */
export const groupSettings: {
  readonly peerShare: number
  readonly leastFace: number
  readonly offCentre: number
  readonly faceBonus: number
  readonly blurred: number
  readonly bodyPerFace: number
  readonly entangled: number
} = {
  /** A box of the primary's kind joins when it has at least this share of its importance. */
  peerShare: 1 / 3,
  /** A face inside the subject counts when it is at least this share of the largest face's height. */
  leastFace: 0.25,
  /** What a box in a corner loses: twice the squared distance from the middle. */
  offCentre: 1,
  /** A body with a face is looked at first. */
  faceBonus: 1.5,
  /** What remains of a box out of focus. */
  blurred: 0.4,
  /** A face without a body stands for one: three faces wide and seven high. */
  bodyPerFace: 21,
  /** A rider and a horse are one subject when this much of the smaller box lies in the larger one. */
  entangled: 0.3,
}

/** How much a kind of box matters: living things before vehicles, vehicles before other things, furniture last. Labels as in COCO; others count as things. */
const kinds: readonly (readonly [weight: number, labels: readonly string[]])[] = [
  [3, ['face']],
  [1.5, ['person']],
  [1.3, ['bird', 'cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe', 'animal']],
  [1.1, ['bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat', 'vehicle']],
  [
    0.5,
    ['chair', 'couch', 'potted plant', 'bed', 'dining table', 'toilet', 'tv', 'bench', 'sink', 'refrigerator', 'oven'],
  ],
]

export function kindWeight(label: string): number {
  return kinds.find(([, labels]) => labels.includes(label))?.[0] ?? 1
}

/** Subjects from saliency alone. */
export const salientSettings: {
  readonly threshold: number
  readonly half: number
  readonly faint: number
  readonly figures: number
  readonly mostScore: number
  readonly figureBesideMaps: number
} = {
  /** Cells above this share of the strongest one count for the rectangle, others against it. */
  threshold: 0.4,
  /** The same for the networks' maps, whose slopes are steep: one half. */
  half: 0.5,
  /** A map whose strongest cell is weaker has no opinion: a quarter of 255. Saliency is stretched, so this is about the person mask. */
  faint: 64,
  /** Share of the person mask in its mixture with saliency. */
  figures: 0.4,
  /** Saliency is right about as often as wrong where it leaves the centre. */
  mostScore: 0.5,
  /**
   * What a figure weighs beside the rectangles of the maps, each of which weighs 1: between 0.25 and 0.5 all is the same, without them (figures alone, as it was
   * before) 2 to 4 points fewer crops are clean where faces are left out on purpose.
   */
  figureBesideMaps: 0.5,
}

/** What lies apart from the photo's edge. */
export const apartSettings: { readonly nearest: number } = {
  /** Cells of the edge that a cell is compared with, the most alike: a tenth of them. All would tell grass from sky, one is a matter of chance. */
  nearest: 6,
}

/** Light. */
export const lightSettings: { readonly ends: number; readonly middle: number; readonly leastGamma: number } = {
  /** Share of the pixels that may become black, and white: sparks and dead corners. */
  ends: 0.01,
  /** Where the middle of a usual photo lies between black and white. */
  middle: 0.45,
  /**
   * Not to be overdone: night stays night. Light halved, raised by a third, or under gamma 0.7 or 1.5 changes what is found in 10 of 252 cases; where
   * light is not evened out, in 29.
   */
  leastGamma: 0.6,
}
