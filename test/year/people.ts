// Families as they act: through the pages, the talks and the mails of the product.
import { randomBytes } from 'node:crypto'

import { answerSurvey } from './answering'
import { japaneseDay, type Day } from './days'
import { doorOf, openOwnPage, type Own } from './ownPage'
import { accountOfLineId, MOVE } from './merge'
import type { Act, Deed, PlannedReader, Register, Registered } from './plan'
import {
  befriend,
  pressInTalk,
  registerByLine,
  registerByMail,
  talkAfter,
  type Said,
} from './registering'
import { registerAtCounter, registerByList } from './staff'
import type { Takings } from './taken'
import { linksOf, openVisitor, type Page, type Visitor } from './visitor'
import type { World } from './world'

/** A reader with what they have at hand. */
export interface Person extends PlannedReader {
  number: number
  visitor: Visitor
  isFriend: boolean
  /** Their town now. */
  home: string
  children: string[]
  /** Where they have stopped, to undo it. */
  stopBase: string | null
  /** Mails with a link to their page that were asked for. */
  asked: number
}

/** What people act in. */
export interface Scene {
  world: World
  takings: Takings
  people: Map<string, Person>
  /** Ids of children on the pages. */
  ids: Map<string, string>
  dates: Map<string, { due: Day | null; birth: Day | null }>
  refusing: Set<string>
}

/** Opens the scene; `act` does one deed of the plan, and throws when a page does not go on. */
export function createPeople(of: {
  world: World
  takings: Takings
  readers: readonly PlannedReader[]
}) {
  const { world, takings } = of
  const people = of.readers.map((one, number): [string, Person] => [
    one.key,
    {
      ...one,
      ...{ number, visitor: openVisitor(world.webUrl(), number), isFriend: false },
      ...{ home: one.town, children: [], stopBase: null, asked: 0 },
    },
  ])
  const scene: Scene = {
    ...{ world, takings, people: new Map(people) },
    ...{ ids: new Map(), dates: new Map(), refusing: new Set() },
  }
  return {
    /** Providers take what they took before again. */
    endTrouble: () => {
      world.sandbox.faults.line.clear()
      armRefusals(scene)
    },
    /** Answers a survey. */
    answer: ({ reader, ...asked }: { reader: string; survey: string; isThere: boolean }) =>
      answerSurvey(scene, scene.people.get(reader)!, asked),
    act: async ({ reader, deed, day, time }: Act): Promise<void> => {
      const person = scene.people.get(reader)
      if (!person) throw new Error(`No such reader: ${reader}`)
      await doDeed(scene, person, deed).catch((error: unknown) => {
        throw new Error(`${day} ${time} ${reader} ${JSON.stringify(deed)}`, { cause: error })
      })
    },
  }
}

async function doDeed(scene: Scene, person: Person, deed: Deed): Promise<void> {
  const { line } = scene.world.sandbox
  switch (deed.kind) {
    case 'register':
      return register(scene, person, deed)
    case 'join':
      return join(scene, person, deed)
    case 'birth':
      return tellDate(scene, person, { ...deed, birth: deed.date })
    case 'due':
      return tellDate(scene, person, { ...deed, birth: null, isCorrected: false })
    case 'stop':
      return stop(scene, person, deed)
    case 'undo':
      return undo(scene, person)
    case 'loss':
      return lose(scene, person, deed)
    case 'block':
      return line.block(channelOf(person), person.address)
    case 'unblock':
      return line.unblock(channelOf(person), person.address)
    case 'refuse':
      return refuse(scene, person, true)
    case 'takeAgain':
      refuse(scene, person, false)
      return register(scene, person, { ...AGAIN, children: childrenNow(scene, person) })
    case 'add':
      return add(scene, person, deed)
    case 'move':
      return move(scene, person, deed.to)
    case 'toLine':
      return toLine(scene, person, deed.address)
    case 'relink':
      return relink(scene, person, deed.address)
  }
}

/** Id of the LINE channel on which a reader is. *Pure.* */
export function channelOf({ address }: Person): string {
  return `16500${accountOfLineId(address)}`
}

const AGAIN = { kind: 'register', source: '', isReturn: true, by: 'self' } as const

async function register(
  scene: Scene,
  person: Person,
  { children, source, by, address }: Register,
): Promise<void> {
  if (address && address !== person.address) Object.assign(person, { address, isFriend: false })
  person.children = children.map(({ child }) => child)
  for (const { child, due, birth } of children) scene.dates.set(child, { due, birth })
  if (by === 'list') return registerByList(scene, person, children)
  const [{ due = null, birth = null } = {}] = children
  const count = children.length > 1 ? String(children.length) : ''
  if (by === 'counter') {
    const typed = { ...dateFields({ due, birth }), count: count || '1' }
    return registerAtCounter(scene, person, typed)
  }
  await registerAs(scene, person, { ...dateFields({ due, birth }), s: source, count })
}

