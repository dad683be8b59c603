import { randomBytes } from 'node:crypto'

import type { LineAccount, MunicipalitySettings } from '../../../src/plan/settings'
import { lineIdsOf } from '../../../src/accounts/topology'
import type { LineMessagePayload } from '../../channel/channel'
import { isLineUserId } from '../../readers/identity'
import type { Reader } from '../../readers/reader'

import { contactMessage } from '../contact/contactTalk'
import { lineToMoveTo } from '../contact/lineToMoveTo'
import { lineFriendUrl, lineMessageUrl } from '../shareMessage'
import { talkMessage } from '../talkCard'
import { addressOf, altTextOf, type LineWriter } from '../talkWriter'
import type { WebContext } from '../webContext'
import { wordsOf, type Words } from '../words/words'

const DATA = /^kizuna:account:([\w-]{1,60})$/

/** What the button of a move's letter tells us: who presses it in their talk wants to move. *Pure.* */
export function moveData(move: string): string {
  return `kizuna:account:${move}`
}

/** The move of such a button, or null. *Pure.* */
export function moveIn(data: string | null): string | null {
  return DATA.exec(data ?? '')?.[1] ?? null
}

/**
 * The personal way to the new account, for who presses the letter's button: nobody but the friend can
 * have pressed it. The key is good once, for a day; null where the event is about something else.
 */
export async function moveReply(
  web: WebContext,
  writer: LineWriter,
): Promise<LineMessagePayload | null> {
  const asked = moveIn(writer.data)
  if (asked === null || !isLineUserId(writer.userId)) return null
  const town = writer.municipalities.find(({ move }) => move?.id === asked)
  const own = town && (await readerOf(web, writer, town))
  const words = wordsOf(own?.edition)
  const account = town && own && (await openAccount(web, town, own))
  const say = (says: readonly string[], buttons: { label: string; uri: string }[] = []) =>
    talkMessage(altTextOf(writer, words), [{ says, buttons }])
  if (!account || !own) return say([words.accounts.talk.over])
  const message = contactMessage(await askForKey(web, { town, own, account }))
  const { steps, add, send, key } = words.accounts.talk
  const friendUrl = web.friendUrl?.(account)
  // Where another friend link is set, LINE's own scheme leads nowhere.
  const messageUrl = friendUrl === undefined ? lineMessageUrl(account.basicId, message) : null
  return say(
    [...steps(account.basicId), ...(messageUrl ? [] : [key(message)])],
    [
      { label: add, uri: friendUrl ?? lineFriendUrl(account) },
      ...(messageUrl ? [{ label: send, uri: messageUrl }] : []),
    ],
  )
}

/**
 * What is said to who has just registered with the account that a town is moving to: many of them are
 * written to by the other account as well. *Pure.*
 */
export function twiceHint(
  { move }: Pick<MunicipalitySettings, 'move'>,
  lineAccount: string,
  { accounts }: Words,
): string[] {
  const isOpen = move?.stage === 'running' || move?.stage === 'paused'
  if (!isOpen || move.to !== lineAccount || move.kind === 'sameProvider') return []
  return [accounts.twice[move.kind]]
}

async function readerOf(
  { readers }: WebContext,
  writer: LineWriter,
  { code }: MunicipalitySettings,
): Promise<Reader | undefined> {
  const found = await readers.findByIdentity(addressOf(writer))
  return found.find(({ municipality, status }) => municipality === code && status === 'active')
}

/** The account that a reader may move to now, or null. */
async function openAccount(
  web: WebContext,
  town: MunicipalitySettings,
  { _id: readerId }: Reader,
): Promise<LineAccount | null> {
  const { move } = town
  if (!move || !lineIdsOf(town).includes(move.to)) return null
  if (!(await web.readers.moves.mayMove({ move, readerId }))) return null
  return lineToMoveTo(web, { ...town, lineAccount: move.to })
}

interface Asking {
  town: MunicipalitySettings
  own: Reader
  account: LineAccount
}

async function askForKey(web: WebContext, { town, own, account }: Asking): Promise<string> {
  const key = randomBytes(16).toString('hex')
  const change = { readerId: own._id, municipality: town.code, key, lineAccount: account.id }
  await web.readers.askContactByLine({ ...change, ...(town.move && { move: town.move.id }) })
  return key
}
