// What of an account stands in the form in which people change their own.
import { expect, test } from '@jest/globals'
import type { FieldAccess } from 'payload'

import { createUsers } from '../../../collections/users'
import { mailAddressAccess } from '../../../src/people/access'
import { parseOptions } from '../../../src/plugin/options'

const { fields } = createUsers(parseOptions({ now: () => new Date('2026-11-23T00:00:00.000Z') }))
const field = (name: string) => fields.find((one) => 'name' in one && one.name === name)

const clerk = {
  id: 'a1',
  kizunaPerson: 'users',
  collection: 'users',
  kizunaRoles: ['municipal-editor'],
  kizunaMunicipality: 'm1',
}
const doctor = {
  id: 'a2',
  kizunaPerson: 'users',
  collection: 'users',
  kizunaRoles: ['reviewer'],
}

/** A form says whose data it shows, and has no document. */
const asked = (user: object, given: object) =>
  mailAddressAccess.read({ req: { user }, ...given } as unknown as Parameters<FieldAccess>[0])

test.each<[string, object, object, boolean]>([
  ['their own', clerk, { id: 'a1', data: { email: 'a@example.jp' } }, true],
  ['their own, read', doctor, { doc: { id: 'a2' } }, true],
  ['a colleague’s', clerk, { id: 'a3', data: { kizunaMunicipality: 'm1' } }, true],
  ['another town’s', clerk, { id: 'a3', data: { kizunaMunicipality: 'm2' } }, false],
  ['another town’s, said to be theirs', clerk, { id: 'a1', doc: { id: 'a3' } }, false],
  ['a clerk’s, asked by a doctor', doctor, { id: 'a1', data: { kizunaMunicipality: 'm1' } }, false],
  ['anybody’s, in general', clerk, {}, false],
])('the address in the form: %s', (...[, user, given, right]) => {
  expect(asked(user, given)).toBe(right)
})

test('the address stands in the form once, and the present password can be typed', () => {
  expect(field('email')).toMatchObject({ admin: { components: { Field: false } } })
  const present = field('kizunaCurrentPassword')
  expect(present).toMatchObject({ virtual: true })
  // Payload writes an empty object where no rule is given
  expect(present && 'access' in present ? present.access : {}).toEqual({})
})
