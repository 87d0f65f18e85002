/** What is counted of a user agent: names from short lists, never its text. Bots, and programs that are no browsers, are not counted. */
import bowser from 'bowser'

/** A browser, coarsely. */
export interface Agent {
  readonly browser: string
  readonly os: string
  readonly device: string
}

/** Names that are counted; everything rarer is `Other`, since a rare name can be one person's. */
const browsers = new Set([
  'Chrome',
  'Chromium',
  'Firefox',
  'Internet Explorer',
  'Microsoft Edge',
  'Opera',
  'Safari',
  'Samsung Internet for Android',
  'Vivaldi',
])
const systems = new Set(['Android', 'Chrome OS', 'iOS', 'Linux', 'macOS', 'Windows'])
const devices = new Set(['desktop', 'mobile', 'tablet', 'tv'])

/** Bots that look like browsers. */
const bot = /bot\b|crawl|spider|headless|lighthouse|preview|monitor|phantom|puppeteer|playwright|selenium/i

/** Longer texts are nobody's browser, and cost time. */
const longestAgent = 1000

/** Names a user agent, or undefined when it is not a person's browser. */
export function toAgent(userAgent: string | undefined): Agent | undefined {
  if (userAgent === undefined || userAgent === '' || userAgent.length > longestAgent || bot.test(userAgent)) {
    return undefined
  }
  const { browser, os, platform } = bowser.parse(userAgent)
  if (platform.type === undefined || !devices.has(platform.type)) return undefined
  return { browser: known(browsers, browser.name), os: known(systems, os.name), device: platform.type }
}

function known(names: ReadonlySet<string>, name: string | undefined): string {
  return name !== undefined && names.has(name) ? name : 'Other'
}
