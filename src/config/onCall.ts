import { z } from 'zod'

import { addressToSendTo } from '../release/mailAddress'
import { isLoopbackHost } from './clock'

/** Whom the product tells what a person must know. */
export interface OnCallSettings {
  /** Mail addresses of those on call. */
  mails: readonly string[]
  /** Where it is posted to as JSON, or null. */
  webhook: { url: string; secret: string | null } | null
}

const MOST_MAILS = 10

const MAILS = `メールアドレスをコンマで区切って、${MOST_MAILS} 件まで書いてください(例: toban@minato.example.jp,kakari@minato.example.jp)`
const WEBHOOK =
  'https:// で始まる URL にしてください(http:// はこの機械の中だけ。利用者と合言葉は URL に書けません。確かめるには ON_CALL_WEBHOOK_SECRET を使います)'
const SECRET = '32 文字以上のでたらめな文字列にしてください'

const PRACTICE =
  'ON_CALL_WEBHOOK: 練習用の時計で、ほかの機械には知らせられません(ほんとうに起きたことと間違えます)。消してください。'

const mails = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((all) => all.length <= MOST_MAILS && all.every(addressToSendTo), MAILS)
  .transform((all) => [...new Set(all.map((one) => addressToSendTo(one) ?? one))])

/** Settings of whom to tell, as they are typed. */
export const onCallSchema = {
  ON_CALL_MAIL: mails.nullable().default(null),
  ON_CALL_WEBHOOK: z.string().refine(isWebhook, WEBHOOK).nullable().default(null),
  ON_CALL_WEBHOOK_SECRET: z.string().min(32, SECRET).nullable().default(null),
}

interface OnCallConfig {
  ON_CALL_MAIL: readonly string[] | null
  ON_CALL_WEBHOOK: string | null
  ON_CALL_WEBHOOK_SECRET: string | null
}

/** Whom to tell, or null where nobody is. *Pure.* */
export function onCallOf(config: OnCallConfig): OnCallSettings | null {
  const { ON_CALL_MAIL, ON_CALL_WEBHOOK: url, ON_CALL_WEBHOOK_SECRET: secret } = config
  if (ON_CALL_MAIL === null && url === null) return null
  return { mails: ON_CALL_MAIL ?? [], webhook: url === null ? null : { url, secret } }
}

/** A secret that signs nothing, and what would leave a machine that only tries. *Pure.* */
export function onCallProblems(config: OnCallConfig & { KIZUNA_CLOCK: Date | null }): string[] {
  const { ON_CALL_WEBHOOK: url, ON_CALL_WEBHOOK_SECRET: secret, KIZUNA_CLOCK } = config
  if (url === null) {
    return secret === null
      ? []
      : ['ON_CALL_WEBHOOK: ON_CALL_WEBHOOK_SECRET で署名するには、知らせる先の URL も要ります。']
  }
  return KIZUNA_CLOCK !== null && !isLoopbackHost(new URL(url).hostname) ? [PRACTICE] : []
}

function isWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}
