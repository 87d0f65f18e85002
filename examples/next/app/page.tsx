import { HeroImage } from '@hero-image/next/image'
import hike from '../photos/desert-hike.jpg?hero'
import { Card } from './card'

export default function Page() {
  return (
    <main>
      <HeroImage src={hike} priority />
      <h1>Desert walks</h1>
      <Card />
    </main>
  )
}
