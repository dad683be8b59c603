import { deliveryId } from '../../../../src/plan/candidate'
import { compose } from '../../../../src/release/compose'
import type { Release } from '../../../../src/release/content'
import { renderLine } from '../../../../src/release/line'
import { renderMail } from '../../../../src/release/mail'
import { payloadHash } from '../../../../src/release/payload'
import { ledgerCollections } from '../../../../worker/ledger/collections'
import type { Batch, StoredPayload } from '../../../../worker/ledger/documents'
import * as town from '../../../src/plan/town'
import { frozenBatch } from '../../ledger/openLedger'
import type { openWeb } from '../openWeb'

type Web = Awaited<ReturnType<typeof openWeb>>

/** A text that went out to a reader of one child. */
interface Sent {
  readerId: string
  childId: string
  slot: string
  day: string
  channel?: Batch['channel']
  state?: Batch['state']
  /** Words of the manuscript. */
  body?: string
  subject?: string
  /** Add-ons that went with it. */
  addOns?: Release[]
  /** Its notification says neutral words alone. */
  isDiscreet?: boolean
  /** A twin it spoke of, too. */
  twin?: string
}

/** Records in the ledger what planning and sending do, with the text as it is really rendered. */
export async function sendText(web: Web, sent: Sent): Promise<{ manuscript: Release }> {
  const { readerId, childId, slot, day, channel = 'line', state = 'accepted', addOns = [] } = sent
  const { isDiscreet = false } = sent
  const { body = `${slot} の文です。`, subject = `${slot} のお知らせ` } = sent
  const manuscript = town.release(
    town.text({ slot: slot === 'welcome' ? '4w0d' : slot, body, subject }),
  )
  await web.contentStore.addReleases([manuscript, ...addOns])
  const payload = {
    ...rendered({ manuscript, addOns, channel, isDiscreet }),
    usedOn: day,
  } as StoredPayload
  const ledger = ledgerCollections(web.db)
  await ledger.payloads.insertOne(payload)
  const pair = await web.collections.pairs.findOne({ reader: readerId, child: childId })
  const id = deliveryId(pair!._id, slot)
  const run = `${pair!.municipality}:${day}`
  const number = await ledger.batches.countDocuments()
  const batch = { _id: `${run}/1.${number}`, run, date: day, channel, recipients: [id] }
  await ledger.batches.insertOne(
    frozenBatch({ ...batch, municipality: pair!.municipality, payload: payload._id, state }),
  )
  await ledger.deliveries.insertOne({ _id: id, batch: batch._id })
  if (sent.twin) {
    const other = await web.collections.pairs.findOne({ reader: readerId, child: sent.twin })
    const covers = deliveryId(other!._id, slot)
    const exclusion = { delivery: covers, covers, into: id, reason: 'twin' as const }
    await ledger.exclusions.insertOne({
      _id: `${run}|${covers}`,
      run,
      date: day,
      attempt: 1,
      ...exclusion,
    })
  }
  return { manuscript }
}

function rendered({
  manuscript,
  addOns,
  channel,
  isDiscreet,
}: {
  manuscript: Release
  addOns: Release[]
  channel: Batch['channel']
  isDiscreet: boolean
}) {
  const { name, senderName, contact } = town.settings()
  const composition = compose({
    manuscripts: [manuscript.content as never],
    addOns: addOns.map(({ content, variables }) => ({ content: content as never, variables })),
    isPlural: false,
    isDiscreet,
    name,
    senderName,
    contact,
  })
  const all = [manuscript, ...addOns]
  const approved = {
    contentHashes: all.map(({ contentHash }) => contentHash),
    releaseKeys: all.map(({ key }) => key),
  }
  if (channel === 'mail') {
    const mail = renderMail(composition)
    return { _id: payloadHash(mail), ...approved, channel, mail }
  }
  const messages = renderLine(composition)
  return { _id: payloadHash(messages), ...approved, channel, messages }
}
