import { handleEndpoints, type Payload } from 'payload'

import { ADD_ON_COLUMNS } from '../../src/import/columns'
import { writeSheet } from '../../src/import/writeSheet'
import { insertManuscripts } from '../src/review/insertManuscripts'
import { createMunicipality, openCmsFixture, PASSWORD } from './cmsFixture'
import { heldMs } from './heldMs'
import type { Host } from './host'
import { repeat } from './repeat'

const TEXTS = 2500
/** So many municipalities there are in Japan. */
const TOWNS = 1741
/** The most of an add-on's form. */
const BLOCKS = 50
const ADD_ONS_OF_A_FILE = 300
const ROUNDS = 3

const PLAIN = '赤ちゃんは病院で診察を受けます。手帳を持ってきてください。'
  .repeat(400)
  .slice(0, 10_000)
const DAY = 'date=2027-01-01&birth=2026-01-01&edition=standard'

type Cms = Awaited<ReturnType<typeof openCmsFixture>>

/** What is asked, as it is sent: GET, or POST where something goes with it; a chief asks, or a clerk. */
type Asked = readonly [path: string, body?: object | Uint8Array, as?: 'clerk']

/**
 * How long each of the costliest requests holds everybody else's, in milliseconds, over 2,500 texts
 * and 1,741 municipalities: the longest time in one go, in a CMS in this process.
 */
export async function benchHeldRequests(host: Host): Promise<object> {
  const cms = await openCmsFixture(host, 'held')
  try {
    const requests = await requestsOf(cms)
    const send = await sender(cms.payload)
    return await repeat(host.isQuick ? 1 : ROUNDS, async () => {
      const held: Record<string, number> = {}
      for (const [name, asked] of Object.entries(requests)) {
        held[`${name}Ms`] = await heldMs(() => send(asked))
      }
      return held
    })
  } finally {
    await cms.payload.destroy()
  }
}

async function requestsOf(cms: Cms): Promise<Record<string, Asked>> {
  const [text = ''] = await insertManuscripts(cms, textsOf(cms.series))
  const town = await createTowns(cms)
  const addOn = await createLargestAddOn(cms, town)
  return {
    listOfTexts: ['/kizuna-manuscripts?limit=0&depth=1'],
    listOfVersions: ['/kizuna-manuscripts/versions?limit=0&depth=1'],
    listOfReleases: ['/kizuna-releases?limit=0&depth=0'],
    listOfTowns: ['/kizuna-municipalities?limit=0&depth=0'],
    fullestDays: [`/kizuna-manuscripts/${text}/full-days`],
    day: [`/arrivals?municipality=${town}&${DAY}`],
    dayForPreview: [`/arrivals/content?municipality=${town}&${DAY}`],
    reach: [`/kizuna-manuscripts/${text}/reach`],
    words: [`/kizuna-municipalities/${town}/words-effect`, { words: { name: '見本の別の町' } }],
    plainAdvice: ['/kizuna-manuscripts/plain-check', { body: PLAIN }],
    exportOfTexts: ['/sheets/export?kind=manuscripts&format=xlsx'],
    largestAddOn: [`/kizuna-add-ons/${addOn}/review`],
    submitLargestAddOn: [`/kizuna-add-ons/${addOn}/submit`, {}, 'clerk'],
    importOfAddOns: ['/sheets/import?kind=addons&dryRun=true', await fileOfAddOns(), 'clerk'],
  }
}

async function sender(payload: Payload): Promise<(asked: Asked) => Promise<void>> {
  const headersOf = async (email: string) => {
    const { token } = await payload.login({
      collection: 'users',
      data: { email, password: PASSWORD },
    })
    return { Authorization: `JWT ${token}`, 'Accept-Language': 'ja' }
  }
  const clerk = await headersOf('clerk@example.jp')
  const chief = await headersOf('midori@example.jp')
  return async ([path, body, as]) => {
    const isFile = body instanceof Uint8Array
    const type = isFile ? 'text/csv' : 'application/json'
    const request = new Request(`http://cms.test/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...(as ? clerk : chief), ...(body && { 'Content-Type': type }) },
      body: body ? (isFile ? Buffer.from(body) : JSON.stringify(body)) : null,
    })
    const response = await handleEndpoints({ config: payload.config, request })
    const answer = await response.text()
    const isDone = response.ok && !answer.includes('"problems":[{')
    if (!isDone) throw new Error(`${path}: ${response.status} ${answer.slice(0, 300)}`)
  }
}

function textsOf(series: { id: string; code: string }) {
  return Array.from({ length: TEXTS }, (_, day) => ({
    series,
    slot: `day${day}`,
    standing: day % 10 === 0 ? ('in_review' as const) : ('published' as const),
  }))
}

interface Raw {
  connection: {
    collection: (name: string) => {
      findOne: (query: object) => Promise<object | null>
      insertMany: (documents: object[]) => Promise<unknown>
    }
    base: { mongo: { ObjectId: new () => object } }
  }
}

/** Each like the first one, which is saved as a person saves it; resolves with its number. */
async function createTowns(cms: Cms): Promise<string> {
  const first = await createMunicipality(cms)
  const { connection } = cms.payload.db as unknown as Raw
  const towns = connection.collection('kizuna-municipalities')
  const like = await towns.findOne({})
  const others = Array.from({ length: TOWNS - 1 }, (_, index) => ({
    ...like,
    _id: new connection.base.mongo.ObjectId(),
    name: `見本町 ${index + 2}`,
    code: String(100_000 + index),
  }))
  await towns.insertMany(others)
  return first
}

/** With the clerk who writes it. */
async function createLargestAddOn({ payload }: Cms, municipality: string): Promise<string> {
  const email = 'clerk@example.jp'
  await payload.create({
    collection: 'users',
    data: {
      kizunaName: 'clerk',
      email,
      password: PASSWORD,
      kizunaRoles: ['municipal-editor'],
      kizunaMunicipality: municipality,
    },
  })
  const { id } = await payload.create({
    collection: 'kizuna-add-ons',
    draft: true,
    data: {
      title: '見本のご案内',
      municipality,
      from: 'day0',
      to: 'month36',
      timing: 'once',
      topics: ['local'],
      blocks: Array.from({ length: BLOCKS }, (_, index) => ({
        blockType: 'text' as const,
        text: `${index}。${'お近くの窓口へお電話ください。'.repeat(6)}`,
      })),
    },
  })
  return id
}

function fileOfAddOns(): Promise<Uint8Array> {
  const rows = Array.from({ length: ADD_ONS_OF_A_FILE }, (_, index) => ({
    id: `a${index}`,
    municipality: '999016',
    title: `見本のご案内 ${index}`,
    from: 'day0',
    to: 'month36',
    block: 'text',
    text: '町の窓口で、いつでもご相談いただけます。\n'.repeat(20),
  }))
  const names = Object.keys(rows[0] ?? {})
  const columns = ADD_ON_COLUMNS.filter(({ name }) => names.includes(name))
  return writeSheet(rows, { columns, format: 'csv', name: '自治体原稿' })
}
