/** Turns references in finished CSS into backgrounds that change with the viewport. */
import type { HeroAsset } from '@hero-image/core'
import { toImageSet } from '@hero-image/core/markup'
import postcss, { type AtRule, type Declaration, type Rule } from 'postcss'
import { parseReference, type Reference } from './references.ts'

const referenceUrl = /url\((["']?)heroimage:\/\/([\w-]+)\1\)/g

/** The asset behind a reference, with URLs that may stand in CSS. */
export type AssetOf = (reference: Reference) => Promise<HeroAsset>

/**
 * Expands all references of a sheet.
 *
 * Each becomes a custom property on the rule that uses it: the plain fallback file; then, for browsers that choose among formats, an
 * `image-set()` of the default crop, and one per crop under its media. A property, because `background` is a shorthand: repeating it under
 * `@media` would reset what the rule says beside it.
 *
 * @param css plain CSS; a style attribute's bare declarations get the default crop only, since they cannot hold `@media`
 */
export async function expandReferences(css: string, assetOf: AssetOf): Promise<string> {
  const root = postcss.parse(css)
  const uses: { declaration: Declaration; tokens: string[] }[] = []
  root.walkDecls((declaration) => {
    const tokens = [...declaration.value.matchAll(referenceUrl)].flatMap((match) => match[2] ?? [])
    if (tokens.length > 0) uses.push({ declaration, tokens })
  })
  for (const { declaration, tokens } of uses) {
    for (const token of new Set(tokens)) expandOne(declaration, token, await assetOf(parseReference(token)))
  }
  return root.toString()
}

function expandOne(declaration: Declaration, token: string, asset: HeroAsset): void {
  const rule = declaration.parent
  const isChosen = /image-set\([^;{}]*heroimage:/.test(declaration.value)
  const ownUrl = new RegExp(`url\\((["']?)heroimage://${token}\\1\\)`, 'g')
  // One of several files that the user has a browser choose from: there is room for one file only.
  if (isChosen) {
    declaration.value = declaration.value.replace(ownUrl, () => toImageSet(asset, defaultCrop(asset)).fallback)
    return
  }
  if (rule === undefined || !isRule(rule) || isInKeyframes(rule)) {
    declaration.value = declaration.value.replace(ownUrl, () => toImageSet(asset, defaultCrop(asset)).imageSet)
    return
  }
  const property = `--hero-${shortHash(token)}`
  declaration.value = declaration.value.replace(ownUrl, `var(${property})`)
  declaration.before({ prop: property, value: toImageSet(asset, defaultCrop(asset)).fallback })
  // The URL is a fragment: some bundlers look for files in conditions too.
  const supports = postcss.atRule({ name: 'supports', params: '(background-image: image-set("#" type("image/avif")))' })
  const set = (crop: string): Rule =>
    postcss.rule({
      selector: rule.selector,
      nodes: [postcss.decl({ prop: property, value: toImageSet(asset, crop).imageSet })],
    })
  supports.append(set(defaultCrop(asset)))
  // In a picture the first match wins, in CSS the last: hence the reverse order.
  for (const { crop, media } of cropsWithMedia(asset).reverse()) {
    supports.append(postcss.atRule({ name: 'media', params: media, nodes: [set(crop)] }))
  }
  lastOfOurs(rule).after(supports)
}

/** Several pictures in one rule keep their order behind it. */
function lastOfOurs(rule: Rule): Rule | AtRule {
  let last: Rule | AtRule = rule
  for (
    let next = rule.next();
    next?.type === 'atrule' && next.params.includes('type("image/avif")');
    next = next.next()
  )
    last = next
  return last
}

function cropsWithMedia(asset: HeroAsset): { crop: string; media: string }[] {
  const found = new Map<string, string>()
  for (const { crop, media } of asset.sources) if (media !== undefined) found.set(crop, media)
  return [...found].map(([crop, media]) => ({ crop, media }))
}

function defaultCrop(asset: HeroAsset): string {
  return asset.sources.at(-1)?.crop ?? Object.keys(asset.crops).at(-1) ?? ''
}

function isRule(node: { readonly type: string }): node is Rule {
  return node.type === 'rule'
}

function isInKeyframes(rule: Rule): boolean {
  return rule.parent?.type === 'atrule' && /keyframes$/i.test((rule.parent as AtRule).name)
}

/** Names a property after what it shows; equal references share it. */
function shortHash(text: string): string {
  let hash = 0
  for (const char of text) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0
  return (hash >>> 0).toString(36)
}
