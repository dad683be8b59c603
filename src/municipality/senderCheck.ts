import type { PayloadRequest } from 'payload'

import { municipalityOf } from '../cms/municipalityOf'
import { ReviewRefusal } from '../cms/refusal'
import { createMailResolver, type MailResolver } from '../senderCheck/resolver'
import { checkSender, type Sending } from '../senderCheck/senderCheck'
import { domainOf } from '../senderCheck/sending'
import type { KeptCheck } from '../senderCheck/shownCheck'
import { findTown } from './findChanges'

/** How mails go out, for whoever looks whether they can arrive. */
export interface SenderCheckOptions {
  /** Of a sender's domain; `selector` names the relay's key where it is the relay that signs. */
  sendingOf: (domain: string, selector?: string) => Sending
  /**
   * Asks the DNS.
   *
   * @default the DNS as this machine has it
   */
  resolver?: MailResolver | undefined
}

interface Asking {
  now: () => Date
  /** Null where nobody has said how mails go out. */
  senderCheck: SenderCheckOptions | null
}

/** So long the answer of before is given: the DNS itself tells nothing newer. */
const SAME_MS = 30_000

/** The newest check of a municipality's sender, or null. @throws ReviewRefusal NOT_FOUND */
export async function findSenderCheck(req: PayloadRequest, id: string): Promise<KeptCheck | null> {
  const { domain } = await senderOf(req, id)
  const kept = (await req.payload.kv.get(keyOf(id))) as KeptCheck | null
  return kept?.domain === domain ? kept : null // of another address it says nothing
}

/**
 * Asks the DNS whether a municipality's mails can arrive, and keeps the answer with its time.
 *
 * @throws ReviewRefusal NOT_FOUND where the person may not read the municipality; INCOMPLETE where it has
 * no address, or this CMS does not know how mails go out.
 */
export async function askSenderCheck(
  req: PayloadRequest,
  { id, selector }: { id: string; selector: string | null },
  { now, senderCheck }: Asking,
): Promise<KeptCheck> {
  const { domain } = await senderOf(req, id)
  if (senderCheck === null) throw new ReviewRefusal('INCOMPLETE', UNKNOWN_WAY)
  if (domain === '') throw new ReviewRefusal('INCOMPLETE', NO_SENDER)
  const before = await findSenderCheck(req, id)
  const age = before ? now().getTime() - Date.parse(before.at) : Infinity
  if (before && before.selector === selector && age >= 0 && age < SAME_MS) return before
  const { sendingOf, resolver = createMailResolver() } = senderCheck
  const findings = await checkSender(sendingOf(domain, selector ?? undefined), resolver)
  const check: KeptCheck = { at: now().toISOString(), domain, selector, findings }
  await req.payload.kv.set(keyOf(id), check)
  return check
}

const UNKNOWN_WAY =
  'この管理画面は、メールの送り方(中継サーバー)を知らないので、確かめられません。システムの担当の方に、配信プログラムの機械で「kizuna mail check 差出アドレス」を実行してもらってください。'

const NO_SENDER =
  'メールの差出アドレスがまだ保存されていません。先に入れて保存すると、確かめられます。'

async function senderOf(req: PayloadRequest, id: string): Promise<{ domain: string }> {
  await findTown(req, id) // refuses whoever may not read it
  const town = await municipalityOf(id, req)
  return { domain: domainOf(town?.mailFrom ?? '') }
}

function keyOf(id: string): string {
  return `kizuna-sender-check-${id}`
}
