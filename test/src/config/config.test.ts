import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, test } from '@jest/globals'

import { bouncesOf } from '../../../src/config/bounces'
import { mailLimitsOf } from '../../../src/config/mailLimits'
import { onCallOf } from '../../../src/config/onCall'
import { ConfigError, dkimKeyOf, isSandbox, parseConfig, portsOf } from '../../../src/config/config'
import { generateKeyRing } from '../../../src/secret/seal'

const real = {
  DATABASE_URL: 'mongodb://db.example/cms?replicaSet=rs',
  DELIVERY_DATABASE_URL: 'mongodb://db.example/delivery?replicaSet=rs',
  LINE_API_URL: 'https://line.example/',
  SMTP_URL: 'smtps://relay.example',
  PUBLIC_URL: 'https://kizuna.example',
  PAYLOAD_SECRET: 'x'.repeat(32),
  CMS_API_KEY: 'k'.repeat(36),
  KIZUNA_KEYS: generateKeyRing(),
}

test('nothing set is a complete sandbox', () => {
  const config = parseConfig({})
  expect(config).toMatchObject({ KIZUNA_DATA_DIR: '.kizuna', DATABASE_URL: null })
  expect(portsOf(config)).toEqual({ cms: 3000, web: 3001, sandbox: 3002 })
  expect(isSandbox(config)).toBe(true)
})

test('an empty value counts as not set, and a slash at the end of a URL is dropped', () => {
  const config = parseConfig({ ...real, DATABASE_URL: '' })
  expect(config.DATABASE_URL).toBeNull()
  expect(config.LINE_API_URL).toBe('https://line.example')
  expect(isSandbox(config)).toBe(false)
})

test('no proxy is trusted unless their number is given', () => {
  expect(parseConfig({}).TRUST_PROXY).toBe(0)
  expect(parseConfig({ ...real, TRUST_PROXY: '2' }).TRUST_PROXY).toBe(2)
})

test('details of deliveries are kept for 400 days, or as many as are given', () => {
  expect(parseConfig({}).KIZUNA_KEEP_DAYS).toBe(400)
  expect(parseConfig({ KIZUNA_KEEP_DAYS: '30' }).KIZUNA_KEEP_DAYS).toBe(30)
  expect(parseConfig({ KIZUNA_KEEP_DAYS: '3660' }).KIZUNA_KEEP_DAYS).toBe(3660)
})

test.each(['29', '0', '-400', '3661', '400.5', '400日', 'one', 'Infinity', ' '])(
  'days to keep are refused as %j',
  (KIZUNA_KEEP_DAYS) => {
    const words = 'KIZUNA_KEEP_DAYS: 30 から 3660 までの日数を整数で書いてください。'
    expect(() => parseConfig({ KIZUNA_KEEP_DAYS })).toThrow(words)
  },
)

test('one domain is sent 50 mails a second and 20 at once, or as many as are given', () => {
  expect(mailLimitsOf(parseConfig({}))).toEqual({ perSecond: 50, atOnce: 20 })
  const given = parseConfig({ MAIL_DOMAIN_PER_SECOND: '14', MAIL_DOMAIN_AT_ONCE: '5' })
  expect(mailLimitsOf(given)).toEqual({ perSecond: 14, atOnce: 5 })
  const words = 'MAIL_DOMAIN_AT_ONCE: 1 から 10000 までの整数で書いてください。'
  expect(() => parseConfig({ MAIL_DOMAIN_AT_ONCE: '0' })).toThrow(words)
})

test('mails are signed once domain, selector and key are given', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const given = { DKIM_DOMAIN: 'mail.example', DKIM_SELECTOR: 's1' }
  const config = parseConfig({ ...real, ...given, DKIM_PRIVATE_KEY: pem.replaceAll('\n', '\\n') })
  const key = { domainName: 'mail.example', keySelector: 's1', privateKey: pem }
  expect(dkimKeyOf(config)).toEqual(key)
  expect(dkimKeyOf(parseConfig(real))).toBeNull()
})

