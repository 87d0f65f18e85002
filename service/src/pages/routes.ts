/** All pages that mails lead to. */
import type { Routes } from '../http/env.ts'
import { createRoutes } from '../http/routes.ts'
import { emailChangePage } from './email-change-page.ts'
import { passwordPages } from './password-pages.ts'
import { restorePage } from './restore-page.ts'
import { verificationPages } from './verification-pages.ts'

/** The routes. */
export function pageRoutes(): Routes {
  const routes = createRoutes()
  for (const pages of [verificationPages(), emailChangePage(), passwordPages(), restorePage()]) routes.route('/', pages)
  return routes
}
