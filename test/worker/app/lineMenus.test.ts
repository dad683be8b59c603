// The quiet menu under a talk, set by the worker and by a command in a practice LINE with LINE's limits.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeEach, describe, expect, test } from '@jest/globals'

import type { LineAnswers, MunicipalitySettings } from '../../../src/plan/settings'
import { isOwnMenu, lineMenu } from '../../../worker/channel/lineMenu'
import { settings, TOWN } from '../../src/plan/town'
import { runIn } from '../cli/io'
import { LINE, openWorker, type WorkerUnderTest } from './openWorker'

let worker: WorkerUnderTest
beforeEach(async () => {
  worker = await openWorker({ releases: [] })
})

const menus = () => worker.sandbox.line.state.menus
const shown = () => menus().shown(LINE.channelId)
const keep = () => worker.delivery.lineMenus.keepSome()

/** Settings as the CMS gives them anew. */
async function hear(answers: LineAnswers, municipalities: MunicipalitySettings[] = [settings()]) {
  const { contentStore, syncedContent } = worker.delivery
  await contentStore.replaceSettings(
    municipalities.map((one) => ({ ...one, cmsId: `cms-${one.code}` })),
    [{ ...LINE, answers }],
  )
  await syncedContent.refresh()
}

/** A menu that the town has made itself. */
function ofTheTown() {
  const { state } = worker.sandbox.line
  const menu = { ...lineMenu(null), name: 'ごみの日' }
  state.record({ type: 'menu', channelId: LINE.channelId, richMenuId: 'richmenu-1', menu })
}

describe('the worker', () => {
  test('gives an account its menu once, however often it looks', async () => {
    for (const _ of [1, 2, 3]) await keep()
    const [menu, ...others] = menus().of(LINE.channelId)
    expect(others).toEqual([])
    expect(menu?.menu.areas.map(({ action }) => action)).toMatchObject([
      { type: 'postback', data: 'kizuna:change', displayText: '登録の内容' },
      { type: 'postback', data: 'kizuna:stop', displayText: '止める・休む' },
      { type: 'postback', data: 'kizuna:contact', displayText: '相談先' },
    ])
    expect(shown()?.richMenuId).toBe(menu?.richMenuId)
    expect(worker.alerts).toEqual([])
  })

  test('does so in its tick', async () => {
    const { createService } = await import('../../../worker/app/service')
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    await createService({ delivery: worker.delivery, log, onAlert: () => undefined }).tick()
    expect(shown()).not.toBeNull()
  })

  test('starts anew without making another one, and two at once make one', async () => {
    const other = await worker.connect()
    await other.syncedContent.refresh()
    await Promise.all([keep(), other.lineMenus.keepSome()])
    await other.lineMenus.keepSome()
    expect(menus().of(LINE.channelId)).toHaveLength(1)
  })

  test('takes an older one of ours away, and never one of the town’s', async () => {
    ofTheTown()
    const { state } = worker.sandbox.line
    const menu = { ...lineMenu(null), name: 'kizuna old' }
    state.record({ type: 'menu', channelId: LINE.channelId, richMenuId: 'richmenu-2', menu })
    await keep()
    const names = menus()
      .of(LINE.channelId)
      .map((one) => one.menu.name)
    expect(names).toEqual(['ごみの日', lineMenu(null).name])
  })

  test.each(['own', 'none'] as const)(
    'leaves an account that answers %s as it is',
    async (answers) => {
      await hear(answers)
      await keep()
      expect(menus().of(LINE.channelId)).toEqual([])
    },
  )

  test('takes it away when another service begins to answer there', async () => {
    await keep()
    await hear('own')
    await keep()
    expect(menus().of(LINE.channelId)).toEqual([])
    expect(shown()).toBeNull()
  })

  test('says once that LINE refuses, leaves it for an hour, and then does it', async () => {
    worker.sandbox.faults.line.add({
      at: 'token',
      times: 1,
      trouble: { kind: 'answer', status: 500 },
    })
    await keep()
    await keep()
    expect(worker.alerts).toMatchObject([{ code: 'line-menu-failed', detail: { account: 'L1' } }])
    expect(shown()).toBeNull()
    worker.clock.now = new Date(worker.clock.now.getTime() + 3601_000)
    await keep()
    expect(shown()).not.toBeNull()
    expect(worker.alerts).toHaveLength(1)
  })
})

describe('`kizuna menu`', () => {
  const kizuna = async (...args: string[]) => {
    const folder = await mkdtemp(join(tmpdir(), 'kizuna-menu-'))
    const env = { ...worker.env, KIZUNA_DATA_DIR: folder }
    const answer = await runIn({ env, now: () => worker.clock.now }, ['menu', ...args])
    await rm(folder, { recursive: true })
    return answer
  }
  const channel = ['--channel', LINE.channelId]

  test('sets it where a person asks, and it stays; --remove takes it away', async () => {
    await hear('own')
    expect(await kizuna(...channel)).toMatchObject({ code: 0, out: ['メニューを付けました。'] })
    await keep()
    expect(shown()?.menu).toEqual(lineMenu(null))
    expect((await kizuna()).out).toEqual([`${LINE.channelId}  @minato  あり(コマンドで付けた)`])
    expect(await kizuna(...channel, '--remove')).toMatchObject({ code: 0 })
    await keep()
    expect(menus().of(LINE.channelId)).toEqual([])
    expect((await kizuna()).out).toEqual([`${LINE.channelId}  @minato  なし`])
  })

  test('opens pages where the talk is another service’s, of the only town', async () => {
    await hear('none')
    expect((await kizuna(...channel)).code).toBe(0)
    const change = `https://web.example/r/${TOWN}/change`
    expect(shown()?.menu.areas.map(({ action }) => action)).toMatchObject([
      { type: 'uri', uri: change },
      { type: 'uri', uri: change },
      { type: 'uri', uri: `https://web.example/r/${TOWN}/contact` },
    ])
    await keep()
    expect(shown()).not.toBeNull()
    await hear('none', [settings(), settings({ code: '999024' })])
    expect(await kizuna(...channel)).toMatchObject({ code: 1, out: [] })
  })

  test('says what is wrong with its arguments', async () => {
    expect((await kizuna('--channel', '1')).code).toBe(2)
    expect((await kizuna('--remove')).code).toBe(2)
  })
})

test('a menu is known for ours by its name, which changes with what there is to see', () => {
  const places = { contactUrl: 'https://a.example/c', changeUrl: 'https://a.example/d' }
  expect(isOwnMenu(lineMenu(null))).toBe(true)
  expect(isOwnMenu({ name: 'ごみの日' })).toBe(false)
  expect(lineMenu(places).name).not.toBe(lineMenu(null).name)
  expect(lineMenu(null)).toEqual(lineMenu(null))
})
