import type { LocalDay } from '../../src/stage/day'

import { ensureAccountMarkIndexes } from './accountMarks'
import { createAccountMoves, type AccountMoves } from './accountMoves'
import { createBlocks } from './block'
import { createChanges } from './change'
import { ensureReaderIndexes, type DateNote, type StoreContext } from './collections'
import { inTurn } from '../database/transaction'
import { createCounter, type CounterStore } from './counter'
import { createConfirmations } from './confirmation'
import { createContactChanges, type ContactChanges } from './contactChange'
import { createContactStates, type ContactState } from './contactState'
import { createLineConfirmations } from './lineConfirmation'
import { createFormUse, ensureFormUseIndexes, type FormStep } from './formUse'
import { createKeptForms } from './keptForm'
import { createLookups } from './find'
import { importReaders, type ImportOutcome, type ImportRequest } from './importReaders'
import type { ChannelName } from '../../src/plan/settings'
import type { Wishes } from '../../src/plan/wishes'
import type {
  Address,
  Child,
  ChildDates,
  Identity,
  Reader,
  Relation,
  SuppressionReason,
} from './reader'
import type { Recorded } from './recordStatement'
import { registerIn } from './register'
import type { ChildAnswer, OpenVerdict } from './sameChild'
import { createDateNotes } from './dateNote'
import type { DateRights } from './dateRights'
import { createTownMoves } from './moveTown'
import { createStops, type MailStop } from './stop'
import { createUndo } from './stopNote'
import { createSupports, type SupportStore } from './support'
import { createVisits } from './visit'
import { createErasing, type Erasing } from './erase'
import { createOwnRecords, type OwnRecords } from './ownRecord'
import { createRests } from './rest'
import { waitingInTalk, type WaitingInTalk } from './waitingInTalk'
import { createWebhookEvents } from './webhookEvents'
import { createWishes } from './wishes'

/** What a completed registration says. */
export interface Registration {
  municipality: string
  address: Address
  edition: string
  relation: Relation
  area: string | null
  source: string | null
  consentedAt: Date
  consentVersion: string
  /** How the consent was given, where not on our own pages. */
  consentBasis?: string
  child: ChildDates
  /** How many children `child` is said to be of; twins are each a child of their own. @default 1 */
  count?: number
  /** When a registration that waited for its owner was made; an end since then stays. */
  waitedSince?: Date
  /** What the reader answered when it was asked which child `child` is. */
  answer?: ChildAnswer
  /**
   * Ids of children somebody shared: this reader joins those that go on, and `child` is not looked at.
   */
  sharedChildren?: readonly string[]
  /** Id of the LINE account in the CMS, to know of a block that came before the registration. */
  lineAccount?: string
}

/**
 * `known`: this identity was registered and active with this child already; nothing was added.
 * `asked`: the reader is registered, the child is not, until they answer what `verdict` asks: give
 * the answer to `addChild`.
 */
export type Registered =
  | {
      status: 'registered' | 'known'
      readerId: string
      childId: string
      /** Ids of the others: that were shared with it, or its twins. */
      others?: string[]
      /** They had stopped and start again. */
      isRestart?: boolean
      /** Texts to this address were refused before. */
      wasRefused?: boolean
    }
  | { status: 'asked'; readerId: string; childId: string; verdict: OpenVerdict }

/** A registration of which nothing has to be asked any more. */
export type RegisteredNow = Exclude<Registered, { status: 'asked' }>

/** `unknown`: no such reader, or the child is not (any more) one of this reader's. */
export type ChangeOutcome = { status: 'changed' } | { status: 'unknown' }

/** A reader and one of the children they get texts for. */
export interface ReaderChild {
  readerId: string
  childId: string
}

/** Who stops something. */
export interface Stopper {
  /** Of whoever stops by a link that opens nothing else; they may undo it in this browser. */
  browser?: string | null | undefined
  /** Staff do it, on the reader's behalf. */
  isByStaff?: boolean | undefined
}

/** A child of a reader, and who stops it. */
export interface StoppedChild extends ReaderChild, Stopper {}

/** What a reader has stopped and may still undo. */
export interface OpenStop {
  id: string
  /** A child for all who share it, one for oneself, everything, or mail. */
  kind: 'child' | 'own' | 'all' | 'mail'
  at: Date
  /** Ids of the children it ended; none of everything, and of mail. */
  children: readonly string[]
  /** Staff did it, on the reader's behalf. */
  isByStaff: boolean
}

/** A LINE follow or unfollow, as its webhook says. */
export interface Friendship {
  /** Id of the LINE account in the CMS. */
  lineAccount: string
  provider: string
  /** Codes of the municipalities that send through this account. */
  municipalities: string[]
  userId: string
  isFriend: boolean
  /** The event's own time; an older event after a newer one changes nothing. */
  at: Date
}

