import { randomBytes } from 'node:crypto'

/**
 * How long an authorization code may be exchanged.
 *
 * Source: https://developers.line.biz/en/docs/line-login/integrate-line-login/#receiving-the-authorization-code
 */
export const LOGIN_CODE_MS = 10 * 60_000

/** What a code was given out for. */
export interface LoginGrant {
  /** Of the LINE Login channel. */
  channelId: string
  redirectUri: string
  userId: string
  nonce: string | null
  challenge: string | null
}

/** Authorization codes of the sandbox: each is good once. */
export interface LoginCodes {
  issue(grant: LoginGrant): string
  /** What a code was given out for; null when it is unknown, used or too old. */
  use(code: string): LoginGrant | null
}

/** Creates the codes of a sandbox. */
export function createLoginCodes(now: () => Date): LoginCodes {
  const open = new Map<string, LoginGrant & { until: number }>()
  return {
    issue(grant) {
      const code = randomBytes(16).toString('base64url')
      open.set(code, { ...grant, until: now().getTime() + LOGIN_CODE_MS })
      return code
    },
    use(code) {
      const issued = open.get(code)
      open.delete(code)
      if (!issued || issued.until <= now().getTime()) return null
      const { until: _, ...grant } = issued
      return grant
    },
  }
}
