/** From a request to what it means: files that are there, a provider that can do it, a plan, a price. Quotes and generations go the same way. */
import type { NewGeneration } from '@hero-image/client/contract'
import type { Size } from '@hero-image/core/crop'
import type { Db } from '../database/open.ts'
import { runPrepared } from '../database/prepared.ts'
import type { FileTable } from '../database/tables/projects.ts'
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
 * @throws ProblemError not-found, invalid-fields, unsupported-operation
 */
export async function understand(
  db: Db,
  request: NewGeneration,
  { userId, providers, limits }: Asking,
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
  const source = await findPicture(db, userId, request, 'upload_id')
  const mask = await findPicture(db, userId, request, 'mask_upload_id')
  if (source !== undefined && mask !== undefined) checkMaskRatio(source.size, mask.size)
  const planned = planGeneration(request, capability, source?.size, limits)
  if (request.max_credits !== undefined && planned.credits > request.max_credits) {
    throw invalidField('/max_credits', `is less than the price of ${planned.credits} credits.`)
  }
  return { ...planned, provider, capability, sourceId: source?.id ?? null, maskId: mask?.id ?? null }
}

type UploadField = 'upload_id' | 'mask_upload_id'

const kinds: { readonly [Field in UploadField]: readonly FileTable['kind'][] } = {
  upload_id: ['source'],
  mask_upload_id: ['mask', 'source'],
}

async function findPicture(
  db: Db,
  userId: string,
  request: NewGeneration,
  field: UploadField,
): Promise<{ readonly id: string; readonly size: Size } | undefined> {
  const wireId = toUploadId(request, field)
  if (wireId === undefined) return undefined
  const id = fromWireId('upload', wireId)
  const [file] =
    id === undefined
      ? []
      : await runPrepared(
          db,
          db
            .selectFrom('file')
            .select(['id', 'width', 'height'])
            .where('id', '=', id)
            .where('user_id', '=', userId)
            .where('kind', 'in', kinds[field])
            .where('deleted_at', 'is', null)
            .compile(),
        )
  if (file === undefined) {
    throw new ProblemError('not-found', {
      detail: 'There is no such upload.',
      errors: [{ pointer: `/${field}`, detail: 'is no picture of yours.' }],
    })
  }
  if (file.width === null || file.height === null) throw invalidField(`/${field}`, 'is no picture.')
  return { id: file.id, size: { width: file.width, height: file.height } }
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
