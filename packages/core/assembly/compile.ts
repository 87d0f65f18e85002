/** `node assembly/compile.ts`: compiles the kernels and writes them, as base64, into the file that the engine imports. */
import { readFile, writeFile } from 'node:fs/promises'
import asc from 'assemblyscript/asc'

/** The kernels as WebAssembly, the same bytes on every machine. */
export async function compileKernels(): Promise<Uint8Array> {
  const sources = new Map<string, string>()
  for (const name of ['kernels.ts', 'boolean-map.ts'])
    sources.set(name, await readFile(new URL(name, import.meta.url), 'utf8'))
  let binary: Uint8Array | undefined
  const { error, stderr } = await asc.main(
    [
      'kernels.ts',
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--noAssert',
      '--converge',
      '--runtime',
      'stub',
      '--enable',
      'simd',
    ],
    {
      readFile: (name: string) => sources.get(name) ?? null,
      writeFile: (name: string, contents: string | Uint8Array) => {
        if (name === 'kernels.wasm' && typeof contents !== 'string') binary = contents
      },
      listFiles: () => [],
    },
  )
  if (error !== null || binary === undefined) throw new Error(`The kernels do not compile: ${stderr.toString()}`)
  return binary
}

/** The module that holds them. */
export function toModule(binary: Uint8Array): string {
  return [
    '/** Made by `node assembly/compile.ts` from assembly/kernels.ts; a test compares. */',
    '// biome-ignore format: one long line',
    `export const kernelBytes: string = '${Buffer.from(binary).toString('base64')}'`,
    '',
  ].join('\n')
}

if (import.meta.main) {
  const target = new URL('../src/subject/network/kernel-bytes.ts', import.meta.url)
  const binary = await compileKernels()
  await writeFile(target, toModule(binary))
  process.stdout.write(`${binary.length} bytes\n`)
}
