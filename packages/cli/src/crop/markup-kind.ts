/** Kinds of markup that can be printed; each is a flag of its own. */
export const markupKinds = ['html', 'jsx', 'css', 'preload'] as const

/** One kind of markup. */
export type MarkupKind = (typeof markupKinds)[number]
