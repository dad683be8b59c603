import { createLocalReq, type PayloadRequest } from 'payload'

import { lifeRows } from '../../src/arrivals/lifeRows'
import { loadMunicipality } from '../../src/arrivals/municipality'
import { coverageMap } from '../../src/coverage/map'
import { checkPlain } from '../../src/plain/checkPlain'
import { loadReviewInbox } from '../../src/review/inbox/reviewInbox'
import { loadOverview } from '../../src/review/queries/overview'
import { rebuildStates } from '../../src/review/queries/refreshStates'
import { loadMappedStates } from '../../src/review/queries/textStates'
import { parsePolicy } from '../../src/review/rules/policy'
import { differenceOf } from '../../src/review/rules/difference'
import { insertManuscripts } from '../src/review/insertManuscripts'
import { createMunicipality, openCmsFixture } from './cmsFixture'
import type { Host } from './host'
import { repeat } from './repeat'

const TEXTS = 2500
const WAITING = 200
const ROUNDS = 5

const TARGET = { collection: 'kizuna-manuscripts' } as const
const OPTIONS = { policy: parsePolicy(), now: () => new Date(), editions: [] }
const PLAIN = '赤ちゃんは病院で診察を受けます。手帳を持ってきてください。'.repeat(40).slice(0, 1000)
const LONG = '赤ちゃんの様子を見ながら、無理のない範囲で進めましょう。'.repeat(180)

/**
 * What the editors' pages cost this process over 2,500 texts, in milliseconds of the processor: the
 * inbox, the states, the map and one child's life; and the advice on 1,000 letters and the difference
 * of two texts of 5,000.
 */
export async function benchTexts(host: Host): Promise<object> {
  const cms = await openCmsFixture(host, 'texts')
  const { payload, users } = cms
  await insertManuscripts(cms, textsOf(cms.series))
  await rebuildStates(payload, OPTIONS.policy)
  const municipality = await createMunicipality(cms)
  const series = [{ id: cms.series.id, code: 'child', name: '0〜7歳', cadence: CADENCE }]
  const ask = (): Promise<PayloadRequest> =>
    createLocalReq({ user: { ...users.doctor, collection: 'users' } }, payload)
  const cpuMsOf = async (work: (req: PayloadRequest) => unknown) => {
    const req = await ask()
    return (await host.measure(async () => work(req))).cpuSeconds * 1000
  }
  try {
    const figures = await repeat(host.isQuick ? 1 : ROUNDS, async () => ({
      inboxMs: await cpuMsOf((req) => loadReviewInbox(req, OPTIONS)),
      overviewMs: await cpuMsOf((req) => loadOverview(req, TARGET, OPTIONS)),
      coverageMs: await cpuMsOf(async (req) =>
        coverageMap({
          series,
          editions: [{ code: 'standard', label: '標準' }],
          manuscripts: await loadMappedStates(
            req,
            { series: String(cms.series.id), edition: 'standard' },
            new Date(),
          ),
        }),
      ),
      lifeMs: await cpuMsOf((req) => lifeIn(req, municipality)),
      plainMs: await cpuMsOf(() => checkPlain(PLAIN)),
      differenceMs: await cpuMsOf(() => differenceOf(LONG, LONG.replaceAll('無理', 'むり'))),
    }))
    return { texts: TEXTS, ...figures }
  } finally {
    await payload.destroy()
  }
}

const CADENCE = [{ from: 'day0', to: `day${TEXTS - 1}`, every: 1, unit: 'day' as const }]

function textsOf(series: { id: string; code: string }) {
  return Array.from({ length: TEXTS }, (_, day) => ({
    series,
    slot: `day${day}`,
    standing: day < TEXTS - WAITING ? ('published' as const) : ('in_review' as const),
  }))
}

async function lifeIn(req: PayloadRequest, id: string): Promise<void> {
  const found = await loadMunicipality(req, id)
  if (!found) throw new Error('The municipality is not there.')
  const family = {
    edition: 'standard',
    area: null,
    channel: 'mail',
    isTwins: false,
    isCorrected: false,
  } as const
  const rows = lifeRows(found, { dates: { birthDate: '2026-01-01' }, family })
  const written = rows.filter(({ texts }) => texts.length > 0).length
  if (written !== TEXTS - WAITING) throw new Error(`${written} days have a text.`)
}
