import { expect, test } from '@jest/globals'

import { readSmtpFailure, type SmtpFailure } from '../../../worker/channel/mailAnswer'

const rcpt = (response: string): SmtpFailure => ({
  response,
  responseCode: Number(response.slice(0, 3)),
  command: 'RCPT TO',
  code: 'EENVELOPE',
})
const data = (response: string): SmtpFailure => ({
  response,
  responseCode: Number(response.slice(0, 3)),
  command: 'DATA',
  code: 'EMESSAGE',
})

test.each([
  ['no such user', rcpt('550 5.1.1 User unknown'), 'rejected smtp-550-5.1.1 fault'],
  ['no such domain', rcpt('550 5.1.2 Bad host'), 'rejected smtp-550-5.1.2 fault'],
  ['a mailbox switched off', rcpt('550 5.2.1 Disabled'), 'rejected smtp-550-5.2.1 fault'],
  ['a full mailbox', rcpt('552 5.2.2 Over quota'), 'rejected smtp-552-5.2.2'],
  ['a bare 550 at the recipient', rcpt('550 No such user'), 'rejected smtp-550 fault'],
  ['a bare 554 at the recipient', rcpt('554 Denied'), 'rejected smtp-554'],
  ['a policy about us', rcpt('550 5.7.1 Blocked'), 'rejected smtp-550-5.7.1 stop=domain'],
  ['our reputation for now', rcpt('451 4.7.0 Later'), 'deferred smtp-451-4.7.0 stop=domain'],
  ['greylisting', rcpt('450 4.2.0 Greylisted'), 'deferred smtp-450-4.2.0'],
  ['refused content', data('554 5.6.0 Spam'), 'rejected smtp-554-5.6.0'],
  [
    'a refused sender',
    { ...rcpt('553 5.1.8 Sender'), command: 'MAIL FROM' },
    'rejected smtp-553-5.1.8 stop=channel',
  ],
  [
    'SES, too fast',
    data('454 Throttling failure: Maximum sending rate exceeded.'),
    'deferred smtp-454-rate',
  ],
  [
    'SES, used up',
    data('454 Throttling failure: Daily message quota exceeded.'),
    'deferred smtp-454-quota stop=channel',
  ],
  [
    'a log-in refused',
    { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' },
    'deferred smtp-auth-535 stop=channel',
  ],
  ['service going down', { ...data('421 4.3.2 Shutting down') }, 'deferred smtp-421-4.3.2'],
  [
    'an address the client refuses',
    { code: 'EENVELOPE', command: 'API' },
    'rejected bad-address fault',
  ],
  ['nobody listening', { code: 'ESOCKET', command: 'CONN' }, 'deferred smtp-unreachable'],
])('%s', (_label, failure, expected) => {
  expect(words(readSmtpFailure(failure, { isHandedOver: false, domain: 'mail.example' }))).toBe(
    expected,
  )
})

test.each([
  ['ECONNECTION', 'unknown smtp-cut'],
  ['ESOCKET', 'unknown smtp-cut'],
  ['ETIMEDOUT', 'unknown smtp-timeout'],
])('a connection lost after the body with %s is unknown', (code, expected) => {
  const failure = { code, command: 'CONN' }
  expect(words(readSmtpFailure(failure, { isHandedOver: true, domain: 'mail.example' }))).toBe(
    expected,
  )
})

test('an answer with a code settles it, though the body was handed over', () => {
  const receipt = readSmtpFailure(data('550 5.1.1 Unknown'), {
    isHandedOver: true,
    domain: 'a.example',
  })
  expect(receipt.status).toBe('rejected')
})

test("docomo's 550 may be the reader's own filter", () => {
  const receipt = readSmtpFailure(rcpt('550 Unknown user'), {
    isHandedOver: false,
    domain: 'docomo.ne.jp',
  })
  expect(words(receipt)).toBe('rejected smtp-550-maybe-filter')
  expect(receipt).toMatchObject({ isAddressFault: false, isMaybeFilter: true })
})

test("docomo's 5.1.1 is an address that is not there", () => {
  const receipt = readSmtpFailure(rcpt('550 5.1.1 Unknown user'), {
    isHandedOver: false,
    domain: 'docomo.ne.jp',
  })
  expect(receipt).toEqual({ status: 'rejected', code: 'smtp-550-5.1.1', isAddressFault: true })
})

test.each([
  ['552 5.2.2 Mailbox full', true],
  ['552 Mailbox full', true],
  ['550 5.2.1 Switched off', undefined],
  ['550 5.4.1 No route', undefined],
])('%s is one of a mailbox that is full: %s', (answer, isSoft) => {
  const receipt = readSmtpFailure(rcpt(answer), { isHandedOver: false, domain: 'a.example' })
  expect((receipt as { isSoft?: true }).isSoft).toBe(isSoft)
})

function words(receipt: object): string {
  const { status, code, isAddressFault, stop } = receipt as Record<string, unknown>
  return [status, code, isAddressFault && 'fault', stop && `stop=${stop}`].filter(Boolean).join(' ')
}
