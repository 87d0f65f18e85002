/** What placement wants, and how much: one table. docs/crops.md explains it. */

/** How strongly one kind of thing pulls, and how exact its edges are. */
export interface WantWeight {
  readonly weight: number
  /** The same beside a headline: there is seldom room for the whole body, and the face must not lie under text. */
  readonly beside: number
  /** Credit for being whole there, above what is seen of it. */
  readonly besideWhole: number
  /** Share of the credit that is given only when the thing is whole; the rest grows with the square of what is inside. */
  readonly whole: number
  /** Room beside each edge, in shares of the thing's own side, over which "cut" turns into "whole": as uncertain as its edges are. */
  readonly soft: number
}

/** Weights of things, before they are multiplied with the importance of the box they come from. */
export const wants: Readonly<Record<'face' | 'head' | 'eyes' | 'bust' | 'upper' | 'body' | 'salient', WantWeight>> = {
  /** Faces first: a cut face is the mistake everybody sees. Half the credit is for being whole. */
  face: { weight: 10, beside: 10, besideWhole: 0.25, whole: 0.5, soft: 0.06 },
  /** The same with hair and a little air: a head cropped at the hairline looks like an accident. */
  head: { weight: 3, beside: 3, besideWhole: 0.25, whole: 0.7, soft: 0.1 },
  /** Where a face is larger than the window, the eyes are what remains. */
  eyes: { weight: 3, beside: 3, besideWhole: 0.05, whole: 0.5, soft: 0.1 },
  /** Head and a little body: what a window shows of a person that does not fit. */
  bust: { weight: 2, beside: 2, besideWhole: 0.05, whole: 0.5, soft: 0.1 },
  /** A person or animal without a found face: heads are on top. */
  upper: { weight: 4, beside: 4, besideWhole: 0.05, whole: 0.6, soft: 0.12 },
  /** A whole person or thing. */
  body: { weight: 12, beside: 5, besideWhole: 0.05, whole: 0.7, soft: 0.1 },
  /** What only stands out: its edges are guesses. */
  salient: { weight: 6, beside: 6, besideWhole: 0.05, whole: 0.7, soft: 0.25 },
}

/** Everything else that counts, on the same scale. */
export const terms: Readonly<
  Record<
    | 'saliency'
    | 'aim'
    | 'centre'
    | 'gate'
    | 'fill'
    | 'zoom'
    | 'margin'
    | 'visibleZoom'
    | 'visibleFrame'
    | 'visibleAim'
    | 'unrest',
    number
  >
> = {
  /** The share of the saliency inside: the only guide where nothing was found, a weak one beside a face. */
  saliency: 0.1,
  /** Centres of frame and subject on top of each other: decides only between positions that keep the same. */
  aim: 1,
  /** Staying where the photographer had the middle: decides where there is no other reason. */
  centre: 0.1,
  /** What the finder's guess may lose, on the way back to the centre, when it is not sure at all: see choose.ts. */
  gate: 0.001,
  /** Where zooming was asked for: a small subject may fill half of the frame. */
  fill: 2,
  /** Every step of zoom costs pixels and context. */
  zoom: 1.5,
  /** Air between subject and edge, a share of the frame's side. */
  margin: 0.03,
  /** A step of zoom for a headline: a face that is whole beside the text is worth one, a body is not. */
  visibleZoom: 3.5,
  /** How much the frame as such counts, headline or not: decides between positions that show the same. */
  visibleFrame: 0.005,
  /** Its centre in the middle of the free part: the edges of what was found are guesses. */
  visibleAim: 2,
  /** Restlessness under a headline: decides where several positions show the subject. */
  unrest: 0.25,
}
