// A consent is to what was said when it was given: another text gets another version.
import { createHash } from 'node:crypto'

import { expect, test } from '@jest/globals'

import { CONSENT_VERSION, OWN_CONSENT_VERSIONS } from '../../../worker/readers/consentVersion'
import { CATALOGUE } from '../../../worker/web/words/words'

/** What each version said in all languages; a line is added for a new text, and none is changed. */
const SAID: Readonly<Record<string, string>> = {
  '2026-12-2': '1f1b6026c299fb28',
  '2026-12-3': '7a1dd647d6b56bec',
}

test('a text that was changed has a version of its own', () => {
  const texts = Object.values(CATALOGUE).flatMap(({ consent: { heading, points } }) => [
    heading,
    ...points('みなと町', 400),
  ])
  const said = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16)
  expect({ [CONSENT_VERSION]: said }).toEqual({ [CONSENT_VERSION]: SAID[CONSENT_VERSION] })
})

test('no version is used twice, and the present one is known', () => {
  expect(new Set(OWN_CONSENT_VERSIONS).size).toBe(OWN_CONSENT_VERSIONS.length)
  expect(OWN_CONSENT_VERSIONS.at(-1)).toBe(CONSENT_VERSION)
})
