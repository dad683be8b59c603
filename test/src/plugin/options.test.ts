import { describe, expect, test } from '@jest/globals'

import {
  DEFAULT_EDITIONS,
  OptionsError,
  parseOptions,
  type KizunaOptions,
} from '../../../src/plugin/options'
import { generateKeyRing } from '../../../src/secret/seal'

const now = () => new Date('2026-11-23T00:00:00.000Z')

test('the clock is the real one unless the host says another', () => {
  const before = Date.now()
  const { now } = parseOptions({})
  expect(now().getTime()).toBeGreaterThanOrEqual(before)
})

test('every option but the clock has a default', () => {
  const settings = parseOptions({ now })
  expect(settings).toMatchObject({
    ring: null,
    editions: DEFAULT_EDITIONS,
    mediaDir: 'media',
    overrides: {},
    isDisabled: false,
    secondFactor: { requiredFor: [] },
  })
  expect(settings.policy.chiefs).toBe(1)
  expect(settings.now().toISOString()).toBe('2026-11-23T00:00:00.000Z')
})

test('keys become a ring', () => {
  expect(parseOptions({ now, keys: generateKeyRing() }).ring?.currentId).toBe('k1')
})

describe('a wrong option stops the start with a sentence that names it', () => {
  test.each([
    ['now', { now: 'noon' }],
    ['keys', { now, keys: 'secret' }],
    ['editions', { now, editions: [] }],
    ['editions.0.code', { now, editions: [{ code: 'Standard', label: '標準' }] }],
    [
      'standard',
      {
        now,
        editions: [
          { code: 'standard', label: '標準' },
          { code: 'standard', label: '標準' },
        ],
      },
    ],
    ['overrides.users', { now, overrides: { users: {} } }],
    ['policy', { now, policy: { chiefs: 0 } }],
    [
      'policy',
      { now, policy: { topics: [{ code: 'x', label: 'x', needs: [{ discipline: 'y' }] }] } },
    ],
    ['mediaDir', { now, mediaDir: '' }],
    ['secondFactor.requiredFor.0', { now, secondFactor: { requiredFor: ['systemAdmin'] } }],
  ])('%s', (name, options) => {
    const parse = () => parseOptions(options as unknown as KizunaOptions)
    expect(parse).toThrow(OptionsError)
    expect(parse).toThrow(/^kizuna\(\): these options of payload\.config\.ts are wrong\.\n- /)
    // Developers of other countries read it: no Japanese.
    expect(parse).toThrow(/^[\p{ASCII}]+$/u)
    expect(parse).toThrow(new RegExp(name.replaceAll('.', '\\.')))
  })

  test('a misspelt option is not passed over', () => {
    const options = { now, polcy: {} } as unknown as KizunaOptions
    expect(() => parseOptions(options)).toThrow(/polcy/)
  })

  test('a wrong key is not repeated in the message', () => {
    expect(() => parseOptions({ now, keys: 'k1:c2VjcmV0' })).not.toThrow(/c2VjcmV0/)
  })
})
