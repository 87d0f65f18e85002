/** Pulling something by pointer or by keys: drafts while it moves, one decision when it is let go. */
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { type Step, stepFor } from '../geometry/grip.ts'
import type { Editor } from './editor.ts'

/** What is pulled, and what that is called. */
export interface Pull {
  /** Drafts what comes of the whole way since it was taken hold of, in shares of the photo. */
  follow(way: Step): void
  /** In words, when it is let go: `Focus moved`. */
  readonly what: string
}

/** Where the pointer took hold, or how far keys have led. */
interface Hold {
  readonly pointer?: {
    readonly id: number
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
  way: Step
}

type Listeners = Pick<
  JSX.HTMLAttributes<HTMLElement>,
  'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onKeyDown' | 'onKeyUp' | 'onBlur'
>

/** Listeners for an element on the stage; the nearest `data-photo` around it is the photo. */
export function usePull({ commit, cancel }: Editor, { follow, what }: Pull): Listeners {
  const hold = useRef<Hold | undefined>(undefined)
  const letGo = (end: () => void) => {
    if (hold.current === undefined) return
    hold.current = undefined
    end()
  }
  const keep = () => letGo(() => commit(what))
  const forget = () => letGo(cancel)
  return {
    onPointerDown(event) {
      if (event.button !== 0 || !event.isPrimary || hold.current !== undefined) return
      const { width, height } = photoBox(event.currentTarget)
      event.preventDefault()
      event.currentTarget.focus({ preventScroll: true })
      event.currentTarget.setPointerCapture(event.pointerId)
      const pointer = { id: event.pointerId, x: event.clientX, y: event.clientY, width, height }
      hold.current = { pointer, way: { dx: 0, dy: 0 } }
    },
    onPointerMove(event) {
      const { pointer } = hold.current ?? {}
      if (pointer === undefined || pointer.id !== event.pointerId) return
      follow({ dx: (event.clientX - pointer.x) / pointer.width, dy: (event.clientY - pointer.y) / pointer.height })
    },
    onPointerUp(event) {
      if (hold.current?.pointer?.id === event.pointerId) keep()
    },
    onPointerCancel(event) {
      if (hold.current?.pointer?.id === event.pointerId) forget()
    },
    onKeyDown(event) {
      if (event.key === 'Escape' && hold.current !== undefined) {
        event.stopPropagation()
        return forget()
      }
      const step = stepFor(event)
      if (step === undefined || hold.current?.pointer !== undefined) return
      event.preventDefault()
      hold.current ??= { way: { dx: 0, dy: 0 } }
      const { way } = hold.current
      hold.current.way = { dx: way.dx + step.dx, dy: way.dy + step.dy }
      follow(hold.current.way)
    },
    onKeyUp(event) {
      if (hold.current?.pointer === undefined && stepFor({ ...keyOf(event), ctrlKey: false, metaKey: false })) keep()
    },
    onBlur() {
      if (hold.current?.pointer === undefined) keep()
    },
  }
}

function keyOf({ key, shiftKey, altKey }: KeyboardEvent) {
  return { key, shiftKey, altKey }
}

function photoBox(element: Element): DOMRect {
  return (element.closest('[data-photo]') ?? element).getBoundingClientRect()
}
