import { isOfDrill } from '../../src/release/drill'
import type { LineSendResult, LineStop, MailPayload, Receipt } from './channel'

/** Code of a drill that met a real channel: nothing of it was sent. */
export const DRILL_REFUSED = 'drill-outside-practice'

/** What an adapter knows of where it sends to. */
export interface DrillGuard {
  /** Everything goes into the practice inbox of this machine; only there a drill may go. @default false */
  isPractice?: boolean | undefined
}

const REFUSED: Receipt = {
  status: 'rejected',
  code: DRILL_REFUSED,
  isAddressFault: false,
  stop: 'content',
}

/**
 * What a drill is answered by the adapter itself, whoever planned it: it looks at the words that are
 * about to go out, as the last of all (municipality.md: training cannot reach a real channel).
 *
 * @returns null where it may be sent.
 */
export function refusedDrill(
  { isPractice = false }: DrillGuard,
  rendered: unknown,
): Receipt | null {
  return !isPractice && isOfDrill(rendered) ? REFUSED : null
}

/** {@link refusedDrill} for a batch of LINE. */
export function refusedDrillBatch(
  guard: DrillGuard,
  { to, messages }: { to: readonly string[]; messages: unknown },
): LineSendResult | null {
  const refused = refusedDrill(guard, messages)
  if (!refused) return null
  const stop: LineStop = { scope: 'content', code: DRILL_REFUSED, detail: 'A drill is never sent.' }
  return { receipts: new Map(to.map((id) => [id, refused])), stop }
}

/** {@link refusedDrill} for a mail: its subject and words, which every mail of a drill begins with. */
export function refusedDrillMail(
  guard: DrillGuard,
  { subject, text }: Pick<MailPayload, 'subject' | 'text'>,
): Receipt | null {
  return refusedDrill(guard, [subject, text])
}
