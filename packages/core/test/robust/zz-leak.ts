import { mkdirSync, writeFileSync } from 'node:fs'
import { createEngine } from '../../src/engine/engine.ts'
import { resolveOptions } from '../../src/options/resolve.ts'
import { mutate } from './fixtures/mutate.ts'
import { createRandom } from './fixtures/random.ts'
import { makeSeeds } from './fixtures/seeds.ts'
mkdirSync('/tmp/robust/leak', {recursive:true})
const engine = createEngine(resolveOptions({effort:'fast',cache:{mode:'off'},limits:{pixels:4e6,seconds:10},presets:{hero:{crops:{s:{ratio:1}},widths:[16]}}}, '/tmp/robust/leak'))
const rss = () => Math.round(process.memoryUsage.rss()/1e6)
for (const [name, seed] of Object.entries(await makeSeeds())) {
  const marks = [rss()]
  for (let r=0;r<700;r++) {
    const f='/tmp/robust/leak/x'+(r%5); writeFileSync(f, process.argv[2]==='whole' ? seed : mutate(seed, createRandom(r*7+name.length)))
    try { const p = await engine.plan(f,'?hero'); await engine.render(f, p.variants[r%p.variants.length]!) } catch {}
    if (r===200||r===699) marks.push(rss())
  }
  console.log(name, marks.join(' '))
}
await engine.close()
