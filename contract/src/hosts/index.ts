/** The table of hosts. A new host is one row. */
import type { Host } from '../host.ts'
import { rolldown } from './rolldown.ts'
import { rollup } from './rollup.ts'
import { vite } from './vite.ts'

/** All hosts, in the order of the table's columns. */
export const hosts: readonly Host[] = [vite, rollup, rolldown]
