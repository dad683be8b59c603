// The arithmetic of the second factor: steps, what is taken once, what is stored, who must have it.
import { describe, expect, test } from '@jest/globals'

import { parseConfig } from '../../../src/config/config'
import { factorEndedMail } from '../../../src/people/accountMail'
import { LOCK_MS, MAX_GUESSES } from '../../../src/people/lock'
import { judgeCode, type FactorState } from '../../../src/people/secondFactor/judge'
import { factorStanding, productPolicy } from '../../../src/people/secondFactor/policy'
import { newRecoveryCodes, recoveryHash } from '../../../src/people/secondFactor/recoveryCodes'
import {
  factorRing,
  newOffer,
  openKey,
  openOffer,
  sealKey,
} from '../../../src/people/secondFactor/sealing'
import { keyUri, newKey, stepOf } from '../../../src/people/secondFactor/totp'
import { groupsOfFour, typedCode } from '../../../src/people/secondFactor/words'
import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'

/** `12345678901234567890` in base32. Source: RFC 6238, appendix B. */
const RFC_KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const AT = new Date('2026-11-29T09:00:10.000Z')
const later = (ms: number) => new Date(AT.getTime() + ms)

describe('the app’s code', () => {
  // Source: RFC 6238, appendix B (SHA-1); of its eight digits the last six.
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s it is %s', (seconds, code) => {
    const at = new Date(seconds * 1000)
    expect(stepOf({ key: RFC_KEY, code, at })).toBe(Math.floor(seconds / 30))
  })

  test.each([
    [-60, null],
    [-30, 1],
    [0, 1],
    [30, 1],
    [60, null],
  ])('of step 1 asked %i s from it is of step %s', (seconds, step) => {
    const at = new Date((59 + seconds) * 1000)
    expect(stepOf({ key: RFC_KEY, code: '287082', at })).toBe(step)
  })

  test.each(['', '28708', '2870820', 'ABCDEF', '0287082'])('%j is none', (code) => {
    expect(stepOf({ key: RFC_KEY, code, at: new Date(59_000) })).toBeNull()
  })

  test.each([
    ['287 082', '287082'],
    ['２８７０８２', '287082'],
    [' abcde-fgh2o ', 'ABCDEFGH20'],
    ['il0oO', '11000'],
    ['確認コード', ''],
  ])('%j is meant as %j', (typed, code) => {
    expect(typedCode(typed)).toBe(code)
  })

  test('a key is new each time, 160 bits, and shown in groups of four', () => {
    expect(newKey()).toMatch(/^[A-Z2-7]{32}$/)
    expect(newKey()).not.toBe(newKey())
    expect(groupsOfFour('ABCDEFGH')).toBe('ABCD EFGH')
    const uri = keyUri({ key: RFC_KEY, account: 'hana@example.jp', issuer: 'kizuna cms.example' })
    expect(uri).toBe(
      `otpauth://totp/kizuna%20cms.example:hana%40example.jp?issuer=kizuna%20cms.example&secret=${RFC_KEY}&algorithm=SHA1&digits=6&period=30`,
    )
  })
})

describe('a code is judged', () => {
  const factor: FactorState = { step: 7, recoveryHashes: ['a', 'b'], wrong: 3, heldUntil: null }
  const stopped = { ...factor, wrong: MAX_GUESSES, heldUntil: later(1).toISOString() }
  const right = { wrong: 0, heldUntil: null }

  test.each([
    [
      'a later step',
      factor,
      { step: 8, hash: null },
      { outcome: 'code', next: { ...right, step: 8 } },
    ],
    [
      'the same step',
      factor,
      { step: 7, hash: null },
      { outcome: 'wrong', next: { wrong: 4, heldUntil: null } },
    ],
    [
      'an earlier step',
      factor,
      { step: 6, hash: null },
      { outcome: 'wrong', next: { wrong: 4, heldUntil: null } },
    ],
    [
      'a recovery code',
      factor,
      { step: null, hash: 'a' },
      { outcome: 'recovery', next: { ...right, recoveryHashes: ['b'] } },
    ],
    [
      'another',
      factor,
      { step: null, hash: 'c' },
      { outcome: 'wrong', next: { wrong: 4, heldUntil: null } },
    ],
    [
      'the last wrong one',
      { ...factor, wrong: MAX_GUESSES - 1 },
      { step: null, hash: null },
      { outcome: 'wrong', next: { wrong: MAX_GUESSES, heldUntil: later(LOCK_MS).toISOString() } },
    ],
    ['a right one while stopped', stopped, { step: 8, hash: 'a' }, { outcome: 'held' }],
    [
      'a wrong one after it',
      { ...stopped, heldUntil: AT.toISOString() },
      { step: null, hash: null },
      { outcome: 'wrong', next: { wrong: 1, heldUntil: null } },
    ],
  ])('%s', (...row) => {
    const [, state, code, judged] = row
    expect(judgeCode(state, code, AT)).toEqual(judged)
  })
})