test('refusals come back once there is an address for them and a way to read them', () => {
  const address = 'bounces@mail.example'
  const mailbox = 'imaps://bounces:secret@imap.example/INBOX'
  const given = { MAIL_BOUNCE_ADDRESS: address, MAIL_BOUNCE_MAILBOX: mailbox }
  expect(bouncesOf(parseConfig({ ...real, ...given }))).toEqual({ address, mailbox, secret: null })
  expect(bouncesOf(parseConfig(real))).toBeNull()
  const practice = { ...given, KIZUNA_CLOCK: '2026-12-01T10:00+09:00' }
  expect(() => parseConfig(practice)).toThrow('ほかの機械のメールボックス')
  const own = { MAIL_BOUNCE_MAILBOX: mailbox.replace('imap.example', '127.0.0.1:143') }
  expect(bouncesOf(parseConfig({ ...practice, ...own }))).not.toBeNull()
})

test('people on call are told by mail, by a webhook, or both', () => {
  const mail = {
    ON_CALL_MAIL: ' toban@minato.example , kakari@minato.example,toban@minato.example',
  }
  const hook = { ON_CALL_WEBHOOK: 'https://chat.example/hook', ON_CALL_WEBHOOK_SECRET: SECRET }
  const of = (given: object) => onCallOf(parseConfig({ ...real, ...given }))
  expect(of({})).toBeNull()
  const mails = ['toban@minato.example', 'kakari@minato.example']
  expect(of(mail)).toEqual({ mails, webhook: null })
  const webhook = { url: 'https://chat.example/hook', secret: SECRET }
  expect(of({ ...mail, ...hook })).toEqual({ mails, webhook })
  expect(of({ ON_CALL_WEBHOOK: 'http://localhost:9/a' })?.webhook?.secret).toBeNull()
  const practice = { KIZUNA_CLOCK: '2026-12-01T10:00+09:00' }
  expect(() => parseConfig({ ...practice, ...hook })).toThrow('ほかの機械には知らせられません')
  expect(parseConfig({ ...practice, ON_CALL_WEBHOOK: 'http://127.0.0.1:9/a' })).toBeTruthy()
})

const SECRET = 's'.repeat(32)
const DATABASE = real.DELIVERY_DATABASE_URL

test.each([
  ['readPreference=secondary', 'readPreference'],
  ['readPreference=primaryPreferred', 'readPreference'],
  ['READPREFERENCE=nearest', 'readPreference'],
  ['read%50reference=secondary', 'readPreference'],
  ['readPreference=primary&readPreference=secondary', 'readPreference'],
  ['readConcernLevel=local', 'readConcernLevel'],
  ['readconcernlevel=available', 'readConcernLevel'],
  ['w=1', 'w と journal'],
  ['W=0', 'w と journal'],
  ['%77=1', 'w と journal'],
  ['w=majority&w=1', 'w と journal'],
  ['journal=false', 'w と journal'],
  ['j=false', 'w と journal'],
  ['retryWrites=false', 'retryWrites'],
  ['wtimeoutMS=100', 'wtimeoutMS'],
  ['wtimeout=100', 'wtimeoutMS'],
])('a database that may forget or tell what is old is refused: %s', (option, sentence) => {
  const parse = () => parseConfig({ ...real, DELIVERY_DATABASE_URL: `${DATABASE}&${option}` })
  expect(parse).toThrow('DELIVERY_DATABASE_URL')
  expect(parse).toThrow(sentence)
})

test.each([
  'w=majority&journal=true&retryWrites=true',
  'readPreference=primary&readConcernLevel=majority',
  'tls=true&authSource=admin&appName=w',
])('what changes nothing of that is taken: %s', (options) => {
  const url = `${DATABASE}&${options}`
  expect(() => parseConfig({ ...real, DELIVERY_DATABASE_URL: url })).not.toThrow()
})

