// Shows the picture; the alt text stands beside the photo, in desert-hike.jpg.hero.json.
import { toPictureHtml } from '@hero-image/core/markup'
import hero from '../photos/desert-hike.jpg?hero'

document.querySelector('#hero').innerHTML = toPictureHtml(hero, { priority: true })
