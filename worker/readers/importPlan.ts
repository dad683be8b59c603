import type { KeyRing } from '../../src/secret/seal'

import { sealIdentity, suppressionId } from './identity'
import { dateKey, importedChildren, type ImportedReader } from './importedReader'
import type { Child, Reader } from './reader'

/** Known: was there already. Stopped: the reader had stopped, and an import never restarts. */
export interface ImportCounts {
  readersAdded: number
  readersKnown: number
  readersStopped: number
  childrenAdded: number
  childrenKnown: number
}

/** What the database holds of the readers in the file. */
export interface AlreadyStored {
  readers: Reader[]
  /** Theirs, stopped ones too. */
  children: Child[]
  suppressionIds: ReadonlySet<string>
}

/** What an import writes. */
export interface ImportPlan {
  counts: ImportCounts
  readers: Reader[]
  children: Child[]
}

/** Finds the reader of the database that a reader of the file is. *Pure.* */
export function readerFinder(readers: Reader[]): (imported: ImportedReader) => Reader | null {
  const byIdentity = new Map(
    readers.flatMap((reader) =>
      reader.identities.map((identity): [string, Reader] => [
        `${reader.municipality}:${suppressionId(identity)}`,
        reader,
      ]),
    ),
  )
  return ({ first, index }) => {
    const { channel, account } = first.address
    return (
      byIdentity.get(`${first.municipality}:${suppressionId({ channel, account, index })}`) ?? null
    )
  }
}

/** Decides what is added; nothing that is there is changed. *Pure.* but for the sealing. */
export function planImport(
  imported: ImportedReader[],
  { ring, now, stored }: { ring: KeyRing; now: Date; stored: AlreadyStored },
): ImportPlan {
  const find = readerFinder(stored.readers)
  const isNewChild = childFilter(stored.children)
  const counts = emptyCounts()
  const plan: ImportPlan = { counts, readers: [], children: [] }
  for (const reader of imported) {
    const known = find(reader)
    if (known?.status === 'stopped') {
      counts.readersStopped += 1
      continue
    }
    counts[known ? 'readersKnown' : 'readersAdded'] += 1
    if (!known) plan.readers.push(newReader(reader, { ring, now, stored }))
    const children = importedChildren(reader.rows, known?._id ?? reader.id, now)
    const added = children.filter(isNewChild)
    counts.childrenAdded += added.length
    counts.childrenKnown += children.length - added.length
    plan.children.push(...added)
  }
  return plan
}

function emptyCounts(): ImportCounts {
  return {
    readersAdded: 0,
    readersKnown: 0,
    readersStopped: 0,
    childrenAdded: 0,
    childrenKnown: 0,
  }
}

/** A child is known by its id, or by a date that was registered by hand (each once). */
function childFilter(stored: Child[]): (child: Child) => boolean {
  const ids = new Set(stored.map(({ _id }) => _id))
  const dates = new Map<string, number>()
  for (const child of stored) {
    for (const readerId of child.readers) {
      const key = dateKey(readerId, child)
      dates.set(key, (dates.get(key) ?? 0) + 1)
    }
  }
  return (child) => {
    const key = dateKey(child.readers[0] ?? '', child)
    const left = dates.get(key) ?? 0
    dates.set(key, left - 1)
    return !ids.has(child._id) && left <= 0
  }
}

function newReader(
  { id, first }: ImportedReader,
  { ring, now, stored }: { ring: KeyRing; now: Date; stored: AlreadyStored },
): Reader {
  const { municipality, edition, relation, area, source, consentedAt, consentVersion } = first
  const identity = sealIdentity(ring, first.address)
  const isSuppressed = stored.suppressionIds.has(suppressionId(identity))
  return {
    _id: id,
    municipality,
    edition,
    relation,
    area,
    source,
    consentedAt,
    consentVersion,
    status: 'active',
    identities: [{ ...identity, status: isSuppressed ? 'suppressed' : 'active' }],
    createdAt: now,
    changedAt: now,
  }
}
