import { toPictureHtml } from '@hero-image/core/markup'
import wren from '../photos/canyon-wren.jpg?focus=.42,.5&hero=card'
import saturn from '../photos/saturn.png?hero=card'

const cards = [
  { asset: wren, alt: 'A canyon wren singing on a rock', text: 'Listen' },
  { asset: saturn, alt: 'Saturn with its rings', text: 'Look up' },
]

const list = document.querySelector('#cards')
if (list !== null) {
  list.innerHTML = cards
    .map(({ asset, alt, text }) => `<figure>${toPictureHtml(asset, { alt })}<figcaption>${text}</figcaption></figure>`)
    .join('')
}
