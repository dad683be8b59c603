import { randomBytes } from 'node:crypto'

import type { Sandbox } from '../../worker/sandbox/sandbox'
import { addDays, type LocalDay } from '../../src/stage/day'
import { dateFields } from '../year/people'
import { linkIn } from '../year/registering'
import { plainTextOf } from '../year/taken'
import { openVisitor, type Visitor } from '../year/visitor'
import type { PlannedRegistration } from './plan'

interface Registrations {
  webUrl: string
  towns: readonly string[]
  today: LocalDay
  /** Takes the mails that ask for a confirmation. */
  mailbox: Sandbox
}

/** Registers people by mail: the form, what they typed, and the link of the mail that comes. */
export function createRegistrations({ webUrl, towns, today, mailbox }: Registrations) {
  return async ({ town, number }: PlannedRegistration): Promise<string> => {
    const visitor = openVisitor(webUrl, number)
    const path = `/r/${towns[town]}`
    const form = await visitor.open(path)
    if (form.status !== 200) return `form ${form.status}`
    const mail = `new${number}@n${number % 100}.example`
    const due = addDays(today, 30 + (number % 200))
    const sent = await visitor.post(path, {
      ...TYPED,
      ...dateFields({ due, birth: null }),
      mail,
      once: newOnce(),
    })
    if (!sent.path.includes('/sent')) return `sent ${sent.status}`
    return confirm(visitor, await mailTo(mailbox, mail))
  }
}

const TYPED = {
  ...{ screen: 'confirm', go: 'next', consent: 'yes', relation: 'mother' },
  ...{ edition: 'standard', channel: 'mail' },
}

function newOnce(): string {
  return randomBytes(16).toString('base64url')
}

async function confirm(visitor: Visitor, mail: string): Promise<string> {
  const link = linkIn(mail, '/confirm/')
  await visitor.open(link)
  const done = await visitor.post(link)
  return /\/(done|known)\b/.test(done.path) ? 'registered' : `confirm ${done.status}`
}

async function mailTo({ mail, until }: Sandbox, address: string): Promise<string> {
  const found = () => mail.accepted.findLast(({ to }) => to.includes(address))
  await until(() => found() !== undefined)
  return plainTextOf(mail.rawOf(found()!).toString('latin1'))
}
