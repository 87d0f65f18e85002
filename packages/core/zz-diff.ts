import { mkdtempSync } from 'node:fs'
import { openProject, planProject, writeProject } from './test/robust/fixtures/project.ts'
import sharp from 'sharp'
const root = mkdtempSync('/tmp/robust/p-')
await writeProject(root)
const engine = openProject(root, root + '/clean')
const jobs = await planProject(engine)
const clean = new Map(await Promise.all(jobs.map(async ({file, variant}) => [variant.key, await engine.render(file, variant)] as const)))
// each alone
for (const {file, variant} of jobs) {
  const e = openProject(root, root + '/alone-' + variant.key.slice(0,12))
  const bytes = await e.render(file, variant)
  const ref = clean.get(variant.key)!
  if (!Buffer.from(bytes).equals(Buffer.from(ref))) {
    const [a,b] = await Promise.all([sharp(bytes).raw().toBuffer(), sharp(ref).raw().toBuffer()])
    let n=0, m=0; for (let i=0;i<a.length;i++){const d=Math.abs(a[i]!-b[i]!); if(d){n++; m=Math.max(m,d)}}
    console.log(file.split('/').pop(), variant.name, variant.rect, 'diff px', n, 'max', m)
  }
}
