import { expect, test } from 'vitest'
import { toAgent } from './agent.ts'

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0'

test('a browser is named by kind, system and device, without versions', () => {
  expect(toAgent(`${chrome} Safari/537.36`)).toEqual({ browser: 'Chrome', os: 'Windows', device: 'desktop' })
  expect(
    toAgent(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    ),
  ).toEqual({ browser: 'Safari', os: 'iOS', device: 'mobile' })
})

test('a browser that hardly anybody has is one of many', () => {
  expect(
    toAgent(
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Maxthon/7.1 Chrome/126.0 Safari/537.36',
    ),
  ).toMatchObject({ browser: 'Other' })
})

test.each([
  undefined,
  '',
  'curl/8.5.0',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; GPTBot/1.0; +https://openai.com/gptbot)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  `${chrome} ${'x'.repeat(2000)}`,
])('not counted: %s', (userAgent) => {
  expect(toAgent(userAgent)).toBeUndefined()
})
