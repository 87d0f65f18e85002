/** What a request carries through the service. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Principal } from '../auth/principal.ts'
import type { Service } from '../service.ts'

export interface ServiceEnv {
  Variables: {
    requestId: string
    /** Address of the client, as far as proxies that are trusted tell it. */
    address: string
    service: Service
    /** Who asks; set where a route asks for somebody. */
    principal?: Principal
  }
}

/** The routes of a part of the service. */
export type Routes = OpenAPIHono<ServiceEnv>
