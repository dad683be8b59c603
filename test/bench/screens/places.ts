import type { Payload } from 'payload'

import { addDays, localDayOf } from '../../../src/stage/day'
import { codes } from '../fixtures'
import { insertRaw, rawId, writtenAgo } from '../../src/review/insertTexts'

/** A municipality of the bench. */
export interface Place {
  id: string
  code: string
  /** Id of who writes its add-ons. */
  writer: string
}

interface Raw {
  connection: { collection: (name: string) => { findOne: () => Promise<object | null> } }
}

/** Days of which each municipality has a report. */
const REPORT_DAYS = 10

/**
 * Municipalities like the first one, each with its reports of these days and two people, straight
 * into the database; `from` and `to` number them.
 */
export async function insertPlaces(
  payload: Payload,
  { from, to, series }: { from: number; to: number; series: readonly { id: string }[] },
): Promise<Place[]> {
  const { connection } = payload.db as unknown as Raw
  const model = await connection.collection('kizuna-municipalities').findOne()
  const places = codes(to)
    .slice(from)
    .map((code) => ({ code, id: rawId(payload), writer: rawId(payload) }))
  await insertRaw(
    payload,
    'kizuna-municipalities',
    places.map(({ code, id }) => ({
      ...model,
      _id: id,
      code,
      name: `見本${code}市`,
      series: series.map((one) => ({ series: rawId(payload, one.id), isEndIncluded: true })),
    })),
  )
  await insertRaw(
    payload,
    'users',
    places.flatMap(({ code, id, writer }) =>
      (['municipal-editor', 'municipal-approver'] as const).map((role) => ({
        _id: role === 'municipal-editor' ? writer : rawId(payload),
        kizunaName: `${code} ${role}`,
        email: `${role}-${code}@example.jp`,
        kizunaRoles: [role],
        kizunaPerson: true,
        kizunaMunicipality: id,
        ...writtenAgo(99),
      })),
    ),
  )
  const today = localDayOf(new Date())
  const days = Array.from({ length: REPORT_DAYS }, (_, ago) => addDays(today, -ago))
  await insertRaw(
    payload,
    'kizuna-reports',
    places.flatMap(({ id, code }) => days.map((date) => reportOf({ id, code, date }))),
  )
  return places.map(({ id, code, writer }) => ({ code, id: String(id), writer: String(writer) }))
}

function reportOf({ id, code, date }: { id: object; code: string; date: string }) {
  return {
    title: `${date} 見本${code}市`,
    municipality: id,
    date,
    numbers: { readers: 1200, accepted: 300, rejected: 2 },
    isFinal: true,
    ...writtenAgo(5),
  }
}
