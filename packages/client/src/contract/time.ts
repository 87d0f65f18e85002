/** Times on the wire: ISO 8601 in UTC. */
import { z } from 'zod'

export const timeSchema = z.iso.datetime().meta({ example: '2026-11-28T12:00:00.000Z' })
