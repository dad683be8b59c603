/** What a report says of one recipient, as it is written: RFC 3464 2.3. */
export interface ReportedRecipient {
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`, in small letters. */
  action: string
  /** `5.1.1` (RFC 3463), or empty. */
  status: string
  /** What the other server said, on one line. */
  diagnostic: string
}

/**
 * `hard`: there is no such address. `soft`: not now (full, out of reach). `ours`: the reason is the
 * sender, its server or the text, and nobody's address is at fault. `nothing`: not refused.
 */
export type Verdict = 'hard' | 'soft' | 'ours' | 'nothing'

/** What is meant for one recipient, and the code it is counted under: `5.1.1`, `550`, `failed`. */
export interface Judged {
  verdict: Verdict
  code: string
}

/** Says what a report means for its recipient. *Pure.* Source: RFC 3463, and the answers of carriers. */
export function judge({ action, status, diagnostic }: ReportedRecipient): Judged {
  if (action !== 'failed') return { verdict: 'nothing', code: action || 'no-action' }
  const enhanced = clearer(status, ENHANCED.exec(diagnostic)?.[0] ?? '')
  const smtp = SMTP.exec(diagnostic)?.[0] ?? ''
  const code = enhanced || smtp || 'failed'
  if (isVague(enhanced)) return { verdict: byWords(smtp, diagnostic), code }
  return { verdict: byCode(enhanced), code }
}

/** RFC 3463 3: subject and detail; a text of the server may quote it behind its answer. */
const ENHANCED = /\b[245]\.\d{1,3}\.\d{1,3}\b(?![.\d])/

/** RFC 5321 4.2; not a part of an address or a date. */
const SMTP = /(?<![\d.:-])[45]\d\d(?=[ -]|$)/

/** A relay's own status may be vague where the answer it quotes is not. */
function clearer(status: string, quoted: string): string {
  return isVague(status) && quoted ? quoted : status
}

/** RFC 3463 3.1: "other undefined status". */
function isVague(enhanced: string): boolean {
  return enhanced === '' || /^[45]\.0\.0$/.test(enhanced)
}

function byCode(enhanced: string): Verdict {
  if (enhanced.startsWith('2.')) return 'nothing'
  if (/^[45]\.7\./.test(enhanced) || /^5\.(1\.[78]|6\.\d+)$/.test(enhanced)) return 'ours'
  return /^5\.(1\.\d+|2\.1)$/.test(enhanced) ? 'hard' : 'soft'
}

/** Servers that say it in words alone. */
const NO_SUCH_ADDRESS =
  /user (is )?unknown|unknown (or illegal )?(user|alias|recipient)|no such (user|recipient|mailbox|address)|(user|recipient|mailbox|address) (does not|doesn't) exist|invalid recipient|user not found|宛先.{0,12}(存在しない|見つかりません)/i
const ABOUT_SENDER =
  /spam|blocked|black ?list|blocklist|policy|spf|dkim|dmarc|reputation|迷惑メール/i

function byWords(smtp: string, diagnostic: string): Verdict {
  if (ABOUT_SENDER.test(diagnostic)) return 'ours'
  const isForGood = smtp === '' || ['550', '551', '553'].includes(smtp)
  return isForGood && NO_SUCH_ADDRESS.test(diagnostic) ? 'hard' : 'soft'
}
