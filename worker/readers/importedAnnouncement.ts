import { announceDay, lastAnnounceDay } from '../../src/plan/announcement'
import { compareChildren } from '../../src/plan/candidate'
import type { ReaderPreferences } from '../../src/plan/slotContent'
import { localDayOf } from '../../src/stage/day'
import type { Announce, Child, Reader } from './reader'

/**
 * Subject of the announcement that readers of a town (six-digit code) and edition get, or null where
 * there is none.
 */
export type FindAnnouncement = (town: string, preferences: ReaderPreferences) => string | null

/** Of one town, how many new readers are told who sends from now on, and how many nobody tells. */
export interface ImportAnnouncement {
  municipality: string
  told: number
  /** What they read in the list of their mails, one an edition. */
  subjects: string[]
  untold: number
}

/**
 * That a new reader is to be told, counted with the youngest of the children that came with them; null
 * without any. *Pure.*
 */
export function announceOf(
  { _id, municipality }: Pick<Reader, '_id' | 'municipality'>,
  children: readonly Child[],
  now: Date,
): Announce | null {
  const [youngest] = children
    .map(({ _id: id, dueDate, birthDate }) => ({ id, anchors: { dueDate, birthDate } }))
    .map((child) => ({ ...child, pair: '', isCorrected: false }))
    .sort(compareChildren)
  if (!youngest) return null
  const today = localDayOf(now)
  const days = { on: announceDay(_id, today), until: lastAnnounceDay(today) }
  return { child: youngest.id, municipality, ...days }
}

/** New readers with their announcement, where there is one, and what that comes to. *Pure.* */
export function announceTo(
  readers: readonly Reader[],
  children: readonly Child[],
  { find, now }: { find: FindAnnouncement; now: Date },
): { readers: Reader[]; announcements: ImportAnnouncement[] } {
  const childrenOf = new Map<string, Child[]>()
  for (const child of children) {
    for (const id of child.readers) childrenOf.set(id, [...(childrenOf.get(id) ?? []), child])
  }
  const byTown = new Map<string, ImportAnnouncement>()
  const told = readers.map((reader) => {
    const announce = announceOf(reader, childrenOf.get(reader._id) ?? [], now)
    if (!announce) return reader
    const subject = find(reader.municipality, reader)
    byTown.set(reader.municipality, counted(byTown.get(reader.municipality), reader, subject))
    return subject === null ? reader : { ...reader, announce }
  })
  return { readers: told, announcements: [...byTown.values()] }
}

function counted(
  before: ImportAnnouncement | undefined,
  { municipality }: Pick<Reader, 'municipality'>,
  subject: string | null,
): ImportAnnouncement {
  const { told, subjects, untold } = before ?? { told: 0, subjects: [], untold: 0 }
  if (subject === null) return { municipality, told, subjects, untold: untold + 1 }
  const all = [...new Set([...subjects, subject])]
  return { municipality, told: told + 1, subjects: all, untold }
}