async function registerAs(scene: Scene, person: Person, typed: Record<string, string>) {
  const said: Said = {
    ...{ screen: 'confirm', go: 'next', consent: 'yes', relation: 'mother' },
    ...{ edition: person.edition, once: randomBytes(16).toString('base64url'), ...typed },
  }
  if (person.channel === 'mail') await registerByMail(scene, person, said)
  else await registerByLine(scene, person, said)
}

async function join(scene: Scene, person: Person, { of }: { of: string }): Promise<void> {
  const first = scene.people.get(of)!
  const own = await openOwnPage(scene, first)
  const page = await first.visitor.open(`${own.base}/invite`)
  const share = /[?&]with=([\w.~-]+)/.exec(decodeURIComponent(page.text))?.[1]
  if (!share) throw faultOf(page, 'the family’s link')
  person.children = [...first.children]
  await registerAs(scene, person, { with: share, relation: 'father' })
}

/** What was typed of a date. *Pure.* */
export function dateFields({ due, birth }: { due: Day | null; birth: Day | null }) {
  const [year = '', month = '', day = ''] = (birth ?? due ?? '').split('-')
  const anchor = birth ? 'birthDate' : 'dueDate'
  return { anchor, year, month: String(Number(month)), day: String(Number(day)) }
}

/** The children as they are registered now. */
function childrenNow({ dates }: Scene, { children }: Person): Registered[] {
  return children.map((child) => {
    const { due = null, birth = null } = dates.get(child) ?? {}
    return { child, due: birth ? null : due, birth }
  })
}

interface ToldDate {
  child: string
  date: Day
  birth: Day | null
  isCorrected: boolean
}

async function tellDate(scene: Scene, person: Person, told: ToldDate): Promise<void> {
  const { child, date, birth, isCorrected } = told
  const own = await openOwnPage(scene, person)
  const path = `${own.base}/children/${idOf(scene, person, { child, own })}`
  const page = await person.visitor.post(`${path}/${birth ? 'birth' : 'dates'}`, {
    ...dateFields({ due: date, birth }),
    ...{ go: 'save', corrected: isCorrected ? 'yes' : '' },
  })
  if (!/[?&]done=/.test(page.path)) throw faultOf(page, 'a date that is saved')
  const known = scene.dates.get(child)
  scene.dates.set(child, { due: birth ? (known?.due ?? null) : date, birth })
}

/** The id of a child on the reader's own page; who are not told apart take turns. */
function idOf(
  { ids }: Scene,
  { children }: Person,
  { child, own }: { child: string; own: Own },
): string {
  const onPage = own.children
  const known = ids.get(child)
  if (known && onPage.includes(known)) return known
  const taken = new Set(children.filter((one) => one !== child).map((one) => ids.get(one)))
  const free = onPage.find((id) => !taken.has(id))
  if (!free) throw faultOf(own.page, `the child ${child}`)
  ids.set(child, free)
  return free
}

async function stop(
  scene: Scene,
  person: Person,
  { isOneClick }: { isOneClick: boolean },
): Promise<void> {
  const mail = scene.takings.lastMail(person.address)
  if (person.channel === 'mail' && isOneClick && mail) {
    const path = /^List-Unsubscribe:[^<]*<https:\/\/web\.example(\/u\/[^>]+)>/m.exec(
      mail.replaceAll(/\r\n[ \t]+/g, ''),
    )?.[1]
    const page = await person.visitor.post(path ?? '/', { 'List-Unsubscribe': 'One-Click' })
    if (page.status !== 200) throw faultOf(page, 'one click')
    return
  }
  const { base } = await doorOf(scene, person)
  person.stopBase = base
  const page = await person.visitor.post(`${base}/stop`)
  if (!page.path.endsWith('/stopped')) throw faultOf(page, 'that it is stopped')
}

/** By the page that stopped, or a new link to the own page where that has ended. */
async function undo(scene: Scene, person: Person): Promise<void> {
  const { visitor, stopBase } = person
  const stopIn = ({ text }: Page) => /name="stop" value="([^"]+)"/.exec(text)?.[1]
  let base = stopBase
  let page = await visitor.open(`${base}/undo`)
  if (!stopIn(page)) {
    base = (await openOwnPage(scene, person)).base
    page = await visitor.open(`${base}/undo`)
  }
  const stop = stopIn(page)
  if (!stop) throw faultOf(page, 'what can be undone')
  const undone = await visitor.post(`${base}/undo`, { stop })
  if (!undone.path.endsWith('/undone')) throw faultOf(undone, 'that it is undone')
}

