// The two mails by which a password is chosen: who forgot it, and who is invited.
import { describe, expect, test } from '@jest/globals'
import type { ParsedMail } from 'mailparser'

import { systemNow } from '../../../src/config/clock'
import { openMailedCms } from '../digest/mailedCms'
import { recipientOf } from '../digest/relay'

const { cms, mails, relay } = await openMailedCms()

const GOOD = 'mikan-kujira-hashigo'
const DEAD = 'このリンクは使えません'
let count = 0

/** A new colleague whom the admin has made; nobody has told them a password. */
async function colleague() {
  count += 1
  const email = `kita-${count}@example.jp`
  const { body } = await cms.rest('root', 'POST /users', {
    kizunaName: '北 <みなみ>',
    email,
    password: 'nobody-knows-this-kujira',
    kizunaRoles: ['municipal-editor'],
    kizunaMunicipality: cms.municipality.id,
  })
  return { id: String(body.doc.id), email }
}

const invite = (id: string, by: 'midori' | 'root' = 'root') =>
  cms.rest(by, `POST /users/${id}/kizuna-link`)
const forget = (email: string) => cms.rest(null, 'POST /users/forgot-password', { email })
const choose = (token: string, password = GOOD) =>
  cms.rest(null, 'POST /users/reset-password', { token, password })
const logIn = (email: string, password = GOOD) =>
  cms.rest(null, 'POST /users/login', { email, password })

function tokenIn(mail: ParsedMail | undefined): string {
  const [, token = ''] =
    /href="https:\/\/cms\.example\/admin\/reset\/(\w+)"/.exec(String(mail?.html)) ?? []
  return token
}

/** A mail that is sent beside the answer comes a moment after it. */
async function nextMail(): Promise<ParsedMail> {
  for (;;) {
    const [mail] = mails
    if (mail) return mail
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const expire = (id: string) =>
  cms.payload.db.updateOne({
    collection: 'users',
    id,
    data: { resetPasswordExpiration: new Date(systemNow().getTime() - 1000).toISOString() },
  })

describe('who forgot the password', () => {
  test('gets a Japanese mail from the service with a link that works once', async () => {
    const { email } = await colleague()
    await forget(email)
    const mail = await nextMail()
    expect(recipientOf(mail)).toBe(email.split('@')[0])
    expect(mail.subject).toBe('【kizuna】パスワードを決め直すリンク')
    for (const told of ['北 &lt;みなみ&gt; さん', '1 時間、1 回だけ', '依頼していないときは']) {
      expect(mail.html).toContain(told)
    }
    const token = tokenIn(mail)
    expect((await choose(token)).status).toBe(200)
    expect((await logIn(email)).status).toBe(200)
    const again = await choose(token, 'hashigo-kujira-mikan')
    expect([again.status, JSON.stringify(again.body)]).toEqual([403, expect.stringContaining(DEAD)])
    expect((await logIn(email)).status).toBe(200)
  })

  test('is told when the link is over', async () => {
    const { id, email } = await colleague()
    await forget(email)
    const token = tokenIn(await nextMail())
    await expire(id)
    const late = await choose(token)
    expect([late.status, JSON.stringify(late.body)]).toEqual([403, expect.stringContaining(DEAD)])
  })

  test('gets none who is not there or has left; the answer is the same', async () => {
    const { id, email } = await colleague()
    await cms.rest('root', `PATCH /users/${id}`, { kizunaHasLeft: true })
    const known = await forget('hana@example.jp')
    expect(await forget(email)).toEqual(known)
    expect(await forget('nobody@example.jp')).toEqual(known)
    await nextMail()
    expect(mails.map(recipientOf)).toEqual(['hana'])
  })
})

describe('who is invited', () => {
  test('gets the role in words and a link, and chooses the password', async () => {
    const { id, email } = await colleague()
    const before = await cms.rest('root', `GET /users/${id}/kizuna-state`)
    expect(before.body).toMatchObject({ invitedAt: null, linkUntil: null })
    const answer = await invite(id)
    expect([answer.status, answer.body.invitedAt]).toEqual([200, expect.any(String)])
    const daysLeft = (Date.parse(answer.body.linkUntil) - systemNow().getTime()) / 86_400_000
    expect(daysLeft).toBeGreaterThan(6)
    const mail = await nextMail()
    expect(mail.subject).toBe('【kizuna】管理画面への招待')
    for (const told of [
      'root さんから',
      `役割: 自治体の編集担当(${cms.municipality.name})`,
      '7 日間、1 回だけ',
      email,
    ]) {
      expect(mail.text).toContain(told)
    }
    expect(mail.html).toContain('北 &lt;みなみ&gt; さん')
    const token = tokenIn(mail)
    expect((await choose(token)).status).toBe(200)
    expect((await logIn(email)).status).toBe(200)
    expect((await choose(token)).status).toBe(403)
  })

  test('and was in before gets the mail of who forgot', async () => {
    const { id, email } = await colleague()
    await invite(id)
    await choose(tokenIn(await nextMail()))
    mails.length = 0
    expect((await invite(id)).status).toBe(200)
    expect((await nextMail()).subject).toBe('【kizuna】パスワードを決め直すリンク')
    expect((await logIn(email)).status).toBe(200)
  })

  test('a second invitation ends the first one’s link', async () => {
    const { id } = await colleague()
    await invite(id)
    const first = tokenIn(await nextMail())
    mails.length = 0
    await invite(id)
    const second = tokenIn(await nextMail())
    expect([(await choose(first)).status, (await choose(second)).status]).toEqual([403, 200])
  })

  test('is in the log, without the address or the link', async () => {
    const { id, email } = await colleague()
    await invite(id)
    const token = tokenIn(await nextMail())
    const where = { documentId: { equals: id } }
    const { docs } = await cms.payload.find({ collection: 'kizuna-audit-log', where, sort: 'id' })
    expect(docs.map(({ action }) => action)).toEqual(['create', 'invite'])
    expect(JSON.stringify(docs[1]?.note ?? '')).not.toContain(email)
    expect(JSON.stringify(docs)).not.toContain(token)
  })

  test('is the system admin’s to invite, and nobody who left is', async () => {
    const { id } = await colleague()
    expect((await invite(id, 'midori')).status).toBe(403)
    await cms.rest('root', `PATCH /users/${id}`, { kizunaHasLeft: true })
    const refused = await invite(id)
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      403,
      expect.stringContaining('退職・異動のため'),
    ])
    expect(mails).toEqual([])
  })

  test('a relay that refuses is said, and nothing is noted', async () => {
    const { id } = await colleague()
    relay.refuse(true)
    const answer = await invite(id)
    relay.refuse(false)
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([
      503,
      expect.stringContaining('メールを送れませんでした'),
    ])
    const { body } = await cms.rest('root', `GET /users/${id}/kizuna-state`)
    expect(body.invitedAt).toBeNull()
  })
})
