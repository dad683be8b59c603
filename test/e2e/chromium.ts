import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

import { chromium, type Browser } from 'playwright-core'

/** Where Debian's packages put a browser, the better first: one without windows does half the work. */
const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const

/** Whether the browser's tests are run: CI must have a browser, elsewhere they are skipped without. */
export const isBrowserTested = PLACES.some(existsSync) || Boolean(process.env.CI)

/** Starts Debian's Chromium. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PLACES.find(existsSync) ?? PLACES[0],
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--lang=ja-JP'],
    // The language of Chromium's own parts, such as date fields.
    env: { ...process.env, LANGUAGE: 'ja' } as Record<string, string>,
  })
}

const run = promisify(execFile)

/**
 * Makes sure the browser tests have a browser: Debian's Chromium and fonts, installed when missing
 * and this process may.
 *
 * @returns whether there is one now.
 */
export async function ensureChromium(print: (line: string) => void): Promise<boolean> {
  if (existsSync(PLACES[0])) return true
  print('画面のない Chromium がありません。apt-get で入れます…')
  try {
    await run('apt-get', ['update', '-qq'])
    const packages = ['chromium-headless-shell', 'fonts-noto-cjk', 'fonts-noto-color-emoji']
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 << 20,
    })
  } catch (error) {
    print(`入れられませんでした(${(error as Error).message.split('\n')[0]})。`)
    if (existsSync(PLACES[1])) return true
    print(
      'ブラウザーのテストは飛ばします。apt-get install chromium-headless-shell fonts-noto-cjk で入れられます。',
    )
  }
  return existsSync(PLACES[0])
}
