/** One photo of the gallery: its crops side by side, and who imports it. */
import type { JSX } from 'preact'
import type { ListedPhoto, PhotoDetails, PlannedUse } from '../wire.ts'
import { CropFigure } from './crop-figure.tsx'
import type { Known } from './library.ts'
import { toHash } from './route.ts'

interface PhotoCardProps {
  readonly photo: ListedPhoto
  readonly known: Known | undefined
}

export function PhotoCard({ photo, known }: PhotoCardProps): JSX.Element {
  const { path, uses } = photo
  const slash = path.lastIndexOf('/') + 1
  const importers = [...new Set(uses.flatMap((use) => use.importers))]
  const loaded = uses.some((use) => use.loaded)
  return (
    <article class="card">
      <header>
        <h2>
          <a href={toHash(path)} onPointerEnter={() => warm(known)} onFocus={() => warm(known)}>
            <span class="folder">{path.slice(0, slash)}</span>
            {path.slice(slash)}
          </a>
        </h2>
        {known !== undefined && !(known instanceof Error) && known.version !== 'none' && (
          <span class="tag">set by hand</span>
        )}
        {!loaded && (
          <span
            class="tag quiet"
            title="Found in the source files; no page that uses it was opened since the server started."
          >
            not opened yet
          </span>
        )}
        <p class="importers muted">{importers.join(', ')}</p>
      </header>
      {known === undefined ? (
        <Waiting />
      ) : known instanceof Error ? (
        <Failed reason={known.message} />
      ) : (
        <Uses {...known} />
      )}
    </article>
  )
}

function Uses({ uses, sidecarProblem, ...photo }: PhotoDetails): JSX.Element {
  return (
    <>
      {sidecarProblem !== undefined && <Failed reason={`The sidecar cannot be read. ${sidecarProblem}`} />}
      <div class="uses">
        {uses.map((use) => (
          <div key={use.query} class="use">
            {(uses.length > 1 || use.query !== 'hero') && (
              <h3>
                <code>?{use.query}</code>
              </h3>
            )}
            <UseCrops use={use} photo={photo} />
          </div>
        ))}
      </div>
    </>
  )
}

interface UseCropsProps {
  readonly use: PlannedUse
  readonly photo: Pick<PhotoDetails, 'path' | 'width' | 'height' | 'thumbnail'>
}

function UseCrops({ use, photo }: UseCropsProps): JSX.Element {
  if (use.problem !== undefined) return <Failed reason={use.problem} />
  return (
    <ul class="crops">
      {use.crops.map((crop) => (
        <li key={crop.name}>
          <CropFigure crop={crop} photo={photo} />
        </li>
      ))}
    </ul>
  )
}

function Waiting(): JSX.Element {
  return (
    <div class="waiting" role="status" aria-label="Looking at the photo">
      <i />
      <i />
      <i />
    </div>
  )
}

function Failed({ reason }: { readonly reason: string }): JSX.Element {
  return <p class="banner bad">{reason}</p>
}

/** Whoever points at a photo is about to open it: the server draws its large copy meanwhile, and the browser keeps it. */
function warm(known: Known | undefined): void {
  if (known !== undefined && !(known instanceof Error)) void fetch(known.picture).catch(() => undefined)
}
