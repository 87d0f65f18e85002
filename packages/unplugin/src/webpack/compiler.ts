/** The part of a compiler and of a loader context that we use; webpack and Rspack have it in common. */

/** A compiler, before its defaults are applied. */
export interface Compiler {
  /** Absolute path of the project. */
  readonly context: string
  readonly options: {
    readonly mode?: string | undefined
    readonly output: { readonly assetModuleFilename?: unknown }
    readonly module: { readonly rules: unknown[] }
  }
  readonly hooks: {
    readonly beforeRun: AsyncHook
    readonly watchRun: AsyncHook
    readonly done: { tap(name: string, handler: () => void): void }
    readonly shutdown: AsyncHook
  }
  getInfrastructureLogger(name: string): { info(text: string): void; warn(text: string): void }
}

interface AsyncHook {
  tapPromise(name: string, handler: () => Promise<void>): void
}

/** What a loader sees. */
export interface LoaderContext<Settings> {
  /** Absolute path of the file. */
  readonly resourcePath: string
  /** With question mark. */
  readonly resourceQuery: string
  getOptions(): Settings
  addDependency(file: string): void
  addMissingDependency(file: string): void
  emitWarning(warning: Error): void
  resolve(context: string, request: string, callback: (error: Error | null, path?: string | false) => void): void
  async(): (error: Error | null, content?: string | Buffer) => void
}
