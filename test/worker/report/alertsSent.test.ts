// How many got an alert: told to the CMS by the worker's own account, once, as soon as it is known.
import { afterAll, expect, test } from '@jest/globals'

import { alertKey } from '../../../src/release/alert'
import type { SyncedMunicipality } from '../../../src/plan/readCmsDocuments'
import { CmsError } from '../../../worker/content/cms'
import { createAlertsSent } from '../../../worker/report/alertsSent'
import { startCms } from '../../collections/cms'
import { gather } from '../../collections/people'
import { alertToday, release, settings, TODAY, TOWN } from '../../src/plan/town'
import { families, lookAndWork, openService } from '../app/day'
import { openWorker } from '../app/openWorker'

const cms = await startCms()
const people = await gather(cms)
afterAll(() => cms.stop())

const at = (time: string) => new Date(`${TODAY}T${time}:00+09:00`)
const state = { isDown: false, created: 0 }
const asWorker = async (call: { method?: string; path: string; body?: unknown }) => {
  if (state.isDown) throw new CmsError('CMS に接続できません。')
  const answer = await cms.rest({ ...call, as: people.as.worker })
  if (answer.status >= 400) throw new CmsError(JSON.stringify(answer.body))
  return answer
}

async function openAlert(isTraining: boolean, count: number) {
  const data = { municipality: people.own, step: 'ask', key: `ask:${Math.random()}` }
  const asked = await cms.payload.create({ collection: 'kizuna-alerts', data: data as never })
  const id = String(asked.id)
  const alert = release(alertToday({ alert: { isTraining, corrects: null } }), {
    key: alertKey(id),
    publishedAt: at('22:10').toISOString(),
  })
  const worker = await openWorker({ releases: [alert], now: at('22:10').toISOString() })
  await families(worker, { line: count })
  const { push } = createAlertsSent({
    ...worker.delivery,
    now: () => worker.clock.now,
    municipalities: () => [
      { ...settings({ code: TOWN }), cmsId: people.own } as SyncedMunicipality,
    ],
    cms: {
      hasAlertStep: async (key) => {
        const { body } = await asWorker({ path: `/kizuna-alerts?where[key][equals]=${key}` })
        return (body.docs ?? []).length > 0
      },
      createAlertStep: async (body) => {
        await asWorker({ method: 'POST', path: '/kizuna-alerts', body })
        state.created += 1
      },
    },
  })
  const told = async () => {
    const { docs } = await cms.payload.find({
      collection: 'kizuna-alerts',
      where: { key: { equals: `sent:${id}` } },
    })
    return docs.map(({ numbers }) => numbers)
  }
  return { ...worker, push, told }
}

test('is told once, to the next ten, when all of it is out; an outage of the CMS delays it', async () => {
  const alert = await openAlert(false, 12)
  await alert.push()
  expect(await alert.told()).toEqual([])
  await lookAndWork(openService(alert))
  state.isDown = true
  await alert.push()
  state.isDown = false
  await alert.push()
  await alert.push()
  expect(await alert.told()).toEqual([{ sent: 10, notSent: null, isOnlyDrilled: false }])
  await alert.delivery.db.collection('alertResults').deleteMany({})
  await alert.push()
  expect(await alert.told()).toHaveLength(1)
})

test('of a drill without a practice inbox it is told that nothing was sent', async () => {
  const alert = await openAlert(true, 2)
  await lookAndWork(openService(alert))
  await alert.push()
  expect(await alert.told()).toEqual([{ sent: 0, notSent: 0, isOnlyDrilled: true }])
})

test('one that no run was made of in its two hours is told as sent to nobody', async () => {
  const alert = await openAlert(false, 2)
  alert.clock.now = new Date(at('22:10').getTime() + 3 * 60 * 60 * 1000)
  await alert.push()
  expect(await alert.told()).toEqual([{ sent: 0, notSent: 0, isOnlyDrilled: false }])
})
