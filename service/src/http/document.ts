/** The OpenAPI document, written from the routes themselves. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ServiceEnv } from './env.ts'

/** Adds GET /openapi.json for all routes that the app has by then. */
export function documentRoutes(app: OpenAPIHono<ServiceEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'hero.session_token',
    description: 'Signed in in a browser. Over https the name begins with `__Secure-`.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, or a token of the command line.',
  })
  // Written once: routes do not change while the process runs.
  let text: string | undefined
  app.get('/openapi.json', (c) => {
    text ??= JSON.stringify(describe(app, c.get('service').publicUrl))
    return c.body(text, 200, { 'Content-Type': 'application/json' })
  })
}

/** The document. */
export function describe(app: OpenAPIHono<ServiceEnv>, url: string) {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Hero Image',
      version: '1',
      description: 'Accounts, credits, projects and AI generation of Hero Image.',
      license: { name: 'MIT' },
    },
    servers: [{ url }],
  })
}
