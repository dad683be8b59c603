// Alerts: at once and at any hour, once to a reader, past the cap, never after a stop; corrections to the
// same readers; drills nowhere but in the practice inbox.
import { describe, expect, test } from '@jest/globals'

import { alertKey, type AlertContent } from '../../../src/release/alert'
import type { AddOnContent, Release } from '../../../src/release/content'
import { addDays } from '../../../src/stage/day'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { alertRunId } from '../../../worker/runs/alerts'
import { dailyRequest } from '../../../worker/runs/due'
import { alertToday, childTexts, release, settings, TODAY, TOWN } from '../../src/plan/town'
import {
  DAY_45,
  differences,
  families,
  lookAndWork,
  never,
  openService,
  statuses,
} from '../app/day'
import { hold, lineUser, openWorker, received, register } from '../app/openWorker'

const at = (time: string, day = TODAY) => new Date(`${day}T${time}:00+09:00`)

const sentAt = (time: string, changed: Partial<AddOnContent> = {}, of: Partial<Release> = {}) =>
  release(alertToday(changed), {
    key: alertKey('warning'),
    publishedAt: at(time).toISOString(),
    ...of,
  })

async function openTown(
  releases: Release[],
  { now = '22:10', ...more }: { now?: string; isPractice?: boolean; dailyCap?: number } = {},
) {
  const { dailyCap, isPractice } = more
  const municipalities = [settings(dailyCap === undefined ? {} : { dailyCap })]
  const worker = await openWorker({
    releases,
    municipalities,
    now: at(now).toISOString(),
    ...(isPractice && { isPractice }),
  })
  const service = openService(worker)
  return {
    ...worker,
    pollAt: async (time: string, day = TODAY) => {
      worker.clock.now = at(time, day)
      for (let turn = 0; turn < 3; turn += 1) await lookAndWork(service)
    },
    put: (more: Release[]) => hold(worker.delivery, more, municipalities),
    runOf: (alert: Release) =>
      worker.delivery.runs.find(alertRunId(alert.content as AlertContent, alert)),
    payloads: (channel: 'line' | 'mail') =>
      ledgerCollections(worker.delivery.db).payloads.find({ channel }).toArray(),
    copies: () => [...received(worker.sandbox).values()].reduce((sum, one) => sum + one, 0),
  }
}

describe('an alert', () => {
  test('goes at once to everybody by both channels, whatever their hours are', async () => {
    const town = await openTown([sentAt('22:10')])
    await families(town, { line: 3, mail: 2 })
    await register(town.delivery, { address: lineUser(8), child: { dueDate: addDays(TODAY, 60) } })
    await town.pollAt('22:11')
    expect(town.copies()).toBe(6)
    expect(town.sandbox.line.accepted()).toHaveLength(1)
    expect(await statuses(town)).toEqual({ accepted: 6 })
    expect(await differences(town)).toEqual([])
    await town.pollAt('22:20')
    expect(town.copies()).toBe(6)
  })

  test('goes past the daily cap, and leaves the texts of the day theirs', async () => {
    const town = await openTown([sentAt('10:00'), ...childTexts()], { now: '09:30', dailyCap: 1 })
    await families(town, { line: 1 })
    await town.delivery.runs.request(dailyRequest(settings({ dailyCap: 1 }), TODAY))
    await town.pollAt('10:01')
    expect(town.copies()).toBe(2)
    expect(await statuses(town)).toEqual({ accepted: 2 })
  })

  test('comes once to a reader of two children, and to nobody who has stopped or lost', async () => {
    const town = await openTown([sentAt('22:10')])
    const { readers } = town.delivery
    const family = await register(town.delivery, { address: lineUser(1), child: DAY_45 })
    await readers.addChild({ readerId: family.readerId, birthDate: addDays(TODAY, -300) })
    const gone = await register(town.delivery, { address: lineUser(2), child: DAY_45 })
    await readers.stopChild(gone)
    await town.pollAt('22:11')
    expect(received(town.sandbox)).toEqual(new Map([[lineUser(1).address, 1]]))
  })

  test('of the last minutes of a day goes on after midnight, for its two hours and no longer', async () => {
    const town = await openTown([sentAt('23:55')], { now: '23:54' })
    await families(town, { line: 1 })
    await town.pollAt('00:10', addDays(TODAY, 1))
    expect(town.copies()).toBe(1)
    const late = await openTown([sentAt('23:55')])
    await families(late, { line: 1 })
    await late.pollAt('02:00', addDays(TODAY, 1))
    expect(late.copies()).toBe(0)
  })

  test('that another system brings back days later is sent to nobody', async () => {
    const old = sentAt('09:00', {}, { publishedAt: '2026-09-01T00:00:00.000Z' })
    const town = await openTown([old])
    await families(town, { line: 1 })
    await town.pollAt('22:11')
    expect(town.copies()).toBe(0)
    expect(await town.runOf(old)).toBeNull()
  })

  test('whose content is not what two people sent goes to nobody', async () => {
    const changed = { ...sentAt('22:10'), contentHash: '0'.repeat(64) }
    const town = await openTown([changed])
    await families(town, { line: 1 })
    await town.pollAt('22:11')
    expect(town.copies()).toBe(0)
    expect(await town.runOf(changed)).toBeNull()
  })

  test('that waits as a template is nothing that anybody gets', async () => {
    const { alert: _, ...template } = alertToday({ validFrom: null, validTo: null })
    const town = await openTown([release(template)], { now: '10:00' })
    await families(town, { line: 1 })
    await town.delivery.runs.request(dailyRequest(settings(), TODAY))
    await town.pollAt('10:01')
    expect(town.copies()).toBe(0)
  })

  test('says who sends it and is read on the locked screen', async () => {
    const town = await openTown([sentAt('22:10')])
    await families(town, { mail: 1 })
    await town.pollAt('22:11')
    const [mail] = await town.payloads('mail')
    expect(mail).toMatchObject({ mail: { subject: '【緊急】大雨に注意してください' } })
    expect(JSON.stringify(mail)).not.toContain('/v/')
  })
})

