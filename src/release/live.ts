import { contentHash } from './hash'
import type { AddOnContent, ManuscriptContent, Release } from './content'

/** A release that is in force, and whether it is still what was approved. */
export interface LiveRelease<Content extends ManuscriptContent | AddOnContent> {
  release: Release
  content: Content
  /** False when the content no longer gives the approved hash: it must not be sent. */
  isSound: boolean
}

/** All releases in force, ready for planning. */
export interface LiveContent {
  texts: LiveRelease<ManuscriptContent>[]
  addOns: LiveRelease<AddOnContent>[]
}

/** What decides which of a key's releases is in force. */
export type Revision = Pick<Release, 'key' | 'revision' | 'action'>

/** The release with the highest revision of each key, withdrawals included. *Pure.* */
export function latestByKey<R extends Revision>(releases: Iterable<R>): R[] {
  const latest = new Map<string, R>()
  for (const release of releases) {
    const known = latest.get(release.key)
    if (!known || known.revision < release.revision) latest.set(release.key, release)
  }
  return [...latest.values()]
}

/** The releases in force: the latest of each key, unless that one is a withdrawal. *Pure.* */
export function inForce<R extends Revision>(releases: Iterable<R>): R[] {
  return latestByKey(releases).filter(({ action }) => action !== 'withdraw')
}

/** The releases in force, ready for planning. *Pure.* */
export function liveContent(releases: Iterable<Release>): LiveContent {
  const live: LiveContent = { texts: [], addOns: [] }
  for (const release of inForce(releases)) {
    const { content } = release
    const isSound = isWhatWasApproved(release)
    if (content.type === 'manuscript') live.texts.push({ release, content, isSound })
    else live.addOns.push({ release, content, isSound })
  }
  return live
}

const judged = new WeakMap<object, boolean>()

/**
 * Whether a release's content gives the hash that was approved; computed once for each release that
 * was read. *Pure* but for that memory.
 */
export function isWhatWasApproved(release: Pick<Release, 'content' | 'contentHash'>): boolean {
  const known = judged.get(release)
  if (known !== undefined) return known
  const isSame = contentHash(release.content) === release.contentHash
  judged.set(release, isSame)
  return isSame
}
