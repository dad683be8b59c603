// At the counter staff choose who tries a move before it begins; and a letter says when it goes.
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import type { OpenMove } from '../../../../src/plan/settings'
import { accountMarks } from '../../../../worker/readers/accountMarks'
import { dueLetter } from '../../../../worker/web/accounts/accountMoves'
import { registration, TARO } from '../../readers/openStore'
import { settings } from '../../readers/settings'
import { openDesk, textOf } from '../counter/desk'
import { ACCOUNT, openWeb } from '../openWeb'

const move: OpenMove = {
  ...{ id: 'v1', kind: 'mailToLine', stage: 'trial', from: 'mail', to: ACCOUNT.id },
  ...{ begin: '2026-11-23', until: '2027-02-22' },
}
const NO_PAGE = { status: 200, page: '', isReloadable: true }
let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb({ towns: [settings({ move, lineAccount: 'L9' })] })
})
afterAll(() => web.close())

test('a reader of mail is added to the trial, and it is written down', async () => {
  const { readerId } = await web.readers.register(registration({ address: TARO }))
  const { browser, find } = await openDesk(web)
  const { url, page } = await find('taro@example.jp')
  expect(textOf(page)).toContain('引っ越しの試しに加える')
  const shown = await browser.press({ ...NO_PAGE, url: `${url}/move-trial` })
  expect(textOf(shown.page)).toContain('引っ越しの試しに加えました')
  expect(await accountMarks(web.db).find().toArray()).toMatchObject([
    { reader: readerId, isTrial: true },
  ])
  const steps = await web.collections.counterLog.find({ act: 'change' }).toArray()
  expect(steps).toMatchObject([{ detail: 'moveTrial', reader: readerId }])
})

test('who tries it comes to the account that is tried, and nobody else does', async () => {
  const [tries, other] = await Promise.all(
    ['tries@example.jp', 'other@example.jp'].map((address) =>
      web.readers.register(registration({ address: { ...TARO, address } })),
    ),
  )
  const trial = { ...move, municipality: '999016', fromProvider: 'mail', toProvider: 'みなと町' }
  await web.readers.moves.addTrial({ move: trial, readerId: tries!.readerId })
  const pageOf = async (readerId: string) => {
    const base = await web.enter(web.links.askedPageUrl(readerId))
    return (await web.get(`${base}/contact`)).text()
  }
  expect(await pageOf(tries!.readerId)).toContain('value="line"')
  expect(await pageOf(other!.readerId)).not.toContain('value="line"')
})

test.each<[string, string, Partial<OpenMove>, number | null]>([
  ['at once in the trial', '2026-11-23T10:00', {}, 0],
  ['not at night', '2026-11-23T22:00', {}, null],
  ['the first on its day', '2026-11-23T10:00', { stage: 'running' }, 0],
  ['a reminder after a third', '2026-12-23T10:00', { stage: 'running' }, 1],
  ['the last call a week before the end', '2027-02-15T10:00', { stage: 'running' }, 2],
  ['none after the end', '2027-02-23T10:00', { stage: 'running' }, null],
  ['within a provider once', '2027-02-15T10:00', { kind: 'sameProvider', stage: 'running' }, 0],
])('a letter goes %s', (...[, at, changed, letter]) => {
  const town = settings()
  const now = new Date(`${at}:00+09:00`)
  expect(dueLetter({ town, move: { ...move, ...changed } }, now)).toBe(letter)
})
