// What LINE and the relay took, as the oracle reads it.
import type { AcceptedMail } from '../../worker/sandbox/mailbox'
import type { Sandbox } from '../../worker/sandbox/sandbox'
import type { Taken } from './oracle'
import { accountsOf, marksIn } from './releases'

/** Reads what was taken since it was last asked. */
export function createTakings(sandbox: Sandbox) {
  const town = new Map(accountsOf().map(({ channelId, id }) => [channelId, id.slice(1)]))
  const marks = new Map<string, ReturnType<typeof marksIn>>()
  const lastMails = new Map<string, AcceptedMail>()
  let [calls, mails, toBlocked] = [0, 0, 0]
  const ofLine = (): Taken[] => {
    const fresh = sandbox.line.accepted().slice(calls)
    calls += fresh.length
    return fresh.flatMap((call) => {
      const known =
        marks.get(call.messagesHash) ?? marksIn(JSON.stringify(sandbox.line.messagesOf(call)))
      marks.set(call.messagesHash, known)
      if (isWithoutMarks(known)) return []
      toBlocked += call.blocked.length
      const to = call.to.filter((one) => !call.blocked.includes(one))
      const own = { at: call.at, channel: 'line' as const, town: town.get(call.channelId) ?? '' }
      return to.map((one) => ({ ...own, to: one, ...known }))
    })
  }
  const ofMail = (): Taken[] => {
    const fresh = sandbox.mail.accepted.slice(mails)
    mails += fresh.length
    return fresh.flatMap((mail) => {
      const raw = sandbox.mail.rawOf(mail).toString('latin1')
      const known = marksIn(plainTextOf(raw))
      if (isWithoutMarks(known)) return []
      const sender = /^From:.*@t(\d{6})\./m.exec(raw)?.[1] ?? ''
      return mail.to.map((to) => {
        lastMails.set(to, mail)
        return { at: mail.at, channel: 'mail' as const, to, town: sender, ...known }
      })
    })
  }
  return {
    next: (): Taken[] => [...ofLine(), ...ofMail()],
    /** The mail with the latest text that came to an address, as it came. */
    lastMail: (address: string): string | null => {
      const mail = lastMails.get(address)
      return mail ? sandbox.mail.rawOf(mail).toString('latin1') : null
    },
    counts: () => ({ calls, mails, toBlocked }),
  }
}

/** Answers {@link createTakings}. */
export type Takings = ReturnType<typeof createTakings>

function isWithoutMarks({ texts, addOns, notices }: ReturnType<typeof marksIn>): boolean {
  return texts.length + addOns.length + notices.length === 0
}

/** The words of a mail. *Pure.* */
export function plainTextOf(raw: string): string {
  const at = raw.indexOf('Content-Type: text/plain')
  const from = raw.indexOf('\r\n\r\n', at)
  if (at < 0 || from < 0) return raw
  const end = raw.indexOf('\r\n--', from)
  const encoded = raw.slice(from, end < 0 ? undefined : end)
  return Buffer.from(encoded.replaceAll(/\s/g, ''), 'base64').toString()
}
