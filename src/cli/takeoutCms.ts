import { createLocalReq } from 'payload'

import { settingsOf } from '../admin/pages/settingsOf'
import type { OpenArchive } from '../archive/encryptedZip'
import type { TakeoutManifest } from '../archive/manifest'
import type { CmsPart } from '../archive/ownPart'
import { rebuildStates } from '../review/queries/refreshStates'
import { bringDocuments, type BroughtDocuments } from '../takeout/bringDocuments'
import { cmsPart } from '../takeout/cmsPart'
import { townOfCode, type OwnTown } from '../takeout/ownTown'
import { openCms } from './openCms'

/** The CMS's half of a takeout, for the operator at the shell. */
export interface TakeoutCms {
  /** The municipality of a code; null when there is none. */
  town: (code: string) => Promise<OwnTown | null>
  /** What is a municipality's own, by its id. */
  part: (municipality: string) => Promise<CmsPart>
  /** Brings the documents of an archive, and derives what follows from them. */
  bring: (archive: OpenArchive, manifest: TakeoutManifest) => Promise<BroughtDocuments>
  close: () => Promise<void>
}

/** Opens the CMS for one command. */
export async function openTakeoutCms(
  env: Record<string, string | undefined>,
  ownNow?: () => Date,
): Promise<TakeoutCms> {
  const { payload, now, close } = await openCms(env, ownNow)
  return {
    town: (code) => townOfCode(payload, code),
    part: async (municipality) =>
      cmsPart(await createLocalReq({}, payload), { municipality, overrideAccess: true }),
    bring: async (archive, manifest) => {
      const brought = await bringDocuments({ payload, archive, manifest, now })
      await rebuildStates(payload, settingsOf(payload).policy)
      return brought
    },
    close,
  }
}
