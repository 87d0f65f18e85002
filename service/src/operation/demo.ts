/** Something to look at: an account with credits and a token, a project with a photo, and the photo extended. Only in the embedded database. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scopeNames } from '@hero-image/client/contract'
import { createTokenText, hashToken, toTokenPrefix } from '../auth/token-text.ts'
import { newId } from '../keys/uuid.ts'
import { openWallet, topUp } from '../ledger/ledger.ts'
import { packageFolder } from '../package-folder.ts'
import type { Service } from '../service.ts'
import { createDemoCalls } from './demo-calls.ts'

const email = 'demo@example.org'
const credits = 100

/** Makes what is missing of the demo, and tells how to use it. */
export async function showDemo(service: Service, url: string): Promise<string> {
  if (service.database.kind !== 'pglite')
    throw new Error('The demo is for the embedded database: leave DATABASE_URL out.')
  const userId = await findOrCreatePerson(service)
  const token = await replaceToken(service, userId)
  const calls = createDemoCalls(url, token)
  const made = await calls.findOrMake('Desert hike', await readFile(join(packageFolder, 'demo/desert-hike.jpg')))
  return `
Hero Image runs at ${url}, to be tried: embedded database, fake payments, files in ${service.settings.HERO_DATA_DIR}.

An account with ${credits} credits, and its token, which changes with every start:
  export HERO_TOKEN=${token}
  curl -H "Authorization: Bearer $HERO_TOKEN" ${url}/v1/credits
  curl -H "Authorization: Bearer $HERO_TOKEN" ${url}/v1/projects

Its photo, extended to 9:16 by \`local\`, which is no AI and costs nothing:
  curl -H "Authorization: Bearer $HERO_TOKEN" -o extended.png ${url}/v1/generations/${made.generationId}/content

The API: ${url}/openapi.json   Mails: ${join(service.settings.HERO_DATA_DIR, 'mails')}   Stop: Ctrl+C
`
}

async function findOrCreatePerson({ db, clock }: Service): Promise<string> {
  const found = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()
  if (found !== undefined) return found.id
  const userId = newId()
  const at = clock.now()
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('user')
      .values({ id: userId, name: 'Demo', email, emailVerified: true, ageConfirmedAt: at })
      .execute()
    await topUp(trx, { walletId: await openWallet(trx, userId), credits, kind: 'grant', key: `demo ${userId}`, at })
  })
  return userId
}

/** The text of a token is known only when it is made, so each start makes a new one. */
async function replaceToken({ db }: Service, userId: string): Promise<string> {
  const token = createTokenText()
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('access_token').where('user_id', '=', userId).execute()
    await trx
      .insertInto('access_token')
      .values({
        id: newId(),
        user_id: userId,
        kind: 'api_key',
        name: 'Demo',
        prefix: toTokenPrefix(token),
        hash: hashToken(token),
        scopes: [...scopeNames],
      })
      .execute()
  })
  return token
}
