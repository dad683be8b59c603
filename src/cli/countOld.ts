import { settingsOf } from '../admin/pages/settingsOf'
import { countOld as countOldIn, type OldKind } from '../retention/removeOld'
import { openCms } from './openCms'

export type { OldKind }

/** Counts for the operator at the shell what the CMS would remove by its age now. */
export async function countOld(env: Record<string, string | undefined>, ownNow: () => Date) {
  const cms = await openCms(env, ownNow)
  try {
    const { keptReportDays } = settingsOf(cms.payload)
    return { keptReportDays, rows: await countOldIn(cms.payload, { now: cms.now, keptReportDays }) }
  } finally {
    await cms.close()
  }
}
