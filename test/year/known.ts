// What the oracle knows of families: what they have done so far, and what is due for them.
import type { InForce } from './contents'
import { instant, slotsOn, type Day } from './days'
import { isLeftBehind, type Merge } from './merge'
import type { Act, Deed, PlannedReader } from './plan'

/** The hours at which people do things. */
export const TIMES = { morning: '07:30', afternoon: '15:00' } as const

/** A child as its family has told of it. */
export interface KnownChild {
  due: Day | null
  birth: Day | null
  isOver: boolean
}

/** A reader as they have acted. */
export interface KnownReader extends PlannedReader {
  isActive: boolean
  isBlocked: boolean
  /** Their address takes nothing. */
  isRefusing: boolean
  /** Texts come to an account that is no more. */
  isLeft: boolean
  children: Map<string, { isCorrected: boolean }>
  /** What they got, by child. */
  got: Set<string>
  told: Set<string>
  /** When nothing more may come, in milliseconds. */
  silentFrom: number | null
}

/** What is to come to a reader at a time of a day, and which children it is for. */
export type Due = Map<string, string[]>

/** All families. */
export interface Town {
  readers: Map<string, KnownReader>
  children: Map<string, KnownChild>
  inForce: InForce
}

/** Somebody who has done nothing yet, and gets nothing. *Pure.* */
export function freshReader(one: PlannedReader): KnownReader {
  return {
    ...one,
    ...{ isActive: false, isBlocked: false, isRefusing: false, isLeft: false },
    children: new Map(),
    got: new Set(),
    told: new Set(),
    silentFrom: 0,
  }
}

/** What is due for a reader now, of what they have not had. *Pure.* */
export function dueFor({ children, inForce }: Town, reader: KnownReader, day: Day): Due {
  const due: Due = new Map()
  if (!reader.isActive) return due
  for (const [key, { isCorrected }] of reader.children) {
    const child = children.get(key)
    if (!child || child.isOver) continue
    for (const slot of slotsOn({ ...child, isCorrected }, day)) {
      if (reader.got.has(`${key}:${slot}`) || inForce(slot, reader.edition, day) === null) continue
      due.set(slot, [...(due.get(slot) ?? []), key])
    }
  }
  return due
}

/** Notes whose account is no more. */
export function leaveBehind({ readers }: Pick<Town, 'readers'>, merge: Merge, day: Day): void {
  for (const reader of readers.values()) {
    reader.isLeft = isLeftBehind(merge, reader.address, day)
  }
}

/** Notes what somebody has done. */
export function apply(town: Town, act: Act): void {
  const reader = town.readers.get(act.reader)
  if (!reader) return
  const at = instant(act.day, TIMES[act.time])
  applyDeed(town, reader, act.deed)
  for (const one of town.readers.values()) {
    const isLeft = [...one.children.keys()].every((key) => town.children.get(key)?.isOver)
    const isSilent = !one.isActive || isLeft
    one.silentFrom = isSilent ? (one.silentFrom ?? at) : null
  }
}

function applyDeed(town: Town, reader: KnownReader, deed: Deed): void {
  const { children } = town
  switch (deed.kind) {
    case 'register':
      for (const { child, due, birth } of deed.children) {
        const known = children.get(child)
        const isCorrected = reader.children.get(child)?.isCorrected ?? false
        children.set(child, { due: due ?? known?.due ?? null, birth, isOver: false })
        reader.children.set(child, { isCorrected })
      }
      reader.isActive = true
      if (deed.address) reader.address = deed.address
      return
    case 'join':
      reader.isActive = true
      for (const key of town.readers.get(deed.of)?.children.keys() ?? []) {
        reader.children.set(key, { isCorrected: false })
      }
      return
    case 'birth':
      children.set(deed.child, { ...children.get(deed.child)!, birth: deed.date })
      reader.children.set(deed.child, { isCorrected: deed.isCorrected })
      return
    case 'due':
      children.set(deed.child, { ...children.get(deed.child)!, due: deed.date })
      return
    case 'loss':
      children.set(deed.child, { ...children.get(deed.child)!, isOver: true })
      return
    case 'add':
      children.set(deed.child, { due: deed.due, birth: null, isOver: false })
      reader.children.set(deed.child, { isCorrected: false })
      return
    case 'stop':
      reader.isActive = false
      return
    case 'undo':
      reader.isActive = true
      return
    case 'block':
      reader.isBlocked = true
      return
    case 'unblock':
      reader.isBlocked = false
      return
    case 'refuse':
      reader.isRefusing = true
      return
    case 'takeAgain':
      reader.isRefusing = false
      return
    case 'move':
      reader.town = deed.to
      return
    case 'toLine':
    case 'relink':
      reader.address = deed.address
  }
}
