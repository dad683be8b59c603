import type { Payload, PayloadRequest } from 'payload'

import type { LocalDay } from '../stage/day'
import type { OpenArchive } from '../archive/encryptedZip'
import type { TakeoutManifest } from '../archive/manifest'

/** A document as an archive has it. */
export type BroughtDocument = { id: string } & Record<string, unknown>

/** What documents are brought into. */
export interface BringOptions {
  payload: Payload
  archive: OpenArchive
  manifest: TakeoutManifest
  now: () => Date
}

/** What is known while documents are brought. */
export interface Bringing extends BringOptions {
  req: PayloadRequest
  today: LocalDay
  /** Ids of where they come from, and what they are here. */
  ids: Map<string, string>
}

/** The documents of an archive's file, with the ids they have here. */
export async function* documentsIn(
  { archive, ids }: Pick<Bringing, 'archive' | 'ids'>,
  path: string,
): AsyncGenerator<BroughtDocument> {
  for await (const line of archive.lines(path)) {
    let here = line
    for (const [was, is] of ids) here = here.replaceAll(was, is)
    yield JSON.parse(here) as BroughtDocument
  }
}

/** What a document of where they come from is here. *Pure.* */
export function hereOf({ ids }: Pick<Bringing, 'ids'>, id: string): string {
  return ids.get(id) ?? id
}
