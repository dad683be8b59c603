import type { LineBatch, LineSendResult, LineStop, Receipt } from './channel'
import type { LineAnswer } from './lineAnswer'
import { uuidV5 } from './uuid'

/** One multicast request; like a batch, of which it may be a part. */
export type LineRequest = LineBatch

/**
 * So many single ids, from all over the list, have to be refused before the content of a batch that
 * nobody got is blamed. Of lists in which every other id is foreign, 1 in 256 is misjudged.
 */
export const HOPELESS_AFTER = 8

/**
 * Sends one batch and works through a 400: drops ids that are named, halves the list when none is
 * named, each part under a key derived from the batch's, so that a replay makes the same requests.
 * Halves are every other id, first part first, so that the first ids asked alone are spread out.
 */
export async function sendLineBatch(
  multicast: (request: LineRequest) => Promise<LineAnswer>,
  batch: LineBatch,
): Promise<LineSendResult> {
  const { to, retryKey } = batch
  const state = emptyState()
  let queue: Parts = to.length > 0 ? [to] : []
  for (let part = queue.shift(); part; part = queue.shift()) {
    if (state.stop) {
      settle(state, part, stoppedReceipt(state.stop))
      continue
    }
    const key = part === to ? retryKey : partKey(retryKey, part)
    const answer = await multicast({ ...batch, to: part, retryKey: key })
    queue = [...judge({ answer: believed(answer, batch), part, state }), ...queue]
  }
  return { receipts: blameAddresses(state), stop: state.stop }
}

/** Code of a batch whose key LINE knows although this ledger never tried it. */
export const UNTRIED_KEY = 'line-untried-key'

/** Whoever used the key that was never tried here sent what this ledger does not know. */
function believed(answer: LineAnswer, { isFirstTry = false }: LineBatch): LineAnswer {
  const isForeign = answer.kind === 'accepted' && answer.isRepeat === true && isFirstTry
  return isForeign ? { kind: 'unknown', code: UNTRIED_KEY } : answer
}

/** Retry key of a part of a batch: UUIDv5 of its ids inside the batch's key. *Pure.* */
export function partKey(retryKey: string, to: readonly string[]): string {
  return uuidV5(to.join(','), retryKey)
}

interface State {
  receipts: Map<string, Receipt>
  stop: LineStop | null
  refusals: number
  hasAccepted: boolean
}

function emptyState(): State {
  return { receipts: new Map(), stop: null, refusals: 0, hasAccepted: false }
}

/** Records what one request came to, and gives what must be asked next. */
function judge({
  answer,
  part,
  state,
}: {
  answer: LineAnswer
  part: readonly string[]
  state: State
}): Parts {
  if (answer.kind === 'badIds') return dropNamed(answer.indexes, part, state)
  if (answer.kind === 'badSomething') return halve(answer.detail, part, state)
  settle(state, part, plainReceipt(answer, state))
  return []
}

type Parts = (readonly string[])[]

function plainReceipt(answer: LineAnswer, state: State): Receipt {
  switch (answer.kind) {
    case 'accepted':
      state.hasAccepted = true
      return { status: 'accepted' }
    case 'deferred':
      return {
        status: 'deferred',
        code: answer.code,
        isDefinite: true,
        ...(answer.retryAfterMs && { retryAfterMs: answer.retryAfterMs }),
      }
    case 'unknown':
      return { status: 'unknown', code: answer.code }
    case 'badContent':
      state.stop = { scope: 'content', code: answer.code, detail: answer.detail }
      return stoppedReceipt(state.stop)
    case 'stop':
      state.stop = { scope: 'channel', code: answer.code, detail: answer.detail }
      return stoppedReceipt(state.stop)
    default:
      return { status: 'unknown', code: 'line-unread' }
  }
}

function dropNamed(indexes: number[], part: readonly string[], state: State): Parts {
  const named = part.filter((_id, index) => indexes.includes(index))
  if (named.length === 0) return halve('An index outside of the list was named.', part, state)
  settle(state, named, { status: 'rejected', code: 'line-bad-id', isAddressFault: true })
  const rest = part.filter((_id, index) => !indexes.includes(index))
  return rest.length > 0 ? [rest] : []
}

function halve(detail: string, part: readonly string[], state: State): Parts {
  if (part.length > 1) {
    return [0, 1].map((rest) => part.filter((_id, index) => index % 2 === rest))
  }
  state.refusals += 1
  if (!state.hasAccepted && state.refusals >= HOPELESS_AFTER) {
    state.stop = { scope: 'content', code: 'line-400', detail }
  }
  settle(state, part, refused('line-foreign-id'))
  return []
}

function refused(code: string): Receipt {
  return { status: 'rejected', code, isAddressFault: false }
}

function settle(state: State, ids: readonly string[], receipt: Receipt): void {
  for (const id of ids) state.receipts.set(id, receipt)
}

function stoppedReceipt({ scope, code }: LineStop): Receipt {
  return scope === 'channel'
    ? { status: 'deferred', code, isDefinite: true, stop: 'channel' }
    : { status: 'rejected', code, isAddressFault: false, stop: 'content' }
}

/**
 * An id that was refused alone is at fault only when somebody else took the same messages;
 * otherwise the messages may be to blame. Once they are, no id is at fault.
 */
function blameAddresses({ receipts, hasAccepted, stop }: State): Map<string, Receipt> {
  return new Map(
    [...receipts].map(([id, receipt]) => {
      const isAlone = receipt.status === 'rejected' && receipt.code === 'line-foreign-id'
      if (!isAlone) return [id, receipt]
      if (stop?.code === 'line-400') return [id, stoppedReceipt(stop)]
      return [id, { ...receipt, isAddressFault: hasAccepted }]
    }),
  )
}
