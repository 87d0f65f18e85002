import type { HeroAsset } from '../types.ts'
import { type PropsOptions, toProps } from './props.ts'

/**
 * The picture as JSX text, ready to paste. With a placeholder it is a fragment of `<style>` and `<picture>`.
 *
 * @throws HERO_INVALID_OPTION when there is no alt text
 */
export function toJsx(asset: HeroAsset, options: PropsOptions = {}): string {
  const { sources, img, style } = toProps(asset, options)
  const tags = [...sources.map((source) => toTag('source', { ...source })), toTag('img', { ...img })]
  const picture = ['<picture>', ...tags.map(indent), '</picture>']
  if (style === undefined) return picture.join('\n')
  const css = toTag('style', { dangerouslySetInnerHTML: { __html: style.css } })
  return ['<>', ...[css, ...picture].map(indent), '</>'].join('\n')
}

function toTag(name: string, props: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(props).filter(([, value]) => value !== undefined && value !== null && value !== false)
  return `<${[name, ...given.map(([prop, value]) => `${prop}${toValue(value)}`)].join(' ')} />`
}

/** JSX strings know HTML entities but no escapes, so anything unusual is written as a JavaScript string. */
function toValue(value: unknown): string {
  if (value === true) return ''
  return typeof value === 'string' && /^[^"&<>{}\\\r\n]*$/.test(value) ? `="${value}"` : `={${JSON.stringify(value)}}`
}

function indent(line: string): string {
  return `  ${line}`
}
