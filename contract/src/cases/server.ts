/** The code of a server names the files that its client's build ships. */
import { expect } from 'vitest'
import { urlsOf } from '../../../packages/unplugin/test/fixtures/contract.ts'
import { buildOne } from '../build.ts'
import type { Group } from '../cross.ts'
import { expectHonest } from '../picture.ts'
import { assetsIn, type Seen } from '../shown.ts'

interface Evidence {
  readonly client: Seen
  readonly server: Seen
}

export const serverGroup: Group<'server', Evidence> = {
  name: 'server',
  forms: ['import', 'dynamic import', 'CSS url()'],
  async gather(host, project) {
    const client = await buildOne(host, project, { publicPath: '/sub/', out: 'client', side: 'client' })
    return { client, server: await buildOne(host, project, { publicPath: '/sub/', out: 'server', side: 'server' }) }
  },
  cases: {
    'server and client agree': async ({ client, server }) => {
      await expectHonest(client)
      expect(assetsIn(server.shown).flatMap(urlsOf)).toEqual(assetsIn(client.shown).flatMap(urlsOf))
    },
  },
}
