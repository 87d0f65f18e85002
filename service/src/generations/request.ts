/** From a request to what it means: files that are there, a provider that can do it, a plan, a price. Quotes and generations go the same way. */
import type { NewGeneration } from '@hero-image/client/contract'
import type { Size } from '@hero-image/core/crop'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database/open.ts'
import { runPrepared } from '../database/prepared.ts'
import type { FileKind } from '../database/tables/projects.ts'
import { invalidField, ProblemError } from '../http/problem.ts'
import { fromWireId } from '../keys/uuid.ts'
import { type Capability, capabilityOf, type Provider } from '../providers/provider.ts'
import { chooseProvider } from '../providers/providers.ts'
import { type PlanLimits, type PricedPlan, planGeneration } from './plan.ts'

/** A request, understood. */
export interface Understood extends PricedPlan {
  readonly provider: Provider
  readonly capability: Capability
  readonly sourceId: string | null
  readonly maskId: string | null
  /** None where none was opened yet. */
  readonly walletId: string | null
}

/** Who asks, and what there is. */
export interface Asking {
  readonly userId: string
  readonly providers: readonly Provider[]
  readonly limits: PlanLimits
}

/**
 * Understands a request.
 *
 * @param holdsAccount whether the account stays as it is until the transaction ends: for whoever spends
 * @throws ProblemError not-found, invalid-fields, unsupported-operation; unauthenticated when the account is going
 */
export async function understand(
  db: Db,
  request: NewGeneration,
  { userId, providers, limits }: Asking,
  holdsAccount = false,
): Promise<Understood> {
  const provider = chooseProvider(providers, request.operation, request.provider)
  if (provider === undefined && request.provider !== undefined) {
    throw invalidField('/provider', `is none of: ${providers.map(({ id }) => id).join(', ')}.`)
  }
  const capability = provider === undefined ? undefined : capabilityOf(provider, request.operation)
  if (provider === undefined || capability === undefined) {
    throw new ProblemError('unsupported-operation', {
      detail:
        provider === undefined
          ? `No provider of this service can ${request.operation}.`
          : `The provider ${provider.id} cannot ${request.operation}.`,
      errors: [{ pointer: request.provider === undefined ? '/operation' : '/provider', detail: 'is not possible.' }],
    })
  }
  const { source, mask, walletId } = await findParts(db, userId, request, holdsAccount)
  if (source !== undefined && mask !== undefined) checkMaskRatio(source.size, mask.size)
  const planned = planGeneration(request, capability, source?.size, limits)
  if (request.max_credits !== undefined && planned.credits > request.max_credits) {
    throw invalidField('/max_credits', `is less than the price of ${planned.credits} credits.`)
  }
  return { ...planned, provider, capability, sourceId: source?.id ?? null, maskId: mask?.id ?? null, walletId }
}

type UploadField = 'upload_id' | 'mask_upload_id'

interface Picture {
  readonly id: string
  readonly size: Size
}

/** A file as a left join finds it. */
interface FoundFile {
  readonly id: string | null
  readonly width: number | null
  readonly height: number | null
}

/**
 * Whoever let the request in looked a while ago. Where the account is held, an erasure, or the wish for one, waits from here on until the transaction is done; both lock
 * the account before the wallet, too.
 */
async function findParts(db: Db, userId: string, request: NewGeneration, holdsAccount: boolean) {
  const found = db
    .selectFrom('user')
    .leftJoin('wallet', 'wallet.user_id', 'user.id')
    .leftJoin('file as source', (join) =>
      join
        .onRef('source.user_id', '=', 'user.id')
        .on('source.id', '=', toFileId(request, 'upload_id'))
        .on('source.kind', '=', sql.lit('source'))
        .on('source.deleted_at', 'is', null),
    )
    .leftJoin('file as mask', (join) =>
      join
        .onRef('mask.user_id', '=', 'user.id')
        .on('mask.id', '=', toFileId(request, 'mask_upload_id'))
        .on('mask.kind', 'in', [sql.lit<FileKind>('mask'), sql.lit<FileKind>('source')])
        .on('mask.deleted_at', 'is', null),
    )
    .select(['wallet.id as wallet_id', 'source.id as source_id', 'source.width', 'source.height'])
    .select(['mask.id as mask_id', 'mask.width as mask_width', 'mask.height as mask_height'])
    .where('user.id', '=', userId)
    .where('user.erasureDueAt', 'is', null)
  const [row] = await runPrepared(db, (holdsAccount ? found.forShare('user') : found).compile())
  if (row === undefined) throw new ProblemError('unauthenticated')
  const { wallet_id: walletId, source_id, width, height, mask_id, mask_width, mask_height } = row
  return {
    walletId,
    source: toPicture(request, 'upload_id', { id: source_id, width, height }),
    mask: toPicture(request, 'mask_upload_id', { id: mask_id, width: mask_width, height: mask_height }),
  }
}

function toPicture(request: NewGeneration, field: UploadField, { id, width, height }: FoundFile): Picture | undefined {
  if (toUploadId(request, field) === undefined) return undefined
  if (id === null) {
    throw new ProblemError('not-found', {
      detail: 'There is no such upload.',
      errors: [{ pointer: `/${field}`, detail: 'is no picture of yours.' }],
    })
  }
  if (width === null || height === null) throw invalidField(`/${field}`, 'is no picture.')
  return { id, size: { width, height } }
}

/** Null finds nothing. */
function toFileId(request: NewGeneration, field: UploadField): RawBuilder<string> {
  const wireId = toUploadId(request, field)
  return sql`${(wireId === undefined ? undefined : fromWireId('upload', wireId)) ?? null}::uuid`
}

function toUploadId(request: NewGeneration, field: UploadField): string | undefined {
  if (request.operation === 'generate') return undefined
  if (field === 'upload_id') return request.upload_id
  return request.operation === 'edit' ? request.mask_upload_id : undefined
}

/** A mask of another ratio would be stretched, and change what it was not painted over. */
function checkMaskRatio(source: Size, mask: Size): void {
  const off = Math.abs(Math.log(source.width / source.height) - Math.log(mask.width / mask.height))
  if (off > 0.02) throw invalidField('/mask_upload_id', 'has not the ratio of the photo.')
}
