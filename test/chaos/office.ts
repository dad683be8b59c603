// What towns and the production team do while texts go out, as it reaches the delivery half by a sync.
import type { Release } from '../../src/release/content'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { addOn, release } from '../src/plan/town'
import type { Quiet } from './families'
import { freeThose, type Setting } from './setting'

/** What may happen in an office. */
export const OFFICE_DEED_NAMES = [
  'pauses',
  'withdrawals',
  'settings',
  'account-moves',
  'add-ons',
] as const

/** Something an office does. */
export type OfficeDeedName = (typeof OFFICE_DEED_NAMES)[number]

interface Office extends Setting {
  /** What ends what was begun: a pause, a withdrawal. */
  undone: (() => Promise<unknown>)[]
}

/** An office that acts. */
export interface ActingOffice {
  hasDeeds: boolean
  /** Ends what it began last, or begins something. Tells how many things it did. */
  act: () => Promise<number>
  /** Whether something it began goes on. */
  isBusy: () => boolean
  /** Ends all it began. */
  calm: () => Promise<void>
}

/** An office that does what the names allow. */
export function createOffice({
  names,
  ...setting
}: Setting & { names: readonly string[] }): ActingOffice {
  const office: Office = { ...setting, undone: [] }
  const deeds = OFFICE_DEED_NAMES.filter((name) => names.includes(name))
  return {
    hasDeeds: deeds.length > 0,
    isBusy: () => office.undone.length > 0,
    calm: async () => {
      for (const undo of office.undone.splice(0)) await undo()
    },
    act: async () => {
      const undo = office.undone.shift()
      await (undo ? undo() : DEEDS[office.random.pick(deeds)](office))
      return 1
    },
  }
}

const DEEDS: Record<OfficeDeedName, (office: Office) => Promise<unknown>> = {
  pauses: pause,
  withdrawals: withdraw,
  settings: renameSender,
  'account-moves': moveAccount,
  'add-ons': addOne,
}

/** A town pauses, and goes on some time later: nothing of it may go out meanwhile. */
async function pause(office: Office) {
  const code = await anyTown(office)
  const readers = new Set(
    office.families.readers.filter((one) => one.municipality === code).map(({ _id }) => _id),
  )
  const isOfTown = (id: string) => readers.has(id.split(':')[0]!)
  freeThose(office.families, isOfTown)
  await changeTown(office, code, () => ({ isActive: false }))
  const quiet = beQuiet(office, isOfTown)
  office.undone.push(async () => {
    quiet.to = Date.now()
    await changeTown(office, code, () => ({ isActive: true }))
  })
}

/** A text is withdrawn, and comes back some time later: nobody may be sent it meanwhile. */
async function withdraw(office: Office) {
  const { random, families } = office
  const slot = random.pick(families.expected).id.split(':')[2]!
  const texts = await releasesOf(office, slot)
  const latest = texts.reduce((one, other) => (one.revision > other.revision ? one : other))
  const next = (changed: Partial<Release>) =>
    release(latest.content, {
      key: latest.key,
      publishedAt: office.delivery.now().toISOString(),
      ...changed,
    })
  const isOfText = (id: string) => id.split(':')[2] === slot
  freeThose(families, isOfText)
  await office.delivery.contentStore.addReleases([
    next({ action: 'withdraw', revision: latest.revision + 1 }),
  ])
  const quiet = beQuiet(office, isOfText)
  office.undone.push(async () => {
    quiet.to = Date.now()
    await office.delivery.contentStore.addReleases([next({ revision: latest.revision + 2 })])
  })
}

async function releasesOf({ delivery }: Office, slot: string): Promise<Release[]> {
  const all = await delivery.contentStore.allReleases()
  return all.filter(({ content }) => content.type === 'manuscript' && content.slot === slot)
}

/** From now on until somebody says otherwise none of these may go out. */
function beQuiet({ families }: Office, isMeant: Quiet['isMeant']): Quiet {
  const quiet = { isMeant, from: Date.now(), to: Infinity }
  families.quiet.push(quiet)
  return quiet
}

/** Another sender and longer hours change nothing of what is owed. */
async function renameSender(office: Office) {
  const { random } = office
  const words = ['便り', 'だより', '通信']
  await changeTown(office, await anyTown(office), ({ name, windows }) => ({
    senderName: `${name} ${random.pick(words)}`,
    windows: { ...windows, mail: { ...windows.mail, to: '20:30' } },
  }))
}

/** The town of one provider goes to that provider's other account, or back. */
async function moveAccount(office: Office) {
  await changeTown(office, '999016', ({ lineAccount }) => ({
    lineAccount: lineAccount === 'L1' ? 'L3' : 'L1',
  }))
}

/** A town's own text for all of pregnancy goes with what is planned from now on. */
async function addOne(office: Office) {
  const municipality = await anyTown(office)
  const range = { from: '8w0d', to: '37w6d', timing: 'every' as const }
  const publishedAt = office.delivery.now().toISOString()
  await office.delivery.contentStore.addReleases([
    release(addOn({ municipality, ...range }), { publishedAt }),
  ])
}

async function anyTown({ random, delivery }: Office): Promise<string> {
  const towns = await delivery.contentStore.allMunicipalities()
  return random.pick(towns.map(({ code }) => code).toSorted())
}

function changeTown(
  { delivery }: Office,
  code: string,
  change: (town: SyncedMunicipality) => Partial<SyncedMunicipality>,
) {
  return delivery.contentStore.changeSettings(({ municipalities, accounts }) => ({
    accounts,
    municipalities: municipalities.map((town) =>
      town.code === code ? { ...town, ...change(town) } : town,
    ),
  }))
}
