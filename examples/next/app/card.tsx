'use client'
import { HeroImage } from '@hero-image/next/image'
import { useState } from 'react'
import wren from '../photos/canyon-wren.jpg?focus=.42,.5&hero=card'

export function Card() {
  const [isHeard, setHeard] = useState(false)
  return (
    <button type="button" onClick={() => setHeard(true)}>
      <HeroImage src={wren} alt="A canyon wren singing on a rock" />
      {isHeard ? 'Tew, tew, tew' : 'Listen'}
    </button>
  )
}
