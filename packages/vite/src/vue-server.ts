/**
 * Heroes in `<img src>` of Vue templates, on the server: Vue makes an import of each, and its server renderer leaves out attributes that are no text, assets among them.
 * There they get the URL of the fallback, as browsers do by themselves. Components that ask for an asset (`transformAssetUrls`) go on to get it.
 * In dev Vue imports nothing: pages then ask for the photo itself.
 */
import { splitId } from '@hero-image/unplugin/emit'
import type { ESTree, Plugin } from 'vite'

// How Vue names what its templates import.
const imports = /\bimport (_imports_\d+) from (["'])(.*?)\2/g
const attributes = /^_ssrRenderAttrs?$/
const elements = /^_create(?:Element)?(?:VNode|Block)$/

/** The plugin. */
export function vueServerPlugin(): Plugin {
  return {
    name: 'hero-image:vue-server',
    // After Vue, and after what makes JavaScript of TypeScript.
    enforce: 'post',
    applyToEnvironment: ({ config }) => config.consumer === 'server',
    transform: {
      filter: { code: /\bimport _imports_\d+ from / },
      async handler(code) {
        const heroes = new Set(
          [...code.matchAll(imports)].flatMap(([, name = '', , id = '']) => (splitId(id) === undefined ? [] : name)),
        )
        if (heroes.size === 0) return undefined
        // Only here: hardly a project needs it, and every build would load it.
        const { default: MagicString } = await import('magic-string')
        const changed = new MagicString(code)
        visit(this.parse(code), (node) => {
          for (const value of attributeValues(node)) {
            visit(value, (inner) => {
              if (inner.type === 'Identifier' && heroes.has(inner.name))
                changed.update(inner.start, inner.end, `String(${inner.name})`)
            })
          }
        })
        return { code: changed.toString(), map: changed.generateMap({ hires: 'boundary' }) }
      },
    },
  }
}

/** What a call gives to attributes of an element, if that is what it does. */
function attributeValues(node: ESTree.Node): readonly ESTree.Node[] {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return []
  const [first, props] = node.arguments
  if (attributes.test(node.callee.name)) return node.arguments
  // A component's first argument is no text.
  return elements.test(node.callee.name) && first?.type === 'Literal' && props !== undefined ? [props] : []
}

function visit(node: ESTree.Node, found: (node: ESTree.Node) => void): void {
  found(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, found)
  }
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
