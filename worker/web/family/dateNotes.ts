import { randomUUID } from 'node:crypto'

import { lineIdsOf } from '../../../src/accounts/topology'
import { isRestingOn } from '../../../src/plan/rest'
import type { LineAccount, MunicipalitySettings } from '../../../src/plan/settings'
import { quietRow } from '../../../src/release/quietRow'
import { addDays, instantOf, localDayOf } from '../../../src/stage/day'
import type { LineChannel, MailChannel } from '../../channel/channel'
import type { Halts } from '../../deliver/halts'
import type { DateNote } from '../../readers/collections'
import type { Identity, Reader } from '../../readers/reader'
import type { ReaderStore } from '../../readers/store'

import { letterMail } from '../letter'
import type { Links } from '../link'
import { talkMessage } from '../talkCard'
import { wordsOf } from '../words/words'

/** Notes that are looked at in one go. */
const AT_ONCE = 100

/** What the others are told with. */
export interface DateNotesOptions {
  readers: Pick<
    ReaderStore,
    | 'dueDateNotes'
    | 'takeDateNote'
    | 'putOffDateNote'
    | 'findReader'
    | 'childrenOf'
    | 'contactStates'
    | 'openAddress'
  >
  syncedContent: {
    settings: (code: string) => MunicipalitySettings | null
    lineOf: (code: string, provider?: string) => LineAccount | null
  }
  line: Pick<LineChannel, 'send'>
  mail: Pick<MailChannel, 'sendOne'>
  halts: Pick<Halts, 'refresh' | 'isHalted'>
  links: Pick<Links, 'textUrl' | 'quietPlaces'>
  now: () => Date
}

/** Tells the others of a family that dates were changed. */
export interface DateNotes {
  /** Sends what is due, each note once; one that the process dies with is not sent again. */
  sendSome: () => Promise<void>
}

/**
 * Tells the others of a family that dates were changed: neither who, nor which, nor of what child;
 * within the hours of their town, by the channel their texts come on. Nobody is told of a child that
 * has ended, or who has left it, stopped, or rests.
 */
export function createDateNotes(options: DateNotesOptions): DateNotes {
  return {
    sendSome: async () => {
      await options.halts.refresh()
      for (const note of await options.readers.dueDateNotes(AT_ONCE)) await dealWith(options, note)
    },
  }
}

async function dealWith(options: DateNotesOptions, note: DateNote): Promise<void> {
  const { readers, syncedContent, now } = options
  const told = await whoIsTold(options, note)
  if (!told) return void (await readers.takeDateNote(note))
  const opensAt = nextOpening(told.town, told.identity.channel, now())
  if (opensAt > now()) return readers.putOffDateNote(note, opensAt)
  const account = syncedContent.lineOf(told.town.code, told.identity.account)
  if (isHalted(options, told, account)) return // looked at again by the next tick
  // Taken first: better not told than told twice.
  if (!(await readers.takeDateNote(note))) return
  if (told.identity.channel === 'mail') await tellByMail(options, told)
  else if (account) await tellOnLine(options, { ...told, account })
}

function isHalted(
  { halts }: DateNotesOptions,
  { town: { code: town, mailFrom }, identity: { channel } }: Told,
  line: LineAccount | null,
): boolean {
  const account = channel === 'mail' ? mailFrom : (line?.id ?? '')
  return halts.isHalted({ town, channel, account })
}

interface Told {
  reader: Reader
  town: MunicipalitySettings
  identity: Identity
}

async function whoIsTold(
  { readers, syncedContent, now }: DateNotesOptions,
  { _id, children }: DateNote,
): Promise<Told | null> {
  const reader = await readers.findReader(_id)
  if (reader?.status !== 'active' || isRestingOn(reader.rest, localDayOf(now()))) return null
  const own = await readers.childrenOf(_id)
  const town = syncedContent.settings(reader.municipality)
  if (!town?.isActive || !own.some((child) => children.includes(child._id))) return null
  const states = await readers.contactStates(reader, lineIdsOf(town))
  const at = states.findIndex(({ state }) => state.kind === 'open')
  const identity = reader.identities[at]
  return identity ? { reader, town, identity } : null
}

/** Now within a town's hours; else when they begin. *Pure.* */
function nextOpening(
  { windows }: MunicipalitySettings,
  channel: Identity['channel'],
  now: Date,
): Date {
  const { from, to } = windows[channel]
  const today = localDayOf(now)
  const opensAt = instantOf(today, from)
  if (now < opensAt) return opensAt
  return now < instantOf(today, to) ? now : instantOf(addDays(today, 1), from)
}

async function tellByMail(
  { mail, readers, links, now }: DateNotesOptions,
  { reader, town, identity }: Told,
): Promise<void> {
  const words = wordsOf(reader.edition)
  const { note } = words.family
  const letter = {
    subject: note.subject(town.senderName),
    before: [note.changed, note.unexpected],
    button: { label: note.button, url: links.textUrl({ readerId: reader._id, town: town.code }) },
    after: [],
  }
  await mail.sendOne({
    id: `dates-${reader._id}-${now().getTime()}`,
    to: readers.openAddress(identity),
    ...letterMail(letter, town, words),
  })
}

/** As every text on LINE it ends in the quiet row, whose first button opens what is registered. */
async function tellOnLine(
  { line, readers, links }: DateNotesOptions,
  { reader, town, identity, account }: Told & { account: LineAccount },
): Promise<void> {
  const { note } = wordsOf(reader.edition).family
  const card = { says: [note.changed, note.unexpected], buttons: [] }
  await line.send({
    account,
    to: [readers.openAddress(identity)],
    messages: [
      talkMessage(note.subject(town.senderName), [card]),
      quietRow(links.quietPlaces(town, account), reader.edition),
    ],
    retryKey: randomUUID(),
  })
}
