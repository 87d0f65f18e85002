import { HeroImage } from '@hero-image/next/image'
import hike from '../photos/desert-hike.jpg?focus=.35,.62&hero'
import { Card } from './card'

export default function Page() {
  return (
    <>
      <main>
        <HeroImage src={hike} alt="Six hikers on the ridge of an orange dune" priority />
        <h1>Desert walks</h1>
        <Card />
      </main>
      <footer />
    </>
  )
}
