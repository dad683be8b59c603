import type { Response } from 'express'

/** LINE's script, which alone can tell who has opened a page inside LINE. */
export const LIFF_SDK = 'https://static.line-scdn.net/liff/edge/2/sdk.js'

const SCRIPTS = new URL(LIFF_SDK).origin

/** What the script asks: who it is, and the settings of the app. */
const ASKED = ['https://api.line.me', 'https://liffsdk.line-scdn.net']

/** Lets LINE's script run on this page, beside ours; on no other one. */
export function allowLiff(response: Response): void {
  const policy = String(response.getHeader('Content-Security-Policy'))
  response.setHeader(
    'Content-Security-Policy',
    policy
      .replace("script-src 'self'", `script-src 'self' ${SCRIPTS}`)
      .replace("connect-src 'self'", `connect-src 'self' ${ASKED.join(' ')}`),
  )
}
