import { codes, range } from '../fixtures'
import { createMunicipality, openCmsFixture, PASSWORD } from '../cmsFixture'
import type { Host } from '../host'
import type { ShownIds, Viewer } from './screens'
import { insertPlaces, type Place } from './places'
import { readSampleWords } from './sampleWords'
import { growTexts, insertHistory, type SetSize } from './textSet'

/** Saves of the manuscript whose history is shown: as many as are kept. */
const SAVES = 99

/** People who write besides the one who looks. */
const OTHER_WRITERS = 7

/** A CMS whose set of texts grows while it runs. */
export async function openSet(host: Host, name: string) {
  const cms = await openCmsFixture(host, name)
  const { payload } = cms
  const words = await readSampleWords()
  const series = await seriesOf(cms)
  const first = await createMunicipality(cms)
  const people = await createPeople(cms, first)
  const places: Place[] = [{ id: first, code: '999016', writer: people.clerk }]
  const writers = [String(cms.users.hana.id), ...people.writers]
  let size: SetSize = { manuscripts: 0, addOns: 0, municipalities: 1 }
  let ids: ShownIds | null = null

  const grow = async (to: SetSize): Promise<ShownIds> => {
    const asked = { from: size.municipalities, to: to.municipalities, series }
    const added = await insertPlaces(payload, asked)
    const fresh = size.addOns === 0 ? [...places, ...added] : added
    const made = await growTexts(cms, { from: size, to, places: fresh, series, writers, words })
    places.push(...added)
    size = to
    ids ??= await idsOf(made)
    return ids
  }
  const idsOf = async (made: { manuscripts: string[]; addOns: string[] }): Promise<ShownIds> => {
    const manuscript = made.manuscripts.at(-1) ?? ''
    await insertHistory(payload, manuscript, SAVES)
    const { docs } = await payload.find({
      collection: 'kizuna-add-ons',
      where: { municipality: { equals: first }, _status: { equals: 'published' } },
      limit: 1,
      depth: 0,
    })
    return { manuscript, addOn: String(docs[0]?.id), municipality: first }
  }
  return { payload, tokens: people.tokens, grow }
}

type Fixture = Awaited<ReturnType<typeof openCmsFixture>>

/** A pregnancy and the first years, a text a day. */
async function seriesOf({ payload, series }: Fixture) {
  const pregnancy = await payload.create({
    collection: 'kizuna-series',
    data: {
      name: '妊娠期',
      code: 'pregnancy',
      anchor: 'dueDate',
      isEndIncluded: true,
      from: '4w0d',
      to: '41w6d',
    },
  })
  const weeks = range(4, 41)
  return [
    {
      id: pregnancy.id,
      code: 'pregnancy',
      slots: weeks.flatMap((week) => range(0, 6).map((day) => `${week}w${day}d`)),
    },
    { id: series.id, code: 'child', slots: range(0, 567).map((day) => `day${day}`) },
  ]
}

const ROLES = {
  reviewer: { kizunaRoles: ['reviewer'], kizunaDisciplines: ['midwifery'] },
  clerk: { kizunaRoles: ['municipal-editor'] },
  admin: { kizunaRoles: ['admin'] },
} as const

async function createPeople({ payload, token }: Fixture, municipality: string) {
  const create = async (name: string, data: object): Promise<string> => {
    const person = { kizunaName: name, email: `${name}@example.jp`, password: PASSWORD, ...data }
    return String((await payload.create({ collection: 'users', data: person as never })).id)
  }
  await create('reviewer', ROLES.reviewer)
  await create('admin', ROLES.admin)
  const clerk = await create('clerk', { ...ROLES.clerk, kizunaMunicipality: municipality })
  const tokenOf = async (name: string): Promise<string> => {
    const data = { email: `${name}@example.jp`, password: PASSWORD }
    return String((await payload.login({ collection: 'users', data })).token)
  }
  const tokens: Record<Viewer, string> = {
    editor: token,
    reviewer: await tokenOf('reviewer'),
    chief: await tokenOf('midori'),
    clerk: await tokenOf('clerk'),
    admin: await tokenOf('admin'),
  }
  const writers: string[] = []
  for (const code of codes(OTHER_WRITERS)) {
    writers.push(await create(`writer-${code}`, { kizunaRoles: ['editor'] }))
  }
  return { tokens, writers, clerk }
}
