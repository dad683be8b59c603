import { createHash } from 'node:crypto'

import { createLocalReq, type Payload } from 'payload'

import { localDayOf } from '../stage/day'
import { monthOf, type Month } from '../stage/month'
import { toStore } from '../cms/stored'
import { findLiveReleases } from '../release/findReleases'
import { VOICES } from '../voice/voices'

interface Invented {
  comment: string | null
  verdict: 'helpful' | 'notHelpful'
  mayQuote?: boolean
  asksForHelp?: boolean
}

const SAYING: readonly Invented[] = [
  {
    comment: '(見本)同じ週の方の話のようで、ほっとしました。夫とも一緒に読みました。',
    verdict: 'helpful',
    mayQuote: true,
  },
  {
    comment: '(見本)夜中に読んでいます。つらいときの電話番号があって助かりました。',
    verdict: 'helpful',
    asksForHelp: true,
  },
  {
    comment: '(見本)もう少し短いと、スマートフォンで読みやすいです。',
    verdict: 'notHelpful',
    mayQuote: true,
  },
]

/** Of each text: those with words, and some that only say that it helped. */
const SILENT: readonly Invented[] = Array.from({ length: 7 }, () => ({
  comment: null,
  verdict: 'helpful',
}))

const TEXTS = 3

/**
 * Invented voices (見本) of the first texts that are out, in every sample municipality: a new practice has
 * no readers who have written yet. Can be repeated.
 */
export async function addVoices(payload: Payload, now: Date): Promise<void> {
  const { docs: towns } = await payload.find({
    collection: 'kizuna-municipalities',
    depth: 0,
    limit: 0,
  })
  const live = await findLiveReleases(await createLocalReq({}, payload), {
    where: { key: { like: 'manuscript:' } },
    fields: ['content'],
    overrideAccess: true,
  })
  const releases = live.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(0, TEXTS)
  const month = monthOf(localDayOf(now))
  for (const town of towns) {
    for (const { key, revision, content } of releases) {
      const { subject = '' } = content as { subject?: string }
      const text = { textKey: key, revision, title: subject.replace(/[{}]/g, ''), month }
      for (const [at, said] of [...SAYING, ...SILENT].entries()) {
        await addOne(payload, {
          id: idOf(`${town.code} ${key} ${at}`),
          municipality: town.id,
          ...text,
          ...said,
        })
      }
    }
  }
}

interface SampleVoice extends Invented {
  id: string
  municipality: string | number
  textKey: string
  revision: number
  title: string
  month: Month
}

async function addOne(payload: Payload, { comment, ...voice }: SampleVoice): Promise<void> {
  const known = await payload.count({ collection: VOICES, where: { id: { equals: voice.id } } })
  if (known.totalDocs > 0) return
  const data = toStore({ ...voice, ...(comment !== null && { comment }) })
  await payload.create({ collection: VOICES, data, depth: 0 })
}

/** The same each time, as long as a random one. */
function idOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 22)
}