describe('what is stored', () => {
  const own = factorRing({ secret: 'x'.repeat(32) }, null)

  test('a key opens for its owner alone, and again after the plugin got keys of its own', () => {
    const sealed = sealKey(own, 'hana', RFC_KEY)
    expect(sealed).not.toContain(RFC_KEY)
    expect(openKey(own, 'hana', sealed)).toBe(RFC_KEY)
    expect(openKey(own, 'taro', sealed)).toBeNull()
    const ring = factorRing({ secret: 'x'.repeat(32) }, parseKeyRing(generateKeyRing()))
    expect(openKey(ring, 'hana', sealed)).toBe(RFC_KEY)
    expect(sealKey(ring, 'hana', RFC_KEY)).toMatch(/^k1\./)
    expect(openKey(factorRing({ secret: 'y'.repeat(32) }, null), 'hana', sealed)).toBeNull()
  })

  test('an offer is good for a quarter of an hour, for whom it was made', () => {
    const { key, offer } = newOffer(own, { user: 'hana', replaces: 'x', at: AT })
    const opened = (user: string, ms: number) => openOffer(own, { user, offer, at: later(ms) })
    expect(opened('hana', 15 * 60_000 - 1)).toEqual({ key, replaces: 'x' })
    expect([opened('hana', 15 * 60_000), opened('taro', 0)]).toEqual([null, null])
    expect(openOffer(own, { user: 'hana', offer: sealKey(own, 'hana', key), at: AT })).toBeNull()
  })

  test('of ten recovery codes the hashes alone, under a salt of their own', async () => {
    const [one, other] = [await newRecoveryCodes(), await newRecoveryCodes()]
    expect(one.codes).toHaveLength(10)
    const { recoverySalt, recoveryHashes } = one.stored
    const [code = ''] = one.codes
    expect(await recoveryHash(typedCode(code), recoverySalt)).toBe(recoveryHashes[0])
    expect(recoveryHashes).not.toContain(
      await recoveryHash(typedCode(code), other.stored.recoverySalt),
    )
    expect(await recoveryHash('287082', recoverySalt)).toBeNull()
  })
})

describe('who must have it', () => {
  test.each([
    [{ kizunaRoles: ['chief'] }, 'owed'],
    [{ kizunaRoles: ['editor', 'chief'], kizunaSecondFactorAt: '2026-11-29' }, 'on'],
    [{ kizunaRoles: ['editor'], kizunaSecondFactorAt: '2026-11-29' }, 'on'],
    [{ kizunaRoles: ['editor'] }, null],
    [{}, null],
    [null, null],
  ])('%j: %s', (account, standing) => {
    expect(factorStanding(account, { requiredFor: ['chief'] })).toBe(standing)
  })

  const real = {
    LINE_API_URL: 'https://api.line.me',
    PAYLOAD_SECRET: 'x'.repeat(32),
    KIZUNA_KEYS: generateKeyRing(),
    CMS_API_KEY: 'y'.repeat(20),
    PUBLIC_URL: 'https://kizuna.example.jp',
  }

  test.each([
    ['nobody while it is tried', {}, []],
    ['nobody with a relay of this machine', { ...real, LINE_API_URL: 'http://127.0.0.1:1' }, []],
    ['chief and system admin otherwise', real, ['chief', 'admin']],
    ['whom the setting names', { KIZUNA_SECOND_FACTOR_FOR: 'editor, chief' }, ['editor', 'chief']],
    ['nobody if it says so', { ...real, KIZUNA_SECOND_FACTOR_FOR: 'none' }, []],
  ])('in the product %s', (_name, env, requiredFor) => {
    expect(productPolicy(parseConfig(env))).toEqual({ requiredFor })
  })
})

test('whose second factor was ended is told by whom, and what comes next', () => {
  const mail = factorEndedMail({ name: '北 みなみ', by: '根本', isRequired: false })
  expect(mail.text).toContain('北 みなみ さん')
  expect(mail.text).toContain('根本 さんが、あなたの二段階認証を終わらせました')
  expect(mail.text).toContain('パスワードだけでログインできます')
  const owing = factorEndedMail({ name: '', by: '根本', isRequired: true })
  expect(owing.text).toContain('二段階認証の用意を求められます')
  expect(owing.html).not.toContain('href')
})
