/** How a picture is named inside CSS and HTML until its URLs are known. */

/** A photo and what is asked of it. */
export interface Reference {
  /** Absolute path. */
  readonly file: string
  /** Without question mark. */
  readonly query: string
}

// Vite leaves URLs with a scheme and two slashes alone, in CSS, preprocessors and HTML alike.
const scheme = 'heroimage://'

/** True when a text has URLs that `toReferenceUrl` made. */
export function hasReferences(text: string): boolean {
  return text.includes(scheme)
}

/** A URL that passes through the host untouched and carries the reference along. */
export function toReferenceUrl({ file, query }: Reference): string {
  return scheme + Buffer.from(JSON.stringify([file, query])).toString('base64url')
}

/** The reference inside such a URL; takes the part after the scheme. */
export function parseReference(token: string): Reference {
  const [file, query]: unknown[] = JSON.parse(Buffer.from(token, 'base64url').toString())
  return { file: String(file), query: String(query) }
}

/** Line of an offset in a text, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** A path as written in CSS or HTML without its percent encoding; one that is not encoded stays as it is. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** True for a URL on another host, and for `data:` and the like: nothing to be found on disk. */
export function isExternal(url: string): boolean {
  return /^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(url)
}
