/** Begins the sign-in of a device: two codes, one for the device and one for its owner. */
import { isScope, type Scope } from '@hero-image/client/contract'
import { newId } from '../keys/uuid.ts'
import type { Service } from '../service.ts'
import type { DeviceClient } from './clients.ts'
import { createDeviceCode, createUserCode, hashCode } from './codes.ts'

/** Codes work this long. */
export const codeSeconds = 15 * 60

/** A device asks no more often than this. */
export const firstInterval = 5

/** The codes. */
export interface DeviceCodes {
  readonly deviceCode: string
  readonly userCode: string
}

/** Keeps a wish, and gives its codes. */
export async function beginGrant(
  { db, secret, clock }: Service,
  wish: { readonly clientId: string; readonly clientName: string; readonly scopes: readonly Scope[] },
): Promise<DeviceCodes> {
  const deviceCode = createDeviceCode()
  const at = clock.now()
  for (;;) {
    const userCode = createUserCode()
    const kept = await db
      .insertInto('device_grant')
      .values({
        id: newId(),
        device_code_hash: hashCode(secret, 'device', deviceCode),
        user_code_hash: hashCode(secret, 'user', userCode),
        client_id: wish.clientId,
        client_name: wish.clientName,
        scopes: [...wish.scopes],
        interval_seconds: firstInterval,
        created_at: at,
        expires_at: new Date(at.getTime() + codeSeconds * 1000),
      })
      // Somebody else has this code just now.
      .onConflict((conflict) => conflict.column('user_code_hash').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (kept !== undefined) return { deviceCode, userCode }
  }
}

/** The scopes that are asked for, or undefined when one of them does not exist or is not for this program. */
export function toScopes(client: DeviceClient, text: string | undefined): readonly Scope[] | undefined {
  const names = [...new Set((text ?? '').split(' ').filter((name) => name !== ''))]
  if (names.length === 0) return client.scopes
  const wished = names.filter(isScope).filter((scope) => client.scopes.includes(scope))
  return wished.length === names.length ? wished : undefined
}
