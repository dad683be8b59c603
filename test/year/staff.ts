// How a town's staff register families: by a list, or at the counter for who is there.
import { parseKeyRing } from '../../src/secret/seal'
import { sealEntrance } from '../../src/secret/entrance'
import { CONSENT_VERSION } from '../../worker/readers/consentVersion'
import { japaneseDay } from './days'
import { faultOf, type Person, type Scene } from './people'
import type { Registered } from './plan'
import { confirmByMail, mailAfter } from './registering'
import { openVisitor } from './visitor'

const COLUMNS = [
  ...['municipality', 'channel', 'address', 'anchor', 'date', 'edition', 'relation', 'area'],
  ...['source', 'consentedAt', 'consentVersion', 'consentBasis', 'twins'],
]

/** A list with one family, a row for each of its children. */
export async function registerByList(
  { world }: Scene,
  { home, address, edition }: Person,
  children: readonly Registered[],
): Promise<void> {
  const twins = children.length > 1 ? 'ふたご' : ''
  const today = japaneseDay(world.now().getTime())
  const rows = children.map(({ due, birth }) => [
    ...[home, 'mail', address, birth ? 'birthDate' : 'dueDate', birth ?? due ?? '', edition],
    ...['mother', '', '', today, CONSENT_VERSION, '紙の申込書', twins],
  ])
  const bytes = Buffer.from([COLUMNS, ...rows].map((row) => row.join()).join('\n'))
  const { readers, syncedContent } = world.worker().delivery
  const towns = syncedContent.municipalities()
  const municipalities = new Map(
    towns.map((settings) => [settings.code, { settings, provider: null }]),
  )
  const outcome = await readers.importRows({ bytes, municipalities, isDryRun: false })
  if (outcome.status !== 'imported') throw new Error(JSON.stringify(outcome))
}

/** Staff type what the family says, and the family confirms by the mail that comes. */
export async function registerAtCounter(
  scene: Scene,
  person: Person,
  typed: Record<string, string>,
): Promise<void> {
  const { world } = scene
  const { home, address, edition } = person
  const staff = openVisitor(world.webUrl(), person.number)
  const who = { by: 'staff', municipality: home }
  const entrance = sealEntrance(parseKeyRing(world.keys()), who, world.now())
  await staff.press(await staff.open(`/counter/enter/${entrance}`))
  const form = await staff.open('/counter/register')
  const said = { ...typed, mail: address, relation: 'mother', edition }
  const check = await staff.press(form, said)
  const mail = await mailAfter(scene, address, async () => {
    const sent = await staff.press(check, { consent: 'yes', basis: 'paper' })
    if (!sent.path.includes('/registered')) throw faultOf(sent, 'that a mail is sent')
  })
  await confirmByMail(person, mail)
}