/** A form that is being filled in. */
export interface FormId {
  /** What the address of its pages carries. */
  id: string
  /** Keyed hash of the browser. */
  holder: string
}

/** `gone`: never given out, or expired. */
export type ConfirmationState =
  | { status: 'open'; municipality: string; edition: string }
  | { status: 'used'; municipality: string }
  | { status: 'gone' }

/** `used`: confirmed before; `gone`: never given out, or expired. */
export type Confirmed =
  | { status: 'confirmed'; municipality: string; registered: RegisteredNow }
  | ChildAsked
  | { status: 'used'; municipality: string }
  | { status: 'gone' }

/**
 * Confirmed, but the child is not registered until the reader says which one they mean; said again
 * as often as it is confirmed.
 */
export interface ChildAsked {
  status: 'asked'
  municipality: string
  readerId: string
  dates: ChildDates
  /** How many children were said to have them; absent: one. */
  count?: number
  /** Id of the child if it is another one: answered twice, it is added once. */
  childId: string
}

/** A registration that waits for a LINE friend. */
export interface WaitingRegistration {
  key: string
  municipality: string
  /** Code of what they will read; empty once it is not known any more. */
  edition: string
}

/** `answered`: confirmed or refused before; `gone`: never asked of this friend, or expired. */
export type LineConfirmed =
  | { status: 'confirmed'; municipality: string; registered: RegisteredNow }
  | ChildAsked
  | { status: 'answered' }
  | { status: 'gone' }

