/** The part of jsdom that we use; it ships no types, and those of others are a version behind. */
declare module 'jsdom' {
  type Interceptor = object

  export function requestInterceptor(answer: (request: { readonly url: string }) => Response): Interceptor

  export class JSDOM {
    static fromFile(
      file: string,
      options: {
        url: string
        runScripts: 'dangerously'
        resources: { interceptors: readonly Interceptor[] }
        beforeParse(window: object): void
      },
    ): Promise<JSDOM>
    readonly window: object
  }
}
