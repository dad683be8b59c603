// Surveys, by notice and by stage: each once, at most one a month to a reader, behind everything else.
import { describe, expect, test } from '@jest/globals'

import { deliveryId, pairId } from '../../../src/plan/candidate'
import {
  asksRelation,
  isByItself,
  noticesAmong,
  surveySlot,
  withoutNotices,
} from '../../../src/plan/notice'
import { addOnEntries, meetsSlot } from '../../../src/plan/entries'
import { slotText } from '../../../src/plan/slotText'
import { liveContent } from '../../../src/release/live'
import { compose } from '../../../src/release/compose'
import type { AddOnContent } from '../../../src/release/content'
import { checkAddOn } from '../../../src/release/limits'
import { renderLine } from '../../../src/release/line'
import { renderMail } from '../../../src/release/mail'
import { isAskedAbout } from '../../../src/release/voiceLink'
import { addDays } from '../../../src/stage/day'
import { child, hanako, planOf } from './readerTables'
import { addOn, noticeToday, release, settings, text, TODAY, TOWN } from './town'

const BLOCK = {
  blockType: 'survey',
  survey: '6650a1',
  title: '子育てについて',
  endsOn: '2026-12-31',
  text: '3 分で終わります。',
  label: 'アンケートに答える',
}
const asking = (changed: Partial<AddOnContent> = {}) =>
  noticeToday({ title: 'おたずね', blocks: [BLOCK], ...changed })

const baby = child('めい', { birthDate: addDays(TODAY, -45) })
const unborn = child('はら', { dueDate: addDays(TODAY, 60) })
const one = release(asking())
const slot = surveySlot('6650a1')
const other = surveySlot('6650b2')
const otherBlock = { ...BLOCK, survey: '6650b2' }

describe('a survey', () => {
  test('goes by itself, and the daily cap leaves it out before a notice', () => {
    const releases = [one, release(noticeToday()), release(text({ slot: 'day45' }))]
    const all = planOf({ member: hanako([baby]), releases })
    expect(all.deliveries).toContain(`めい ${slot} [おたずね]`)
    expect(all.deliveries).toHaveLength(3)
    const capped = planOf({ member: hanako([baby]), releases, municipality: { dailyCap: 2 } })
    expect(capped.exclusions).toEqual([`めい ${slot} dailyCap`])
  })

  const pairs = [baby.pair, pairId(TOWN, 'まえ')]
  const before = (of: string, day: string) =>
    pairs.map((pair) => {
      const delivered: [string, string][] = [[deliveryId(pair, of), day]]
      return planOf({ member: hanako([baby]), releases: [one], delivered })
    })
  const none = { deliveries: [], exclusions: [`めい ${slot} alreadyDelivered`] }

  test('comes to a reader once, whenever and about whichever child it came before', () => {
    expect(before(slot, addDays(TODAY, -300))).toEqual([none, none])
  })

  test('does not come in a month in which another one came', () => {
    expect(before(other, addDays(TODAY, -3))).toEqual([none, none])
    const asked = { deliveries: [`めい ${slot} [おたずね]`], exclusions: [] }
    expect(before(other, addDays(TODAY, -7))).toEqual([asked, asked])
  })

  test('comes once to a reader of several children', () => {
    const { deliveries } = planOf({ member: hanako([baby, unborn]), releases: [one] })
    expect(deliveries).toHaveLength(1)
  })

  test('is one of two that would be asked on a day', () => {
    const same = release(asking({ title: 'もう一つ' }))
    const { deliveries } = planOf({ member: hanako([baby]), releases: [one, same] })
    expect(deliveries).toEqual([`めい ${slot} [おたずね]`])
    const another = release(asking({ title: 'ほか', blocks: [otherBlock] }))
    expect(planOf({ member: hanako([baby]), releases: [one, another] })).toEqual({
      deliveries: [`めい ${slot} [おたずね]`],
      exclusions: [`めい ${other} alreadyDelivered`],
    })
  })

  test('does not come after a loss', () => {
    const member = hanako([child('ほし', { supportFrom: TODAY })])
    expect(planOf({ member, releases: [one] }).deliveries).toEqual([])
  })

  test('is planned reader by reader: what one was asked before is not their cell’s', () => {
    const content = liveContent([one])
    const entries = addOnEntries({ settings: settings(), content, date: TODAY })
    expect(asksRelation(noticesAmong(entries))).toBe(true)
    expect([isByItself(slot), slotText(slot)]).toEqual([true, 'アンケート'])
  })

  test('is no text that anybody is asked about', () => {
    expect(isAskedAbout(asking())).toBe(false)
    expect(isAskedAbout(noticeToday())).toBe(true)
  })
})

