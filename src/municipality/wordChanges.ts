import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { recordAudit, type AuditAction } from '../cms/audit'
import { ReviewRefusal } from '../cms/refusal'
import { toStore } from '../cms/stored'
import { inTransaction } from '../cms/transaction'
import { nameOf } from '../people/names'
import { withOpenGate } from '../review/gate/gateKey'
import { ADMINS_WORDS, canDecide, canPropose, canTakeBack } from './changeRights'
import {
  findChange,
  findOpenChange,
  findTown,
  isEnded,
  type Ending,
  type Town,
  type WordChange,
} from './findChanges'
import { changedWords, dataOf, pick, titleOf, type TownWord, type TownWords } from './townWords'

interface Clock {
  now: () => Date
}

/**
 * Proposes other words for a municipality. It saves them and takes that back, so that what is
 * proposed is what can be saved; nothing of the municipality is changed.
 *
 * @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND, INCOMPLETE when nothing is changed, ALREADY_DONE
 * while another change waits; ValidationError as saving the municipality itself throws it.
 */
export async function proposeChange(
  req: PayloadRequest,
  { id, words, note }: { id: string; words: Partial<TownWords>; note: string },
  { now }: Clock,
): Promise<void> {
  if (!canPropose(req.user, id)) throw notAllowed('この自治体の変更を提案する権限がありません。')
  const town = await findTown(req, id)
  const named = changedWords(town.words, words)
  refuseUnlessProposable(req, named)
  if (await findOpenChange(req, id)) throw new ReviewRefusal('ALREADY_DONE', WAITING)
  const after = pick({ ...town.words, ...words }, named)
  await trySaving(req, town, after)
  await inTransaction(req, async () => {
    await insertStep(req, town, {
      step: 'propose',
      key: `propose:${randomUUID()}`,
      before: pick(town.words, named),
      after,
      note,
      title: titleOf(named),
    })
    await audit(req, town, { action: 'propose', named, note, at: now() })
  })
}

function refuseUnlessProposable(req: PayloadRequest, named: readonly TownWord[]): void {
  if (named.length === 0) {
    throw new ReviewRefusal('INCOMPLETE', 'いまの内容から、変わったところがありません。')
  }
  const admins = named.filter((word) => ADMINS_WORDS.includes(word))
  if (admins.length === 0 || canPropose(req.user, '')) return
  throw notAllowed(`${titleOf(admins)}の変更を提案できるのは、システム管理者だけです。`)
}

const WAITING =
  '確かめを待っている変更があります。それが終わるか、取り下げてから、もう一度提案してください。'

/** Carries what was found wrong out of a transaction that is never kept. */
class TakenBack extends Error {
  readonly code = 'TAKEN_BACK'
}

async function trySaving(req: PayloadRequest, town: Town, words: Partial<TownWords>) {
  try {
    await inTransaction(req, async () => {
      await saveWords(req, town, words)
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
}

async function saveWords(req: PayloadRequest, { id, words: now }: Town, words: Partial<TownWords>) {
  await withOpenGate(req, { collection: 'kizuna-municipalities', id }, () =>
    req.payload.update({
      collection: 'kizuna-municipalities',
      id,
      data: toStore(dataOf(words, now)),
      depth: 0,
      overrideAccess: true, // who may is asked by canDecide
      req,
    }),
  )
}

/**
 * Ends a change: confirms it, which is the one way a municipality's words are written, turns it
 * down with a reason, or takes it back.
 *
 * @throws ReviewRefusal NOT_FOUND, NOT_ALLOWED (also for who proposed it), INCOMPLETE without a
 * reason, ALREADY_DONE, CONTENT_CHANGED when the municipality has other words since.
 */
export function endChange(
  req: PayloadRequest,
  { id, ending, note }: { id: string; ending: Ending; note: string },
  { now }: Clock,
): Promise<void> {
  return inTransaction(req, async () => {
    const change = await findChange(req, id)
    refuseUnlessMay(req, change, ending)
    if (await isEnded(req, id)) throw new ReviewRefusal('ALREADY_DONE', ENDED)
    if (ending === 'decline' && !note) throw new ReviewRefusal('INCOMPLETE', REASON)
    const town = await findTown(req, change.municipality)
    const named = Object.keys(change.after) as TownWord[]
    await insertStep(req, town, {
      step: ending,
      key: `end:${id}`,
      change: id,
      note,
      title: titleOf(named),
    })
    if (ending === 'confirm') {
      refuseUnlessAsProposed(town, change)
      await saveWords(req, town, change.after)
    }
    await audit(req, town, { action: ACTIONS[ending], named, note, at: now() })
  })
}

const ENDED = 'この変更は、もう確かめられたか、取り下げられています。画面を読み直してください。'
const REASON = '見送る理由を書いてください。提案した人が読みます。'

const ACTIONS: Readonly<Record<Ending, AuditAction>> = {
  confirm: 'confirm',
  decline: 'decline',
  'take-back': 'take-back',
}

function refuseUnlessMay(req: PayloadRequest, change: WordChange, ending: Ending): void {
  if (ending === 'take-back') {
    if (canTakeBack(req.user, change)) return
    throw notAllowed('この変更を取り下げる権限がありません。')
  }
  if (canDecide(req.user, change)) return
  if (String(req.user?.id) === change.proposedBy) {
    throw notAllowed('自分が提案した変更は確かめられません。ほかの人に頼んでください。')
  }
  throw notAllowed(
    '変更を確かめられるのは、この自治体の承認者と、制作監修チームの監修責任者・システム管理者です。',
  )
}

function refuseUnlessAsProposed({ words }: Town, { before }: WordChange): void {
  const changed = changedWords(words, before)
  if (changed.length === 0) return
  throw new ReviewRefusal(
    'CONTENT_CHANGED',
    `提案のあとで${titleOf(changed)}が変わりました。この提案は取り下げて、もう一度提案してください。`,
  )
}

async function insertStep(req: PayloadRequest, { id }: Town, step: object): Promise<void> {
  await req.payload.create({
    collection: 'kizuna-municipality-changes',
    data: toStore({
      municipality: id,
      by: req.user?.id,
      byName: nameOf(req.user),
      ...step,
    }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}

function audit(
  req: PayloadRequest,
  { id, title }: Town,
  entry: { action: AuditAction; named: readonly TownWord[]; note: string; at: Date },
): Promise<void> {
  const { action, named, note, at } = entry
  return recordAudit(req, {
    action,
    collection: 'kizuna-municipalities',
    documentId: id,
    title,
    at,
    note: [titleOf(named), note].filter(Boolean).join(': '),
  })
}

function notAllowed(sentence: string): ReviewRefusal {
  return new ReviewRefusal('NOT_ALLOWED', sentence)
}
