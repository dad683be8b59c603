import type { LatestRelease } from './decide'

/** Who wrote on a document, as far as it decides who may approve it. */
export interface Writing {
  /** Ids of all who wrote on it since the last publication. */
  since: readonly string[]
  contentHash: string
  release: LatestRelease | null
}

/**
 * Ids of all whose own text this is to approve. Over a text that is out, those who wrote since:
 * others have approved the rest. Where nothing is out any more, or where what is out is looked at
 * anew, also everybody who wrote what was released, however often it went out and came back. *Pure.*
 */
export function authorsOf({ since, contentHash, release }: Writing): string[] {
  if (release === null) return [...since]
  const isOthersApproved = release.action === 'publish' && release.contentHash !== contentHash
  return isOthersApproved ? [...since] : everybody({ since, release })
}

/** Ids of all who ever wrote on a document. *Pure.* */
export function everybody({ since, release }: Pick<Writing, 'since' | 'release'>): string[] {
  return [...new Set([...(release?.authors ?? []), ...since])]
}
