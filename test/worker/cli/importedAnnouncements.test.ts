import { expect, test } from '@jest/globals'

import { liveContent } from '../../../src/release/live'
import {
  announcementLines,
  createFindAnnouncement,
} from '../../../worker/cli/importedAnnouncements'
import { announcing, release, settings, text, TODAY, TOWN } from '../../src/plan/town'

const nameOf = (code: string) => (code === TOWN ? 'みなと町' : code)

test('it tells how many get which text, and when', () => {
  const told = { municipality: TOWN, told: 12, untold: 0, subjects: ['新しい配信', 'あたらしい'] }
  expect(announcementLines([told], nameOf)).toEqual({
    given: [
      '引き継ぎのお知らせ「新しい配信」「あたらしい」を、みなと町の新しい読者 12 人に 1 回だけ送ります。はじめの文と同じ日に届きます。14 日のうちに文のない人には、その間に分けて届きます。',
    ],
    missing: [],
  })
})

test('where there is none, it tells who is not told, what to do, and that it can be done without', () => {
  const none = { municipality: TOWN, told: 0, untold: 3, subjects: [] }
  const { given, missing } = announcementLines([none], nameOf)
  expect(given).toEqual([])
  expect(missing).toHaveLength(1)
  expect(missing[0]).toMatch(
    /^注意: みなと町の新しい読者 3 人に送る「引き継ぎのお知らせ」がありません。/,
  )
  expect(missing[0]).toMatch(/承認して公開し.*知らせずに取り込むこともできますが/)
})

test('it is found in the synced releases of a town that takes it', () => {
  const content = liveContent([release(text({ slot: 'announcement' }))])
  const find = createFindAnnouncement(
    {
      content: () => content,
      settings: (code) => ({ [TOWN]: announcing(), 'no-series': settings() })[code] ?? null,
    },
    TODAY,
  )
  const reader = { edition: 'standard', area: null }
  expect(find(TOWN, reader)).toBe('announcement のお知らせ')
  expect(find('no-series', reader)).toBeNull()
  expect(find('unknown', reader)).toBeNull()
})
