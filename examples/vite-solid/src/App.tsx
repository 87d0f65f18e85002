/** The page: the hero comes first and at once, the card when it is scrolled to. */
import wren from '../photos/canyon-wren.jpg?hero=card'
import hike from '../photos/desert-hike.jpg?focus=.35,.62&hero'
import { HeroImage } from './HeroImage.tsx'

export function App() {
  return (
    <>
      <header>
        <HeroImage src={hike} alt="Six hikers on the ridge of an orange dune" priority />
        <h1>Desert walks</h1>
      </header>
      <p>One photo, the right picture for every screen.</p>
      <figure>
        <HeroImage src={wren} alt="A canyon wren singing on a rock" />
        <figcaption>Listen</figcaption>
      </figure>
    </>
  )
}
