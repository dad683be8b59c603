// Rich menus of the practice LINE: LINE's limits and refusals, and the inbox that shows them.
import { readFileSync } from 'node:fs'

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import sharp from 'sharp'

import { LINE_MAX_MENU_PICTURE_BYTES } from '../../../worker/channel/lineApiLimits'
import { LINE_MENU_PICTURE, lineMenu } from '../../../worker/channel/lineMenu'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { MINATO, testSandbox } from './testSandbox'

let sandbox: Sandbox
let token: string
beforeEach(async () => {
  sandbox = await testSandbox()
  const form = { grant_type: 'client_credentials', client_id: MINATO.channelId }
  const body = new URLSearchParams({ ...form, client_secret: MINATO.channelSecret })
  const answer = await fetch(`${sandbox.url}/oauth2/v3/token`, { method: 'POST', body })
  token = ((await answer.json()) as { access_token: string }).access_token
})
afterEach(() => sandbox.stop())

async function ask(method: string, path: string, body?: object | Buffer) {
  const isPicture = Buffer.isBuffer(body)
  const type = isPicture && body.subarray(0, 3).toString() === 'GIF' ? 'image/gif' : 'image/png'
  const answer = await fetch(`${sandbox.url}/v2/bot/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': isPicture ? type : 'application/json',
    },
    ...(body && { body: isPicture ? new Uint8Array(body) : JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const MENU = lineMenu(null)
const create = async () => String((await ask('POST', 'richmenu', MENU)).body.richMenuId)

describe('a menu', () => {
  test('is made, gets its picture once, is shown, listed and taken away', async () => {
    const id = await create()
    expect((await ask('POST', `user/all/richmenu/${id}`)).status).toBe(400)
    expect((await ask('POST', `richmenu/${id}/content`, LINE_MENU_PICTURE)).status).toBe(200)
    expect((await ask('POST', `richmenu/${id}/content`, LINE_MENU_PICTURE)).status).toBe(400)
    expect((await ask('GET', 'user/all/richmenu')).status).toBe(404)
    expect((await ask('POST', `user/all/richmenu/${id}`)).status).toBe(200)
    expect((await ask('GET', 'user/all/richmenu')).body).toEqual({ richMenuId: id })
    expect((await ask('GET', 'richmenu/list')).body).toEqual({
      richmenus: [{ richMenuId: id, ...MENU }],
    })
    expect((await ask('GET', `richmenu/${id}`)).body).toEqual({ richMenuId: id, ...MENU })
    expect((await ask('DELETE', `richmenu/${id}`)).status).toBe(200)
    expect((await ask('GET', 'user/all/richmenu')).status).toBe(404)
    expect((await ask('DELETE', `richmenu/${id}`)).status).toBe(404)
  })

  test.each<[string, object, string]>([
    ['too low', { ...MENU, size: { width: 2500, height: 249 } }, 'size'],
    ['too narrow', { ...MENU, size: { width: 1200, height: 843 } }, 'size'],
    ['without a name', { ...MENU, name: '' }, 'name'],
    ['with a long bar', { ...MENU, chatBarText: 'あ'.repeat(15) }, 'chatBarText'],
    ['with 21 areas', { ...MENU, areas: Array(21).fill(MENU.areas[0]) }, 'areas'],
    [
      'with an area outside of it',
      { ...MENU, areas: [{ ...MENU.areas[0], bounds: { x: 1, y: 0, width: 2500, height: 843 } }] },
      'areas[0].bounds',
    ],
    [
      'that runs a script',
      {
        ...MENU,
        areas: [{ ...MENU.areas[0], action: { type: 'uri', label: 'x', uri: 'javascript:1' } }],
      },
      'areas[0].action.uri',
    ],
  ])('%s is refused by name, also when it is only looked at', async (_, menu, property) => {
    for (const path of ['richmenu', 'richmenu/validate']) {
      const { status, body } = await ask('POST', path, menu)
      expect(status).toBe(400)
      const details = body.details as { property: string }[]
      expect(details.map((detail) => detail.property)).toContain(property)
    }
    expect((await ask('GET', 'richmenu/list')).body).toEqual({ richmenus: [] })
  })

  test('takes no picture of another size, over 1 MB, or of another kind', async () => {
    const id = await create()
    const small = await sharp(LINE_MENU_PICTURE).resize(1200, 405).png().toBuffer()
    const large = Buffer.concat([LINE_MENU_PICTURE, Buffer.alloc(LINE_MAX_MENU_PICTURE_BYTES)])
    expect((await ask('POST', `richmenu/${id}/content`, small)).status).toBe(400)
    expect((await ask('POST', `richmenu/${id}/content`, large)).status).toBe(413)
    const gif = await sharp(LINE_MENU_PICTURE).gif().toBuffer()
    expect((await ask('POST', `richmenu/${id}/content`, gif)).status).toBe(415)
  })
})

test('our picture is within LINE’s size, and its areas cover all of it', async () => {
  const { width, height, format } = await sharp(LINE_MENU_PICTURE).metadata()
  expect({ width, height, format }).toEqual({ ...MENU.size, format: 'png' })
  expect(LINE_MENU_PICTURE.length).toBeLessThanOrEqual(LINE_MAX_MENU_PICTURE_BYTES)
  const area = MENU.areas.reduce((sum, { bounds }) => sum + bounds.width * bounds.height, 0)
  expect(area).toBe(MENU.size.width * MENU.size.height)
})

test('it is drawn with the reading of every part: both who read kanji and who do not have this one', () => {
  const drawn = readFileSync('worker/channel/lineMenu.svg', 'utf8')
  const said = [...drawn.matchAll(/<text [^>]*>([^<]+)</g)].map(([, words]) => words)
  const labels = MENU.areas.map(({ action }) => action.label)
  const readings = ['(とうろくのないよう)', '(とめる・やすむ)', '(そうだんさき)']
  expect(said).toEqual([...labels, ...readings])
})

test('the inbox shows it under the talk, and its areas can be pressed', async () => {
  const { userId } = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  const inbox = async () => (await fetch(`${sandbox.url}/?line=${userId}`)).text()
  expect(await inbox()).not.toContain('class="menu"')
  const id = await create()
  await ask('POST', `richmenu/${id}/content`, LINE_MENU_PICTURE)
  await ask('POST', `user/all/richmenu/${id}`)
  const page = await inbox()
  const picture = /<div class="menu"[^>]*><img src="([^"]+)"/.exec(page)![1]!
  const shown = await fetch(sandbox.url + picture)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await shown.arrayBuffer()).equals(LINE_MENU_PICTURE)).toBe(true)
  const labels = [...page.matchAll(/<button type="submit" aria-label="([^"]+)"/g)]
  expect(labels.map(([, label]) => label)).toEqual(['登録の内容', '止める・休む', '相談先'])
  expect(page).toContain('name="data" value="kizuna:stop"')
})
