// A town between two accounts on the stand-ins, whose worker lives in this process.
import type { LineAccount, OpenMove } from '../../src/plan/settings'
import type { Release } from '../../src/release/content'
import { addDays, type LocalDay } from '../../src/stage/day'
import { freePort } from '../../src/local/port'
import { createService } from '../../worker/app/service'
import { startWebProgram } from '../../worker/app/webProgram'
import { createRandom } from '../chaos/random'
import { childTexts, settings, TODAY, TOWN } from '../src/plan/town'
import { lookAndWork } from '../worker/app/day'
import { channelOf, holdAll, LINE, openWorker } from '../worker/app/openWorker'
import { act, invite, isActing, type Person, type Stage } from './people'

/** The account of another provider. */
export const NEW: LineAccount = {
  ...LINE,
  id: 'L2',
  provider: 'みなと町の新しい会社',
  channelId: '2234567890',
  basicId: '@minato-new',
}

/** The account of the same provider. */
export const SISTER: LineAccount = {
  ...LINE,
  id: 'L3',
  channelId: '3234567890',
  basicId: '@minato-3',
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

type Kind = OpenMove['kind']

interface RehearsalOptions {
  kind: Kind
  count: number
  seed: number
  /** Days on which people do something. */
  days: number
  releases?: Release[]
  cmsUrl?: string
}

/** Opens the town, its people registered and nothing begun. */
export async function openRehearsal(of: RehearsalOptions) {
  const { kind, count, seed, days, releases = childTexts(), cmsUrl } = of
  const random = createRandom(seed)
  const worker = await openWorker({
    releases,
    accounts: [NEW, SISTER],
    ...(cmsUrl !== undefined && { cmsUrl }),
  })
  const { delivery, sandbox, clock } = worker
  const to = kind === 'sameProvider' ? SISTER : NEW
  const from = kind === 'mailToLine' ? null : LINE
  const port = await freePort()
  const web = await startWebProgram({
    delivery,
    port,
    publicUrl: 'https://web.example',
    log: SILENT,
  })
  for (const account of [LINE, NEW, SISTER]) {
    const webhookUrl = `http://127.0.0.1:${port}/line/${account.channelId}`
    sandbox.line.addChannel(channelOf(account, webhookUrl))
  }
  const stage: Stage = { sandbox, delivery, from, to, move: 'move-1' }
  const begin = (day: LocalDay) => {
    clock.now = new Date(`${day}T07:00:00+09:00`)
  }
  begin(TODAY)
  const people = await invite(stage, { count, days, today: TODAY, random })
  const told: unknown[] = []
  delivery.cms.tellMove = async (_, body) => void told.push(body)
  /** What the CMS says of the town: a move, that it is over, or none. */
  const put = async (
    said: Omit<OpenMove, 'id' | 'from' | 'to' | 'kind'> | 'finished' | null,
  ): Promise<void> => {
    const move = said === 'finished' ? null : said
    const ids = { id: stage.move, kind, from: from?.id ?? 'mail', to: to.id }
    const isToFirst = move && (move.stage === 'switched' || kind !== 'sameProvider')
    const isBack = move?.stage === 'takingBack' || move?.stage === 'trial'
    const town = settings({
      lineAccount: said === 'finished' || (isToFirst && !isBack) ? to.id : LINE.id,
      ...(move && { move: { ...ids, ...move } }),
    })
    await holdAll(delivery, { releases: [], municipalities: [town], accounts: [NEW, SISTER] })
  }
  /** Lives through a day, with what people do on it before and after its texts. */
  const live = async (at: number, tick: () => Promise<void> = () => service.tick()) => {
    const day = addDays(TODAY, at)
    const doing = async (isEarly: boolean) => {
      for (const person of people) {
        if (isActing(person, at) && person.isEarly === isEarly) await act(stage, person)
      }
    }
    begin(day)
    await tick()
    await doing(true)
    for (const time of ['09:30', '10:30', '12:00']) {
      clock.now = new Date(`${day}T${time}:00+09:00`)
      await tick()
      await lookAndWork(service)
      if (time === '09:30') await doing(false)
    }
  }
  const service = createService({ delivery, log: SILENT, onAlert: delivery.onAlert })
  const close = async () => {
    await web.stop()
    await worker.close()
  }
  const moveOf = () => ({
    id: stage.move,
    kind,
    stage: 'running' as const,
    municipality: TOWN,
    fromProvider: from?.provider ?? 'mail',
    toProvider: to.provider,
  })
  return { ...worker, stage, people, put, live, told, service, close, moveOf, random }
}

/** A day of the rehearsal. */
export const dayAt = (at: number) => addDays(TODAY, at)

/** People by what they do. */
export const byHabit = (people: readonly Person[], ...habits: Person['habit'][]) =>
  people.filter(({ habit }) => habits.includes(habit))
