import type { Reader } from '../readers/reader'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { sharedTokenIn } from './shareMessage'
import type { WebContext } from './webContext'

/** Who wrote to a LINE account. */
export interface LineWriter {
  account: LineAccount
  /** Those that send through the account, at least one. */
  municipalities: MunicipalitySettings[]
  userId: string
  /** The message, in which only a family's token is looked for. */
  text: string | null
}

/**
 * The reply to a follow or any message: a link to the reader's own page, or to the registration.
 * Dates are typed there, never in the chat.
 */
export async function talkReply(web: WebContext, writer: LineWriter): Promise<string> {
  const { links } = web
  const { account, municipalities, userId } = writer
  const sender = senderOf(municipalities)
  const visitor = { lineAccount: account.id, provider: account.provider, userId }
  const shared = await sharedOf(web, writer)
  if (shared) {
    return registrationText(sender, links.lineRegistrationUrl(visitor, shared))
  }
  const own = await ownReaders(web, writer)
  if (own.length > 0) {
    const pages = own.map(({ _id }) => links.myPageUrl(_id))
    const said = `${sender}です。登録の内容は、このページで変えられます(7日間使えます)。`
    return [said, ...pages].join('\n')
  }
  const [only, ...others] = municipalities
  const to = only && others.length === 0 ? { municipality: only.code } : {}
  return registrationText(sender, links.lineRegistrationUrl(visitor, to))
}

function registrationText(sender: string, url: string): string {
  return `${sender}です。登録はこのページからできます。1分ほどで終わります(24時間使えます)。\n${url}`
}

/** How the account calls itself: an account of several municipalities uses the name of none. */
function senderOf([only, ...others]: MunicipalitySettings[]): string {
  return only && others.length === 0 ? only.senderName : '子育て便り'
}

async function ownReaders(
  { readers }: WebContext,
  { account, municipalities, userId }: LineWriter,
): Promise<Reader[]> {
  const address = { channel: 'line' as const, account: account.provider, address: userId }
  const codes = municipalities.map(({ code }) => code)
  return (await readers.findByIdentity(address)).filter(
    ({ status, municipality }) => status === 'active' && codes.includes(municipality),
  )
}

async function sharedOf(
  { links, readers }: WebContext,
  { text, municipalities }: LineWriter,
): Promise<{ municipality: string; share: string } | null> {
  const share = text ? sharedTokenIn(text) : null
  const childId = share && links.openShare(share)
  const child = childId ? await readers.findChild(childId) : null
  if (!share || child?.status !== 'active') return null
  const { municipality } = child
  return municipalities.some(({ code }) => code === municipality) ? { municipality, share } : null
}