describe('a wrong value stops the start with a sentence that names the setting', () => {
  test.each([
    ['CMS_PORT', { CMS_PORT: 'abc' }, '1 から 65535'],
    ['CMS_PORT', { CMS_PORT: '70000' }, '1 から 65535'],
    ['WEB_PORT', { WEB_PORT: '3000' }, '別々の番号'],
    ['SANDBOX_PORT', { SANDBOX_PORT: '2999' }, '別々の番号'],
    ['DATABASE_URL', { DATABASE_URL: 'mongodb://db.example/cms' }, 'レプリカセット'],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://db.example/cms' }, 'データベース名'],
    ['DELIVERY_DATABASE_URL', { DELIVERY_DATABASE_URL: real.DATABASE_URL }, '別のデータベース'],
    ['LINE_API_URL', { LINE_API_URL: 'ftp://line.example' }, 'https://'],
    ['SMTP_URL', { SMTP_URL: 'mail.example:25' }, 'smtp://'],
    ['DKIM_PRIVATE_KEY', { DKIM_PRIVATE_KEY: 'secret' }, 'PEM'],
    ['DKIM_SELECTOR', { DKIM_DOMAIN: 'mail.example' }, 'そろえて'],
    ['MAIL_BOUNCE_ADDRESS', { MAIL_BOUNCE_ADDRESS: 'sixteen--letters@a.example' }, '15 文字'],
    ['MAIL_BOUNCE_ADDRESS', { MAIL_BOUNCE_ADDRESS: 'a+b@mail.example' }, '15 文字'],
    ['MAIL_BOUNCE_ADDRESS', { MAIL_BOUNCE_ADDRESS: 'nobody' }, '名前@ドメイン'],
    ['MAIL_BOUNCE_MAILBOX', { MAIL_BOUNCE_ADDRESS: 'b@mail.example' }, 'どこから読むか'],
    ['MAIL_BOUNCE_MAILBOX', { MAIL_BOUNCE_MAILBOX: 'imap.example' }, 'imaps://'],
    ['MAIL_BOUNCE_SECRET', { MAIL_BOUNCE_SECRET: 'short' }, '32 文字'],
    ['MAIL_BOUNCE_ADDRESS', { MAIL_BOUNCE_SECRET: 's'.repeat(32) }, '戻り先'],
    ['ON_CALL_MAIL', { ON_CALL_MAIL: 'toban@minato.example,nobody' }, 'コンマで区切って'],
    ['ON_CALL_MAIL', { ON_CALL_MAIL: Array(11).fill('a@b.example').join() }, '10 件まで'],
    ['ON_CALL_WEBHOOK', { ON_CALL_WEBHOOK: 'http://chat.example/hook' }, 'この機械の中だけ'],
    ['ON_CALL_WEBHOOK', { ON_CALL_WEBHOOK: 'https://u:p@chat.example/hook' }, '合言葉は URL に'],
    ['ON_CALL_WEBHOOK', { ON_CALL_WEBHOOK: 'hook' }, 'https://'],
    ['ON_CALL_WEBHOOK', { ON_CALL_WEBHOOK_SECRET: 's'.repeat(32) }, '知らせる先の URL'],
    ['ON_CALL_WEBHOOK_SECRET', { ON_CALL_WEBHOOK_SECRET: 'short' }, '32 文字'],
    ['PAYLOAD_SECRET', { PAYLOAD_SECRET: 'short' }, '32 文字'],
    ['KIZUNA_KEYS', { KIZUNA_KEYS: 'index:AAAA' }, '32 バイト'],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }, '0 から 10'],
    ['TRUST_PROXY', { TRUST_PROXY: '-1' }, '0 から 10'],
    ['TRUST_PROXY', { TRUST_PROXY: '11' }, '0 から 10'],
    ['TRUST_PROXY', { TRUST_PROXY: '1.5' }, '0 から 10'],
    ['PAYLOAD_SECRET', { PAYLOAD_SECRET: undefined }, 'これも設定'],
  ])('%s %j', (name, change, sentence) => {
    const attempt = () => parseConfig({ ...real, ...change })
    expect(attempt).toThrow(ConfigError)
    expect(attempt).toThrow(name)
    expect(attempt).toThrow(sentence)
  })

  test('the value itself is never repeated', () => {
    expect(() => parseConfig({ ...real, PAYLOAD_SECRET: 'hunter2' })).not.toThrow(/hunter2/)
  })
})
