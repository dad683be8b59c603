// Surveys in notices: at most one a month to a reader, behind everything else, the same text for all.
import { describe, expect, test } from '@jest/globals'

import { deliveryId, pairId } from '../../../src/plan/candidate'
import { asksRelation, isByItself, noticesAmong, surveySlot } from '../../../src/plan/notice'
import { addOnEntries } from '../../../src/plan/entries'
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
import { noticeToday, release, settings, text, TODAY, TOWN } from './town'

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
const slot = surveySlot(TODAY)

describe('a survey', () => {
  test('goes by itself, and the daily cap leaves it out before a notice', () => {
    const releases = [one, release(noticeToday()), release(text({ slot: 'day45' }))]
    const all = planOf({ member: hanako([baby]), releases })
    expect(all.deliveries).toContain(`めい ${slot} [おたずね]`)
    expect(all.deliveries).toHaveLength(3)
    const capped = planOf({ member: hanako([baby]), releases, municipality: { dailyCap: 2 } })
    expect(capped.exclusions).toEqual([`めい ${slot} dailyCap`])
  })

  test('comes to a reader at most once a month, whichever survey and child it is of', () => {
    for (const pair of [baby.pair, pairId(TOWN, 'まえ')]) {
      const delivered: [string, string][] = [[deliveryId(pair, slot), addDays(TODAY, -3)]]
      expect(planOf({ member: hanako([baby]), releases: [one], delivered })).toEqual({
        deliveries: [],
        exclusions: [`めい ${slot} alreadyDelivered`],
      })
    }
    expect(surveySlot(addDays(TODAY, 31))).not.toBe(slot)
  })

  test('comes once to a reader of several children', () => {
    const { deliveries } = planOf({ member: hanako([baby, unborn]), releases: [one] })
    expect(deliveries).toHaveLength(1)
  })

  test('is one of two that would be asked on a day', () => {
    const other = release(asking({ title: 'もう一つ' }))
    const { deliveries } = planOf({ member: hanako([baby]), releases: [one, other] })
    expect(deliveries).toEqual([`めい ${slot} [おたずね]`])
  })

  test('does not come after a loss', () => {
    const member = hanako([child('ほし', { supportFrom: TODAY })])
    expect(planOf({ member, releases: [one] }).deliveries).toEqual([])
  })

  test('is planned reader by reader: what one was asked before is not their cell’s', () => {
    const content = liveContent([one])
    const entries = addOnEntries({ settings: settings(), content, date: TODAY })
    expect(asksRelation(noticesAmong(entries))).toBe(true)
    expect([isByItself(slot), slotText(slot)]).toEqual([true, 'お知らせ'])
  })

  test('is no text that anybody is asked about', () => {
    expect(isAskedAbout(asking())).toBe(false)
    expect(isAskedAbout(noticeToday())).toBe(true)
  })
})

describe('what it needs', () => {
  const codes = (content: AddOnContent) =>
    checkAddOn(content).map(({ field, code }) => `${field} ${code}`)
  test.each([
    ['a notice before its last day', {}, []],
    ['no other add-on', { timing: 'once' as const, from: 'day0', to: 'day90' }, ['timing SURVEY']],
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

  test('in a mail the way stands below the link that each reader’s mail has', () => {
    const { text: words, html } = renderMail(composition)
    expect(words).toContain('{{myPageUrl}}/survey/6650a1')
    expect(html).toContain('{{myPageUrl}}/survey/6650a1')
  })
})
