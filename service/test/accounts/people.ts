/** People of these tests, made as people make accounts: with a form and a mail. */
import { expect } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { takeMails } from '../harness/mails.ts'
import { type TestService, testUrl } from '../harness/service.ts'

export const password = 'correct horse battery'

/** Signs somebody up and verifies the address. */
export async function makeAccount(hero: TestService, browser: Browser, email: string): Promise<void> {
  const response = await browser.post('/api/auth/sign-up/email', { name: 'Ada', email, password, age_confirmed: true })
  expect(response.status).toBe(202)
  const verified = await press(hero, await findLink(hero, email))
  expect(verified.status).toBe(200)
}

/** Path of the link in the newest mail to somebody. */
export async function findLink(hero: TestService, email: string): Promise<string> {
  const mail = (await takeMails(hero)).filter(({ to }) => to === email).at(-1)
  const link = /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0]
  if (link === undefined) throw new Error(`There is no mail with a link to ${email}.`)
  const { pathname, search, hash } = new URL(link)
  return pathname + search + hash
}

/** The token of a link. */
export function tokenOf(link: string): string {
  return new URL(link, testUrl).searchParams.get('token') ?? ''
}

/** Presses the button of the page that a link leads to. */
export function press(
  hero: Pick<TestService, 'request'>,
  link: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = { origin: testUrl },
): Promise<Response> {
  const { pathname, searchParams } = new URL(link, testUrl)
  const body = new URLSearchParams({ ...Object.fromEntries(searchParams), ...fields })
  return hero.request(pathname, { method: 'POST', headers: { ...headers }, body })
}

/** Signs somebody in. */
export function signInAs(browser: Browser, email: string, given: string = password): Promise<Response> {
  return browser.post('/api/auth/sign-in/email', { email, password: given })
}