describe('a correction', () => {
  const correction = (time: string) =>
    release(
      alertToday({
        title: '【訂正】大雨に注意してください',
        alert: { isTraining: false, corrects: alertKey('warning') },
      }),
      { key: alertKey('correction'), publishedAt: at(time).toISOString() },
    )

  test('goes to exactly those who got what it corrects', async () => {
    const wrong = sentAt('22:10', { areas: [] })
    const town = await openTown([wrong])
    await families(town, { line: 2, mail: 1 })
    await town.pollAt('22:11')
    const late = await register(town.delivery, { address: lineUser(9), child: DAY_45 })
    expect(late.readerId).toBeTruthy()
    await town.put([
      release(wrong.content, { key: wrong.key, revision: 2, action: 'withdraw' }),
      correction('22:15'),
    ])
    await town.pollAt('22:16')
    const copies = received(town.sandbox)
    expect(copies.get(lineUser(9).address)).toBeUndefined()
    expect(copies.get(lineUser(0).address)).toBe(2)
    expect(town.copies()).toBe(6)
    expect(await differences(town)).toEqual([])
  })

  test('waits until what it corrects has come to rest, so that nobody is missed', async () => {
    const wrong = sentAt('22:10')
    const town = await openTown([wrong, correction('22:11')])
    await families(town, { line: 2 })
    const { worker } = town.delivery
    const alerts = openService(town)
    await alerts.poll()
    await alerts.idle()
    expect((await town.runOf(wrong))?.state).toBe('done')
    await town.pollAt('22:12')
    expect(town.copies()).toBe(4)
    expect(await worker.work(`${TOWN}:${TODAY}:urgent:correction`, never)).toMatchObject({})
  })
})

describe('a drill', () => {
  const drill = () => sentAt('22:10', { alert: { isTraining: true, corrects: null } })

  test('is asked for nowhere but in practice', async () => {
    const town = await openTown([drill()])
    await families(town, { line: 1, mail: 1 })
    await town.pollAt('22:11')
    expect(town.copies()).toBe(0)
    expect(await statuses(town)).toEqual({})
  })

  test('goes into the practice inbox with its mark in every message and another sender', async () => {
    const town = await openTown([drill()], { isPractice: true })
    await families(town, { line: 1, mail: 1 })
    await town.pollAt('22:11')
    expect(town.copies()).toBe(2)
    const [line] = await town.payloads('line')
    if (line?.channel !== 'line') throw new Error('nothing went to LINE')
    expect(line.messages.length).toBeGreaterThan(1)
    for (const message of line.messages) {
      expect(message.type === 'text' ? message.text : message.altText).toMatch(/^【訓練】/)
      expect(message.sender).toEqual({ name: '訓練' })
    }
    const [mail] = await town.payloads('mail')
    expect(mail).toMatchObject({
      mail: {
        subject: '【訓練】【緊急】大雨に注意してください',
        fromName: expect.stringMatching(/^【訓練】/),
        text: expect.stringContaining('実際の災害や警報ではありません'),
      },
    })
  })
})
