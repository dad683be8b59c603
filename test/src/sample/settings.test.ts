import { expect, test } from '@jest/globals'

import { isMunicipalityCode } from '../../../src/table/municipalityCode'
import { contrastRatio } from '../../../src/release/colour'
import { DEFAULT_DISCIPLINES } from '../../../src/review/rules/policy'
import { parseSlot } from '../../../src/stage/slot'
import { lineAccounts, municipalities, series, users } from './sampleFiles'

test('the municipalities’ codes have their check digit', () => {
  const codes = municipalities.map(({ code }) => code)
  expect(codes.filter((code) => !isMunicipalityCode(code))).toEqual([])
  expect(new Set(codes).size).toBe(3)
})

test('the municipalities differ as the first customers will', () => {
  const [town, city, ward] = municipalities
  expect(town?.channels).toEqual(['line'])
  expect(city?.channels).toEqual(['mail', 'line'])
  expect(ward?.channels).toEqual(['line', 'mail'])
  const taken = ward?.series.map((row) => row.series)
  expect(taken).toEqual(expect.arrayContaining(series.map(({ code }) => code)))
})

test.each(municipalities)('$name can be told apart and leads nowhere real', (municipality) => {
  const { lineAccount, accent, contact, mailFrom, contactVariables } = municipality
  expect(lineAccounts.map(({ key }) => key)).toContain(lineAccount)
  expect(contrastRatio(accent ?? '', '#ffffff')).toBeGreaterThanOrEqual(4.5)
  expect(mailFrom).toMatch(/\.example$/)
  const phones = [contact.phone, ...contactVariables.map(({ value }) => value)]
  expect(phones.filter((phone) => !phone.startsWith('000-'))).toEqual([])
})

test('the series’ ends and the municipalities’ parts of them can be read', () => {
  for (const { from, to, anchor } of series) {
    expect([parseSlot(from).anchor, parseSlot(to).anchor]).toEqual([anchor, anchor])
  }
  const known = series.map(({ code }) => code)
  for (const row of municipalities.flatMap((municipality) => municipality.series)) {
    expect(known).toContain(row.series)
    for (const end of [row.from, row.to]) if (end !== null) parseSlot(end)
  }
})

test('the log-ins cover every role and discipline, at addresses that lead nowhere', () => {
  const roles = ['admin', 'editor', 'chief', 'reviewer', 'contributor']
  expect(users.flatMap((user) => user.roles)).toEqual(expect.arrayContaining(roles))
  const disciplines = DEFAULT_DISCIPLINES.map(({ code }) => code)
  expect(users.flatMap((user) => user.disciplines ?? [])).toEqual(
    expect.arrayContaining(disciplines),
  )
  for (const { email, name } of users) {
    expect(email).toMatch(/^[a-z0-9-]+@kizuna\.example$/)
    expect(name).toMatch(/^見本 /)
  }
})

test.each(municipalities)('$name has someone who writes and someone who approves', ({ code }) => {
  const own = users.filter(({ municipality }) => municipality === code)
  expect(own.flatMap(({ roles }) => roles)).toEqual(
    expect.arrayContaining(['municipal-editor', 'municipal-approver']),
  )
})
