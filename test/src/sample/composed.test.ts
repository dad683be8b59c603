import { expect, test } from '@jest/globals'

import { planAddOns } from '../../../src/import/addOns'
import { compose } from '../../../src/release/compose'
import type { AddOnContent, ManuscriptContent } from '../../../src/release/content'
import { renderLine } from '../../../src/release/line'
import { renderMail } from '../../../src/release/mail'
import { fillReaderLinks } from '../../../src/release/readerLinks'
import { importContext, manuscripts, municipalities, text } from './sampleFiles'

const LINKS = { unsubscribeUrl: 'https://a.example/u/1', myPageUrl: 'https://a.example/me/1' }
const plan = planAddOns(text('addons.csv'), importContext)

test.each(municipalities)(
  'every text of $name goes out on both channels, also for twins',
  (home) => {
    const { senderName, contact, accent } = home
    for (const row of manuscripts) {
      const manuscript = { type: 'manuscript', ...row } as unknown as ManuscriptContent
      for (const isPlural of [false, true]) {
        const input = {
          manuscripts: [manuscript],
          addOns: [],
          isPlural,
          senderName,
          contact,
          accent,
        }
        expectNoGaps(compose(input))
      }
    }
  },
)

test.each(municipalities)('every add-on of $name goes out alone', ({ code, ...home }) => {
  const { senderName, contact, accent } = home
  const own = plan.items.filter(({ data }) => data.municipality === code)
  expect(own.length).toBeGreaterThan(0)
  for (const { data, variables } of own) {
    const content = { type: 'addOn', ...data } as unknown as AddOnContent
    const addOns = [{ content, variables }]
    const input = { manuscripts: [], addOns, isPlural: false, senderName, contact, accent }
    expectNoGaps(compose(input))
  }
})

function expectNoGaps(composition: ReturnType<typeof compose>): void {
  const messages = renderLine(composition)
  const mail = renderMail(composition)
  expect(messages.length).toBeGreaterThan(0)
  expect(messages.length).toBeLessThanOrEqual(5)
  const text = fillReaderLinks(mail.text, LINKS)
  const words = [JSON.stringify(messages), mail.subject, text].join('\n')
  expect(words).not.toMatch(/\{\{|undefined/)
}
