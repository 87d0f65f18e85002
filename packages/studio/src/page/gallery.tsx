/** Every photo of the project with all its crops, and first of all which of them deserve a look. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { canSave } from './api.ts'
import type { Library } from './library.ts'
import { PhotoCard } from './photo-card.tsx'
import { looksWorthwhile } from './worth-a-look.ts'

export function Gallery({ library: { list, problem, photos } }: { readonly library: Library }): JSX.Element {
  const [onlyOpen, setOnlyOpen] = useState(false)
  const all = list?.photos ?? []
  const open = all.filter(({ path }) => looksWorthwhile(photos.get(path)))
  const shown = onlyOpen ? open : all
  return (
    <main class="gallery">
      <header class="top">
        <div>
          <h1>Crops</h1>
          <p class="muted">{list === undefined ? ' ' : list.project}</p>
        </div>
        {all.length > 0 && (
          <fieldset class="filter">
            <legend class="unseen">Photos</legend>
            <button type="button" aria-pressed={!onlyOpen} onClick={() => setOnlyOpen(false)}>
              All <span>{all.length}</span>
            </button>
            <button type="button" aria-pressed={onlyOpen} onClick={() => setOnlyOpen(true)}>
              Worth a look <span>{open.length}</span>
            </button>
          </fieldset>
        )}
      </header>
      {problem !== undefined && <p class="banner bad">{problem}</p>}
      {!canSave && (
        <p class="banner">You are looking only: saving works on the machine that runs the server, at localhost.</p>
      )}
      {list !== undefined && all.length === 0 && <Nothing />}
      {onlyOpen && all.length > 0 && open.length === 0 && <p class="empty">No crop asks for a look.</p>}
      <ul class="cards">
        {shown.map((photo) => (
          <li key={photo.path}>
            <PhotoCard photo={photo} known={photos.get(photo.path)} />
          </li>
        ))}
      </ul>
      {list !== undefined && list.missing.length > 0 && (
        <section class="missing">
          <h2>Not found</h2>
          <ul>
            {list.missing.map(({ written, importer }) => (
              <li key={`${importer} ${written}`}>
                <code>{written}</code> <span class="muted">in {importer}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}

function Nothing(): JSX.Element {
  return (
    <div class="empty">
      <p>No photo is imported as a hero yet.</p>
      <pre>import hero from './hero.jpg?hero'</pre>
    </div>
  )
}
