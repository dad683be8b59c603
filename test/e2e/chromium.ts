import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** Where Debian's package puts the browser of the browser tests. */
export const CHROMIUM = '/usr/bin/chromium'

const run = promisify(execFile)

/**
 * Makes sure the browser tests have a browser: Debian's Chromium and fonts, installed when missing
 * and this process may.
 *
 * @returns whether it is there now.
 */
export async function ensureChromium(print: (line: string) => void): Promise<boolean> {
  if (existsSync(CHROMIUM)) return true
  print('Chromium がありません。apt-get で入れます…')
  try {
    await run('apt-get', ['update', '-qq'])
    const packages = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji']
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 << 20,
    })
  } catch (error) {
    print(`Chromium を入れられませんでした(${(error as Error).message.split('\n')[0]})。`)
    print(
      'ブラウザーのテストは飛ばします。apt-get install chromium fonts-noto-cjk で入れられます。',
    )
  }
  return existsSync(CHROMIUM)
}
