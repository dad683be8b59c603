import { expect, test } from '@jest/globals'

import { ConfigError, parseConfig } from '../../../src/config/config'
import { placesBeside, placesOf } from '../../../src/local/places'
import { generateKeyRing } from '../../../src/secret/seal'

const DATABASE_URL = 'mongodb://db.example/cms?replicaSet=rs'
const REAL = {
  LINE_API_URL: 'https://line.example',
  PUBLIC_URL: 'https://kizuna.example',
  PAYLOAD_SECRET: 'x'.repeat(32),
  CMS_API_KEY: 'k'.repeat(36),
  KIZUNA_KEYS: generateKeyRing(),
}
const PORTS = { CMS_PORT: '4100', WEB_PORT: '4101', SANDBOX_PORT: '4102' }

test('a start is where its ports are', () => {
  expect(placesOf(parseConfig(PORTS))).toMatchObject({
    ports: { cms: 4100, web: 4101, sandbox: 4102 },
    cmsUrl: 'http://localhost:4100',
    publicUrl: 'http://localhost:4101',
  })
})

test('a program that is told nothing calls and links to the programs that run', () => {
  const running = placesOf(parseConfig(PORTS))
  expect(placesBeside(running, parseConfig({}))).toEqual(running)
})

test('one that is told other ports listens there, and calls and links to those that run', () => {
  const running = placesOf(parseConfig(PORTS))
  const other = { CMS_PORT: '4200', WEB_PORT: '4201', SANDBOX_PORT: '4202' }
  expect(placesBeside(running, parseConfig(other))).toMatchObject({
    ports: { cms: 4200, web: 4201, sandbox: 4102 },
    cmsUrl: 'http://localhost:4100',
    publicUrl: 'http://localhost:4101',
  })
})

test('addresses that the start was given are those of its commands; one’s own come first', () => {
  const given = { CMS_URL: 'https://cms.example', PUBLIC_URL: 'https://town.example' }
  const running = placesOf(parseConfig(given))
  expect(placesBeside(running, parseConfig({}))).toMatchObject({
    cmsUrl: 'https://cms.example',
    publicUrl: 'https://town.example',
  })
  const own = parseConfig({ PUBLIC_URL: 'https://own.example' })
  expect(placesBeside(running, own).publicUrl).toBe('https://own.example')
})

test('one with a database of its own is another installation', () => {
  const config = parseConfig({ ...REAL, DATABASE_URL })
  expect(placesBeside(placesOf(parseConfig(PORTS)), config)).toEqual(placesOf(config))
})

test.each([
  [{}, REAL, '練習用の LINE とメールを使っています'],
  [REAL, {}, '本物の LINE かメールにつながっています'],
  [{ DATABASE_URL }, {}, '同じ DATABASE_URL を設定して'],
  [{ DATABASE_URL }, { ...REAL, DATABASE_URL }, '練習用の LINE'],
])('beside a start with %j, one with %j is refused', (ofStart, own, sentence) => {
  const running = placesOf(parseConfig(ofStart))
  const beside = () => placesBeside(running, parseConfig(own))
  expect(beside).toThrow(ConfigError)
  expect(beside).toThrow(sentence)
})
