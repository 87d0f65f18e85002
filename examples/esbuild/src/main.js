import { toPictureHtml } from '@hero-image/core/markup'
import hero from '../photos/desert-hike.jpg?hero'
import './page.css'

document.querySelector('main').innerHTML = toPictureHtml(hero, { alt: 'Six hikers on a dune', priority: true })
