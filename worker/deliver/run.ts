import type { ReaderLinks } from '../../src/release/readerLinks'
import type { LocalDay } from '../../src/stage/day'
import type { LineChannel, LineSender, MailChannel } from '../channel/channel'
import type { ChannelName } from '../../src/plan/settings'
import type { Claim } from '../ledger/runs'
import type { BatchOutcome } from '../ledger/outcomes'
import type { SendingStore } from '../ledger/sending'
import { createProgram, type Program } from '../../src/plan/program'
import type { MunicipalitySettings } from '../../src/plan/settings'
import type { LiveContent } from '../../src/release/live'
import type { SyncedContents } from './content'
import { createLineSender, type LineSent } from './linePage'
import { createMailSender } from './mail'
import { createPages, type Page, type PageContext, type ReadyBatch } from './page'
import type { Pauses } from './pause'
import type { Recipient, Recipients } from './recipients'

/** What sending a run came to for now. */
export type SendOutcome =
  | { status: 'finished' }
  /** Nothing to do before this instant. */
  | { status: 'waiting'; until: Date }
  /** Asked to stop: the rest is for the next claim. */
  | { status: 'drained' }

/** What the worker holds of the CMS, as fresh as it can be. */
export interface SyncedContent {
  settings: (code: string) => MunicipalitySettings | null
  /** A LINE account with its secret opened. */
  line: (id: string) => (LineSender & { id: string; provider: string }) | null
  content: () => LiveContent
  contents: () => SyncedContents
  /** Takes over what was synced meanwhile. */
  refresh: () => Promise<void>
}