describe('a survey by stage', () => {
  const byStage = (changed: Partial<AddOnContent> = {}) =>
    release(
      asking({ timing: 'once', from: 'month4', to: 'month4', validTo: '2026-12-31', ...changed }),
    )
  const born = (day: string) => hanako([child('めい', { birthDate: day })])
  const asked = { deliveries: [`めい ${slot} [おたずね]`], exclusions: [] }
  const nobody = { deliveries: [], exclusions: [] }

  test.each([
    ['on the day a child comes to it', ['2026-06-06', TODAY], asked],
    ['on a later day, when another child does', ['2026-06-30', '2026-10-30'], asked],
    ['not the day before', ['2026-06-07', TODAY], nobody],
    ['not the day after', ['2026-06-05', TODAY], nobody],
    ['not before its first day', ['2026-06-05', addDays(TODAY, -1)], nobody],
    ['on its last day', ['2026-08-31', '2026-12-31'], asked],
    ['not after it', ['2026-09-01', '2027-01-01'], nobody],
  ])('comes %s', (_, [birthDate = '', date = ''], expected) => {
    const member = hanako([child('めい', { birthDate })])
    expect(planOf({ member, releases: [byStage()], date })).toEqual(expected)
  })

  test('is a text of its own beside that of the day, and the first that the cap leaves out', () => {
    const releases = [byStage(), release(text({ slot: 'month4' }))]
    const member = born('2026-06-06')
    expect(planOf({ member, releases }).deliveries).toEqual([
      'めい month4 [month4]',
      ...asked.deliveries,
    ])
    expect(planOf({ member, releases, municipality: { dailyCap: 1 } })).toEqual({
      deliveries: ['めい month4 [month4]'],
      exclusions: [`めい ${slot} dailyCap`],
    })
  })

  test('comes once about twins, and with nothing that goes with each text', () => {
    const twins = ['めい', 'ゆい'].map((id) => child(id, { birthDate: '2026-06-06' }))
    const every = release(addOn({ from: 'month3', to: 'month5', timing: 'every', title: '毎回' }))
    expect(planOf({ member: hanako(twins), releases: [byStage(), every] })).toEqual({
      ...asked,
      exclusions: [`ゆい ${slot} twin → ${deliveryId(twins[0]?.pair ?? '', slot)}`],
    })
  })

  test('may be for one relation, one channel and an hour, as a notice is', () => {
    const only = { relation: 'father', hour: '15-00' } as const
    const member = (relation: string) =>
      hanako([child('めい', { birthDate: '2026-06-06' })], {
        preferences: { edition: 'standard', area: null, relation, channel: 'line' },
      })
    expect(planOf({ member: member('father'), releases: [byStage(only)] })).toEqual(asked)
    expect(planOf({ member: member('mother'), releases: [byStage(only)] })).toEqual(nobody)
    expect(checkAddOn(byStage(only).content as AddOnContent)).toEqual([])
  })

  test('is not of a registration’s own run, as a notice is not', () => {
    const content = liveContent([byStage(), one, release(text({ slot: 'month4' }))])
    expect(withoutNotices(content).addOns).toEqual([])
  })

  test('goes with no text of its stage', () => {
    expect(meetsSlot(byStage().content as AddOnContent, 'month4')).toBe(false)
  })
})

describe('what it needs', () => {
  const codes = (content: AddOnContent) =>
    checkAddOn(content).map(({ field, code }) => `${field} ${code}`)
  test.each([
    ['a notice before its last day', {}, []],
    ['a stage', { timing: 'once' as const, from: 'month4', to: 'month4' }, []],
    [
      'no text to go with',
      { timing: 'every' as const, from: 'day0', to: 'day90' },
      ['timing SURVEY'],
    ],
    [
      'no stage that only some are in',
      { timing: 'once' as const, from: 'announcement', to: 'announcement' },
      ['from SURVEY'],
    ],
    [
      'by stage, an end as long as it is answered',
      { timing: 'once' as const, from: 'month4', to: 'month4', validTo: null },
      ['validTo SURVEY'],
    ],
    ['one alone', { blocks: [BLOCK, BLOCK] }, ['blocks.1.survey SURVEY']],
    [
      'no day after its last one',
      { validFrom: '2027-01-01', validTo: '2027-01-01' },
      ['validFrom SURVEY'],
    ],
    ['a survey', { blocks: [{ ...BLOCK, survey: '' }] }, ['blocks.0.survey EMPTY']],
  ])('%s', (_, changed, expected) => {
    expect(codes(asking(changed))).toEqual(expected)
  })
})

describe('the text is the same for all who get it', () => {
  const { senderName, contact } = settings()
  const said = { manuscripts: [], addOns: [{ content: asking(), variables: {} }], isPlural: false }
  const composition = compose({ ...said, senderName, contact })

  test('in LINE a button brings the reader’s own link', () => {
    const messages = JSON.stringify(renderLine(composition))
    expect(messages).toContain('"data":"kizuna:survey:6650a1"')
    expect(messages).toContain('2026年12月31日(木)まで')
  })

  test('in LINE of an account that another service answers it opens a page, as no press is heard', () => {
    const places = {
      contactUrl: 'https://k.example/r/1/contact',
      changeUrl: 'https://k.example/r/1/change',
    }
    const messages = JSON.stringify(renderLine(composition, { places }))
    expect(messages).not.toContain('postback')
    expect(messages).toContain(
      '"label":"アンケートに答える","uri":"https://k.example/r/1/change?survey"',
    )
  })

  test('in a mail the way stands below the link that each reader’s mail has', () => {
    const { text: words, html } = renderMail(composition)
    expect(words).toContain('{{myPageUrl}}/survey/6650a1')
    expect(html).toContain('{{myPageUrl}}/survey/6650a1')
  })
})
