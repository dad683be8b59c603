import type { LineAccount, MunicipalitySettings } from '../settings'

import type { WebContext } from './webContext'

/** Who wrote to a LINE account. */
export interface LineWriter {
  account: LineAccount
  /** Those that send through the account, at least one. */
  municipalities: MunicipalitySettings[]
  userId: string
}

/**
 * The reply to a follow or any message: a link to the reader's own page, or to the registration.
 * Dates are typed there, never in the chat.
 */
export async function lineAnswer(
  { readers, links }: WebContext,
  { account, municipalities, userId }: LineWriter,
): Promise<string> {
  const { provider } = account
  const codes = municipalities.map(({ code }) => code)
  const found = await readers.findByIdentity({
    channel: 'line',
    account: provider,
    address: userId,
  })
  const own = found.filter(
    (reader) => reader.status === 'active' && codes.includes(reader.municipality),
  )
  const [only, ...others] = municipalities
  const sender = only && others.length === 0 ? only.senderName : '子育て便り'
  if (own.length > 0) {
    const pages = own.map((reader) => links.myPageUrl(reader._id))
    return [
      `${sender}です。登録の内容は、このページで変えられます(7日間使えます)。`,
      ...pages,
    ].join('\n')
  }
  const visitor = { lineAccount: account.id, provider, userId }
  const url = links.lineRegistrationUrl(visitor, others.length === 0 ? only?.code : undefined)
  return `${sender}です。登録はこのページからできます。1分ほどで終わります(24時間使えます)。\n${url}`
}