/** What a sender is made of. */
export interface SenderOptions {
  syncedContent: SyncedContent
  store: SendingStore
  recipients: Recipients
  line: LineChannel
  mail: MailChannel
  pauses: Pauses
  now: () => Date
  linksOf: (reader: string) => ReaderLinks
  onAddressFault: (recipient: Recipient) => Promise<void>
  onMaybeFilter: (recipient: Recipient, date: LocalDay) => Promise<void>
  /** Something a person must know; never personal data. */
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** Sends what a claimed, sealed run has frozen, page by page, until nothing is open. */
export function createSender(options: SenderOptions) {
  const { syncedContent, store, recipients, pauses, now, onAlert } = options
  const pages = createPages({ store, recipients, now })
  const sendLines = createLineSender({ ...options, channel: options.line })
  const sendMails = createMailSender({ ...options, channel: options.mail })

  return async (claim: Claim, isStopping: () => boolean): Promise<SendOutcome> => {
    const job = createJob(claim, isStopping)
    await recover(job)
    for (let next = job.prepare(); ;) {
      if (isStopping()) return { status: 'drained' }
      await closeHours(job)
      const page = await next
      if (page.batches.length === 0) {
        const outcome = await whatNow(job)
        if (outcome) return outcome
        next = job.prepare()
        continue
      }
      next = (await sendPage(job, page)).next
    }
  }

  function createJob(claim: Claim, isStopping: () => boolean): Job {
    const { run } = claim
    let program: Program | null = null
    const settings = () => syncedContent.settings(run.municipality)
    const line = () => {
      const id = settings()?.lineAccount
      return id ? syncedContent.line(id) : null
    }
    const context = (): PageContext => ({
      claim,
      line: line(),
      syncedContent: syncedContent.contents,
      program: () => {
        const own = settings()
        if (!own) throw new Error('The municipality is not among the synced ones any more')
        program ??= createProgram({
          settings: own,
          content: syncedContent.content(),
          date: run.date,
        })
        return program
      },
    })
    const prepare = async () => {
      await syncedContent.refresh()
      program = null
      return pages.prepare(context(), openChannels({ claim, settings, line }))
    }
    return { claim, isStopping, settings, line, context, prepare: () => markHandled(prepare()) }
  }

  /** Channels whose hours are on and that nothing has stopped. */
  function openChannels({ claim, settings, line }: Pick<Job, 'claim' | 'settings' | 'line'>) {
    const own = settings()
    if (!own?.isActive) return []
    const { opensAt, closesAt } = claim.run
    const isOpen = (channel: ChannelName) =>
      opensAt[channel] <= now() &&
      now() < closesAt[channel] &&
      !pauses.isStopped(channel === 'line' ? (line()?.id ?? 'line') : own.mailFrom) &&
      (channel === 'mail' || line() !== null)
    return (['line', 'mail'] as const).filter(isOpen)
  }

  async function recover({ claim, settings }: Pick<Job, 'claim' | 'settings'>) {
    const policy = settings()?.mailAfterCrash ?? 'at-most-once'
    const count = await store.recoverInFlight(claim, policy)
    if (count > 0) onAlert('mail-unknown-after-crash', { run: claim.run._id, count, policy })
  }

  async function closeHours({ claim, settings }: Job) {
    const isPaused = settings()?.isActive === false
    const reason = isPaused ? ('paused' as const) : undefined
    for (const channel of ['line', 'mail'] as const) {
      if (now() < claim.run.closesAt[channel]) continue
      const count = await store.expire(claim, channel, reason)
      if (count > 0) onAlert('expired', { run: claim.run._id, channel, batches: count, reason })
    }
  }

  /** Nothing can be sent right now: is the run over, or when does it go on? */
  async function whatNow({ claim, settings, line }: Job): Promise<SendOutcome | null> {
    if (!(await store.nextDue(claim, ['line', 'mail']))) {
      await recover({ claim, settings }) // what a worker that lost its lease marked and left
      return { status: 'finished' }
    }
    const { opensAt, closesAt } = claim.run
    const due = await store.nextDue(claim, openChannels({ claim, settings, line }))
    const opening = Object.values(opensAt).filter((at) => at > now())
    const closing = Object.values(closesAt).filter((at) => at > now())
    const wakes = [due ?? schedulePoll(now()), ...opening, ...closing]
    const until = new Date(Math.min(...wakes.map((at) => at.getTime())))
    return until <= now() ? null : { status: 'waiting', until }
  }

  /** Marks, sends and records one page; the next one is prepared meanwhile. */
  async function sendPage(job: Job, first: Page): Promise<{ next: Promise<Page> }> {
    const { claim } = job
    const page = await pages.refresh(job.context(), first)
    const without = await store.leaveOut(claim, page.leaving)
    const leaving = new Set(page.leaving.map(({ batch }) => batch._id))
    const whole = page.ready.filter(({ batch }) => !leaving.has(batch._id))
    const marked = await store.markSending(claim, whole)
    const ready = page.ready.filter(({ batch: { _id } }) => without.has(_id) || marked.has(_id))
    const next = job.prepare()
    const of = (channel: ChannelName) => ready.filter(({ batch }) => batch.channel === channel)
    const [lines, mails] = await Promise.all([
      sendLinePage(job, of('line')),
      sendMailPage(job, of('mail')),
    ])
    await store.settle(claim, [...lines.outcomes, ...mails])
    await noteFaults(claim, lines.faults)
    return { next }
  }

  /**
   * A reader who changes while a batch may have been taken keeps all of it from being repeated, so
   * a refused address waits for the reader's last such batch, which will be refused as well.
   */
  async function noteFaults(claim: Claim, faults: Recipient[]) {
    for (const fault of faults) {
      if (!(await store.isInUnsureBatch(claim, fault.reader))) await options.onAddressFault(fault)
    }
  }

  async function sendLinePage(job: Job, ready: ReadyBatch[]): Promise<LineSent> {
    const account = job.line()
    if (ready.length === 0 || !account) return { outcomes: [], faults: [] }
    const { claim, isStopping } = job
    return sendLines({ claim, ready, account, isStopping })
  }

  async function sendMailPage(job: Job, ready: ReadyBatch[]): Promise<BatchOutcome[]> {
    const settings = job.settings()
    if (ready.length === 0 || !settings) return []
    const closesAt = job.claim.run.closesAt.mail
    const { claim, isStopping } = job
    return sendMails({ claim, ready, settings, closesAt, isStopping })
  }
}

/** Sends claimed runs. */
export type Sender = ReturnType<typeof createSender>

interface Job {
  claim: Claim
  isStopping: () => boolean
  settings: () => MunicipalitySettings | null
  line: () => ReturnType<SyncedContent['line']>
  context: () => PageContext
  prepare: () => Promise<Page>
}

/** When a run whose channels are stopped is looked at again. */
function schedulePoll(now: Date): Date {
  return new Date(now.getTime() + 15_000)
}

/** A promise that is awaited later must not count as unhandled until then. */
function markHandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
