// The ways to a reader's own page, and to where they stop.
import { faultOf, type Person, type Scene } from './people'
import { linkIn, mailAfter, pressInTalk } from './registering'
import { plainTextOf } from './taken'
import { linksOf, type Page } from './visitor'

/** A reader's own page in their browser. */
export interface Own {
  page: Page
  base: string
  /** Ids of the children on it. */
  children: string[]
}

/** Links that one address may ask for in an hour, on each of two ways. */
const LINKS_AN_HOUR = 3

/** Asks for the link in the talk or by mail, and opens the page with it. */
export async function openOwnPage(scene: Scene, person: Person): Promise<Own> {
  const { visitor } = person
  const link = person.channel === 'line' ? await askInTalk(scene, person) : await ask(scene, person)
  const path = linkIn(link, '/me/open/')
  await visitor.open(path)
  const page = await visitor.post(path)
  const base = /^\/me\/[\w-]+/.exec(page.path)?.[0]
  if (!base || page.status !== 200) throw faultOf(page, 'the own page')
  const ids = [...page.text.matchAll(/\/children\/([0-9a-f-]{36})\b/g)].map(([, id = '']) => id)
  return { page, base, children: [...new Set(ids)] }
}

/** The hour is the machine's, and the year takes minutes: past one way's limit the other is taken. */
async function ask(scene: Scene, person: Person): Promise<string> {
  const { visitor, address } = person
  person.asked += 1
  const isAtDoor = person.asked % 2 === 0 || person.asked > 2 * LINKS_AN_HOUR
  const door = isAtDoor ? textLinkOf(scene, person) : null
  return mailAfter(scene, address, () =>
    door ? visitor.post(door) : visitor.post('/me', { mail: address, go: 'next' }),
  )
}

function askInTalk(scene: Scene, person: Person): Promise<string> {
  const button = { data: 'kizuna:change', label: '変更・停止' }
  return pressInTalk(scene, person, button)
}

/** Their own link, as the latest mail with a text has it. */
export function textLinkOf({ takings }: Scene, { address }: Person): string | null {
  const mail = takings.lastMail(address)
  return mail ? textLinkIn(plainTextOf(mail)) : null
}

/** Their own link among words, which the link of a survey begins with, too. *Pure.* */
export function textLinkIn(words: string): string {
  return linkIn(words, '/text/').replace(/\/survey\/.*/, '')
}

/** Where what comes is stopped: by the link under a text, else by the own page. */
export async function doorOf(scene: Scene, person: Person): Promise<{ page: Page; base: string }> {
  const { visitor } = person
  const text = textLinkOf(scene, person)
  if (person.channel === 'mail' && !text) {
    const { base } = await openOwnPage(scene, person)
    return { page: await visitor.open(`${base}/quiet`), base }
  }
  const path = text ?? linkIn(await askInTalk(scene, person), '/stop/')
  const page = await visitor.open(path)
  const [all] = linksOf(page, /\/stop$/).filter((href) => !href.includes('/children/'))
  if (!all) throw faultOf(page, 'where to stop')
  return { page, base: all.replace(/\/stop$/, '') }
}
