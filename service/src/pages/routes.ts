/** All pages: those that mails lead to, and the ones for signing in, oneself and a device. */
import type { Routes } from '../http/env.ts'
import { createRoutes } from '../http/routes.ts'
import { devicePages } from './device-pages.ts'
import { emailChangePage } from './email-change-page.ts'
import { passwordPages } from './password-pages.ts'
import { restorePage } from './restore-page.ts'
import { signInPage } from './sign-in-page.ts'
import { verificationPages } from './verification-pages.ts'

/** The routes. */
export function pageRoutes(): Routes {
  const routes = createRoutes()
  for (const pages of [
    verificationPages(),
    emailChangePage(),
    passwordPages(),
    restorePage(),
    signInPage(),
    devicePages(),
  ]) {
    routes.route('/', pages)
  }
  return routes
}