/** Readers, their children and their addresses: everything personal, in the delivery database. */
export interface ReaderStore
  extends ContactChanges, Erasing, OwnRecords, SupportStore, ReturnType<typeof createTownMoves> {
  /** Creates the indexes of its collections; may be called at every start. */
  ensureIndexes: () => Promise<void>

  /**
   * Idempotent per identity and municipality; registering again after a stop starts again.
   *
   * @throws ChildGoneError
   */
  register: (registration: Registration) => Promise<Registered>
  /**
   * Adds a child, or records a birth or correction of one, as `judgeChild` decides; `asked` wrote
   * nothing: ask, and call again with the answer. `childId` makes it safe to repeat; `count` children
   * of the dates are twins, as at a registration.
   */
  addChild: (
    added: ChildDates & {
      readerId: string
      childId?: string
      count?: number
      answer?: ChildAnswer
    },
  ) => Promise<Recorded | { status: 'unknown' }>
  /** Lets another reader of the same municipality get the same child's texts. */
  joinChild: (joined: ReaderChild) => Promise<ChangeOutcome>
  /**
   * Replaces the dates that are given; from then on the stages count from the new ones. `unknown` too
   * for who may not, see {@link DateRights}.
   */
  changeAnchor: (changed: ReaderChild & { dates: ChildDates }) => Promise<ChangeOutcome>
  /** Sets the birth date and keeps the due date; {@link changeAnchor}'s rights. */
  reportBirth: (born: ReaderChild & { birthDate: LocalDay }) => Promise<ChangeOutcome>
  /** Takes a birth back that was told too early; of a child with a due date. */
  takeBackBirth: (of: ReaderChild) => Promise<ChangeOutcome>
  /** Who changes the dates of a child; null when it is not (any more) this reader's. */
  dateRights: (of: ReaderChild) => Promise<DateRights | null>
  /** So many at most of those who are to be told that another reader changed dates, the oldest first. */
  dueDateNotes: (limit: number) => Promise<DateNote[]>
  /** Takes a note away, once; false when it was taken, or changed since. */
  takeDateNote: (note: DateNote) => Promise<boolean>
  putOffDateNote: (note: DateNote, until: Date) => Promise<void>
  /** Lets these of the others change the dates, and none but these; only its first reader does. */
  giveDateRights: (given: ReaderChild & { to: readonly string[] }) => Promise<ChangeOutcome>
  chooseCorrectedAge: (choice: ReaderChild & { isCorrected: boolean }) => Promise<ChangeOutcome>
  changeProfile: (changed: {
    readerId: string
    edition?: string
    relation?: Relation
    area?: string | null
  }) => Promise<ChangeOutcome>
  /** Makes wishes of how texts come, and takes back those that are undefined; others stay. */
  changeWishes: (changed: {
    readerId: string
    wishes: { [Name in keyof Wishes]?: Wishes[Name] | undefined }
  }) => Promise<ChangeOutcome>

  /**
   * A loss: stops the child for every reader who shares it, and what could be the same child
   * registered once more; siblings and a twin who was said to be one go on.
   */
  stopChild: (stopped: StoppedChild) => Promise<ChangeOutcome>
  /** Takes one reader off a child; the others go on. */
  leaveChild: (left: StoppedChild) => Promise<ChangeOutcome>
  /** Stops everything for one reader, on every channel. */
  stopReader: (readerId: string, who?: Stopper) => Promise<ChangeOutcome>
  /**
   * What the one click in a mail of theirs asks for: mail ends; a reader without another active
   * identity, or whose texts do not come by mail any more, is stopped.
   */
  unsubscribeMail: (readerId: string, browser?: string | null) => Promise<ChangeOutcome>
  /** What it would end now, of whose mail it is; null of whom nothing is left. */
  mailStopOf: (readerId: string) => Promise<MailStop | null>
  /**
   * What a reader has stopped and may undo, newest first. With `browser` only what that browser has
   * stopped: whoever holds a forwarded link undoes nothing of the reader's own.
   */
  openStops: (asked: { readerId: string; browser?: string | null }) => Promise<OpenStop[]>
  /** Undoes one of {@link openStops}; nothing that went by meanwhile is caught up. */
  undoStop: (undone: {
    id: string
    readerId: string
    browser?: string | null
  }) => Promise<ChangeOutcome>

  /**
   * Pauses everything for one reader until a day, or until they come back (null). With the `browser`
   * of whoever asks it by a link, null without cookies, a rest that is on is left as it is.
   */
  rest: (rest: {
    readerId: string
    until: LocalDay | null
    browser?: string | null
  }) => Promise<ChangeOutcome>
  /** Ends a rest at once. */
  comeBack: (readerId: string) => Promise<ChangeOutcome>
  /** Whether the present rest was begun by a link in this browser, not longer ago than stops are undone. */
  isOwnRest: (asked: { readerId: string; browser: string | null }) => Promise<boolean>
  /** Ends such a rest; `unknown` in any other browser. */
  takeBackRest: (asked: { readerId: string; browser: string | null }) => Promise<ChangeOutcome>

  /** No municipality sends to this address any more, until its owner confirms it again. */
  suppress: (suppressed: {
    channel: ChannelName
    account: string
    index: string
    reason: SuppressionReason
  }) => Promise<void>
  /**
   * Notes a refusal that may be the reader's own filter; one on a later day suppresses the address.
   * Two on the same day (siblings' texts) count once, and a new confirmation begins anew.
   */
  noteMaybeFilter: (refused: {
    channel: ChannelName
    account: string
    index: string
    /** Day of the texts that were refused. */
    date: LocalDay
  }) => Promise<void>
  /**
   * Notes that a mailbox was full or out of reach for a text of this day; five days over ten suppress
   * the address, and a new confirmation begins anew.
   */
  noteSoftRefusal: (refused: {
    channel: ChannelName
    account: string
    index: string
    date: LocalDay
  }) => Promise<void>
  /** Blocks or unblocks the LINE identity of the account's municipalities, in order of time. */
  recordFriendship: (friendship: Friendship) => Promise<{ status: 'recorded' | 'outdated' }>

  /** Keeps what was typed so far; false when the id is another browser's. */
  keepForm: (kept: FormId & { values: Record<string, string> }) => Promise<boolean>
  /** What was typed so far; null when it has ended or is another browser's. */
  findForm: (form: FormId) => Promise<Record<string, string> | null>
  forgetForm: (form: FormId) => Promise<void>

  /** Takes a key for one browser, the first that brings it; false in any other, for `keptMs`. */
  takeKey: (taken: { key: string; browser: string; keptMs: number }) => Promise<boolean>
  /** Whether another browser has pressed the link with this key. */
  isPageLinkTaken: (link: { key: string; browser: string }) => Promise<boolean>
  /**
   * Uses a link up for one browser and opens the reader's page there; null when it is another
   * browser's. `place` is the page that {@link keepPlace} kept, once.
   */
  openVisit: (opened: {
    key: string
    browser: string
    readerId: string
    /** When the link ends. */
    expiresAt: Date
  }) => Promise<{ id: string; place: string | null } | null>
  /** Id of the visit to a reader's page that is open in a browser, or null. */
  openVisitOf: (of: { readerId: string; browser: string }) => Promise<string | null>
  /** Whose page a visit shows; null in another browser. One that is not open may still stop. */
  findVisit: (visit: {
    id: string
    browser: string
  }) => Promise<{ readerId: string; isOpen: boolean } | null>
  /** Keeps the page somebody was on when the visit had ended, to go on there. */
  keepPlace: (kept: { id: string; place: string }) => Promise<void>

  /**
   * Keeps a mail registration until its address is confirmed; null when it was asked too often, or
   * with the same `once`, which a form carries that a double press sends twice.
   */
  requestConfirmation: (
    registration: Registration,
    once?: string,
  ) => Promise<{ token: string; id: string } | null>
  /** Ends what waits under this id, as time would; `used`: its owner was faster. */
  endConfirmation: (id: string) => Promise<'ended' | 'used'>
  /** What became of a confirmation, without using it. */
  findConfirmation: (token: string) => Promise<ConfirmationState>
  /** Uses the token, once, and registers in the same transaction. @throws ChildGoneError */
  confirm: (token: string) => Promise<Confirmed>

  /** Keeps a registration until the LINE friend confirms it; false when the link was used before. */
  askLineFriend: (asked: { key: string; registration: Registration }) => Promise<boolean>
  /** Whether a registration was filled in by the link with this key. */
  isLineLinkUsed: (key: string) => Promise<boolean>
  /** What waits for this friend's answer, the newest of its kind: a change of contact before a registration. */
  waitingInTalk: (address: Address) => Promise<WaitingInTalk | null>
  /** Registers what the friend was asked about, once; `address` is whose talk the answer is from. @throws ChildGoneError */
  confirmByLine: (answer: { key: string; address: Address }) => Promise<LineConfirmed>
  /** Forgets what the friend was asked about; gives it once, null when nothing waited. */
  refuseByLine: (answer: { key: string; address: Address }) => Promise<WaitingRegistration | null>

  /** Whether a webhook event was dealt with already. */
  isEventDone: (webhookEventId: string) => Promise<boolean>
  /** True for the first who says so of an event: two of the same may be dealt with at once. */
  markEventDone: (webhookEventId: string) => Promise<boolean>

  /** The counter, where staff act for a reader who is there. */
  counter: CounterStore

  /** Moves of a town's readers to another account. */
  moves: AccountMoves

  /** Counts that a registration was opened or begun; nothing tells the visitors apart. */
  countForm: (municipality: string, step: FormStep, source: string | null) => Promise<void>

  /** Imports a list of readers: all of it or nothing; the same file again adds nothing. */
  importRows: (request: ImportRequest) => Promise<ImportOutcome>

  /** All municipalities' readers with this address, through the blind index. */
  findByIdentity: (address: Address) => Promise<Reader[]>
  /**
   * The same, and `former`: whoever got texts at this address before they changed it or moved,
   * `municipality` sent there.
   */
  findByTalk: (
    address: Address,
  ) => Promise<{ own: Reader[]; former: { reader: Reader; municipality: string }[] }>
  /** Null too for one of whom nothing is left but that they stopped. */
  findReader: (readerId: string) => Promise<Reader | null>
  findChild: (childId: string) => Promise<Child | null>
  /** The active children of one reader, youngest first. */
  childrenOf: (readerId: string) => Promise<Child[]>
  /**
   * How the others are related who are registered with a reader's child, those too who have left,
   * stopped or rest: nobody is to see by it who did.
   */
  sharersOf: (of: ReaderChild) => Promise<Relation[]>
  /** Every child of one reader, those that were stopped too, youngest first. */
  everyChildOf: (readerId: string) => Promise<Child[]>
  /** Whether anything is sent to each contact; `lineAccounts` are the ids of the town's, or its one. */
  contactStates: (
    reader: Pick<Reader, 'identities'>,
    lineAccounts: string | null | readonly string[],
  ) => Promise<ContactState[]>
  /** The address to send to. *Pure.* @throws SealError */
  openAddress: (identity: Identity) => string
}

/** Opens the store; call `ensureIndexes` once before its first use. */
export function createReaderStore(context: StoreContext): ReaderStore {
  return {
    ensureIndexes: async () => {
      await ensureReaderIndexes(context.db)
      await ensureFormUseIndexes(context.db)
      await ensureAccountMarkIndexes(context.db)
    },
    counter: createCounter(context),
    moves: createAccountMoves(context),
    register: (registration) =>
      inTurn(context.db, (session) => registerIn(context, registration, session)),
    ...createChanges(context),
    ...createDateNotes(context),
    ...createStops(context),
    ...createUndo(context),
    ...createRests(context),
    ...createSupports(context),
    ...createBlocks(context),
    ...createKeptForms(context),
    ...createFormUse(context),
    ...createVisits(context),
    ...createWishes(context),
    ...createConfirmations(context),
    ...createLineConfirmations(context),
    waitingInTalk: (address) => waitingInTalk(context, address),
    ...createLookups(context),
    ...createContactStates(context),
    ...createContactChanges(context),
    ...createTownMoves(context),
    ...createErasing(context),
    ...createOwnRecords(context),
    importRows: (request) => importReaders(context, request),
    ...createWebhookEvents(context),
  }
}