/** Two taps from any text; a page that was left open before changes nothing afterwards. */
async function lose(
  scene: Scene,
  person: Person,
  { child, hasStaleTab }: { child: string; hasStaleTab: boolean },
): Promise<void> {
  const { visitor } = person
  const own = hasStaleTab ? await openOwnPage(scene, person) : null
  const tab = own && `${own.base}/children/${idOf(scene, person, { child, own })}`
  const { page, base } = await doorOf(scene, person)
  const [first] = linksOf(page, /\/children\/[^/]+\/stop$/)
  const id = tab?.split('/').at(-1)
  const stopped = await visitor.post(id ? `${base}/children/${id}/stop` : (first ?? '/'))
  if (!stopped.path.endsWith('/stopped')) throw faultOf(stopped, 'that it is stopped')
  if (!tab) return
  const birth = japaneseDay(scene.world.now().getTime())
  const page2 = await visitor.post(`${tab}/birth`, {
    ...dateFields({ due: null, birth }),
    go: 'save',
  })
  if (/[?&]done=birth/.test(page2.path)) throw faultOf(page2, 'nothing by a tab from before')
}

function refuse(scene: Scene, { address }: Person, isRefusing: boolean): void {
  if (isRefusing) scene.refusing.add(address)
  else scene.refusing.delete(address)
  armRefusals(scene)
}

function armRefusals({ refusing, world }: Scene): void {
  const { mail } = world.sandbox.faults
  mail.clear()
  const trouble = {
    kind: 'answer',
    stage: 'rcpt',
    code: 550,
    message: '5.1.1 User unknown',
  } as const
  for (const one of refusing) mail.add({ match: `^${one}$`, times: null, trouble })
}

async function add(
  scene: Scene,
  person: Person,
  { child, due }: { child: string; due: Day },
): Promise<void> {
  const { visitor } = person
  const own = await openOwnPage(scene, person)
  for (const one of person.children) idOf(scene, person, { child: one, own })
  const form = await visitor.open(`${own.base}/add`)
  const said = await visitor.press(form, dateFields({ due, birth: null }))
  const saved = await visitor.press(said, { go: 'save' })
  if (!/[?&]done=/.test(saved.path)) throw faultOf(saved, 'a child that is added')
  person.children.push(child)
  scene.dates.set(child, { due, birth: null })
}

async function move(scene: Scene, person: Person, to: string): Promise<void> {
  const { visitor, edition } = person
  const own = await openOwnPage(scene, person)
  const choice = await visitor.open(`${own.base}/town`)
  const about = await visitor.press(choice, { town: to })
  const said = await visitor.press(about, { edition })
  const moved = await visitor.press(said, { consent: 'yes' })
  if (!/[?&]done=/.test(moved.path)) throw faultOf(moved, 'that they have moved')
  person.home = to
}

/** Texts come into LINE from now on: the page gives a key, and the talk asks. */
async function toLine(scene: Scene, person: Person, address: string): Promise<void> {
  const { visitor } = person
  const own = await openOwnPage(scene, person)
  const form = await visitor.open(`${own.base}/contact`)
  const said = await visitor.press(form, { channel: 'line' })
  const shown = await visitor.press(said)
  const key = keyIn(shown.text)
  if (!key) throw faultOf(shown, 'the key of the change')
  await bring(scene, person, { key, address })
}

/** Goes over to the account that takes the place of theirs: the button of its letter gives the key. */
async function relink(scene: Scene, person: Person, address: string): Promise<void> {
  const button = { data: `kizuna:account:${MOVE}`, label: '新しいアカウントに移る' }
  const said = await pressInTalk(scene, person, button)
  const key = keyIn(said)
  if (!key) throw new Error(`No key of the change: ${said.slice(0, 300)}`)
  await bring(scene, person, { key, address })
}

function keyIn(said: string): string | undefined {
  return /届け先の変更(?:\s|\+|%20)*([0-9a-f]{32})/.exec(decodeURIComponent(said))?.[1]
}

/** Adds the account, says the key in its talk, and presses what it asks. */
async function bring(
  scene: Scene,
  person: Person,
  { key, address }: { key: string; address: string },
): Promise<void> {
  const { line } = scene.world.sandbox
  const there: Person = { ...person, channel: 'line', address }
  await befriend(scene, there)
  const channel = channelOf(there)
  const asked = await talkAfter(scene, there, () =>
    line.say(channel, address, `届け先の変更 ${key}`),
  )
  if (!asked.includes(`kizuna:move:${key}`)) throw new Error(`Not asked: ${asked.slice(0, 300)}`)
  const button = { data: `kizuna:move:${key}`, label: '変える' }
  await pressInTalk(scene, there, button)
  Object.assign(person, { channel: 'line', address, isFriend: true })
}

/** Says which page came instead of what was expected. *Pure.* */
export function faultOf({ status, path, text }: Page, expected: string): Error {
  const title = /<title>([^<]*)/.exec(text)?.[1]?.trim() ?? ''
  const said = text
    .replaceAll(/<(style|script|head)[\s\S]*?<\/\1>|<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
  return new Error(
    `Not ${expected}: ${status} ${path.slice(0, 60)} ${title}: ${said.slice(0, 300)}`,
  )
}
