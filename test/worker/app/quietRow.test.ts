// What goes out on LINE ends in the quiet row, whatever the account answers in its talk.
import { expect, test } from '@jest/globals'

import { LINE_MAX_MESSAGES } from '../../../src/release/lineMessageLimits'
import { firstSlotOf } from '../../../src/release/contentKind'
import { quietRow } from '../../../src/release/quietRow'
import { voiceCode } from '../../../src/release/voiceLink'
import { childTexts, settings, TOWN } from '../../src/plan/town'
import { DAY_45 as child, deliver } from './day'
import { LINE, lineUser, openWorker, register } from './openWorker'

const contactUrl = `https://web.example/r/${TOWN}/contact`
const page = `https://web.example/r/${TOWN}/change`
const releases = childTexts()
const due = releases.find(({ content }) => firstSlotOf(content) === 'day45')!
const voiceUrl = `https://web.example/v/${TOWN}/${voiceCode(due)}`

test.each([
  { answers: undefined, changeUrl: null },
  { answers: 'all', changeUrl: null },
  { answers: 'own', changeUrl: null },
  { answers: 'none', changeUrl: page },
] as const)(
  'a text by an account that answers $answers ends in it',
  async ({ answers, changeUrl }) => {
    const { delivery, sandbox, ...worker } = await openWorker({ releases })
    await delivery.contentStore.replaceSettings(
      [{ ...settings(), cmsId: 'cms' }],
      [{ ...LINE, ...(answers && { answers }) }],
    )
    await delivery.syncedContent.refresh()
    await register(delivery, { address: lineUser(1), child })
    await deliver({ delivery, sandbox, ...worker })
    const [call, ...others] = sandbox.line.accepted()
    expect(others).toEqual([])
    const messages = sandbox.line.messagesOf(call!)
    expect(messages.length).toBeLessThanOrEqual(LINE_MAX_MESSAGES)
    expect(messages.at(-1)).toEqual(quietRow({ contactUrl, changeUrl }, 'standard', voiceUrl))
  },
)

test('each edition reads it in its own words; those of one edition get one and the same', async () => {
  const { delivery, sandbox, ...worker } = await openWorker({ releases })
  const editions = ['standard', 'easy'] as const
  await delivery.contentStore.replaceSettings(
    [{ ...settings(), editions: [...editions], cmsId: 'cms' }],
    [LINE],
  )
  await delivery.syncedContent.refresh()
  for (const [at, edition] of [...editions, ...editions].entries()) {
    await register(delivery, { address: lineUser(at + 1), child, edition })
  }
  await deliver({ delivery, sandbox, ...worker })
  const calls = sandbox.line.accepted()
  // The text is the same, because the town has it in one edition alone: its row is not.
  expect(calls.map(({ to }) => to.length)).toEqual([2, 2])
  const rows = calls.map((call) => sandbox.line.messagesOf(call).at(-1))
  const voices = { standard: voiceUrl, easy: `${voiceUrl}?lang=easy` }
  const expected = editions.map((one) =>
    quietRow({ contactUrl, changeUrl: null }, one, voices[one]),
  )
  expect(rows).toEqual(expect.arrayContaining(expected))
})
