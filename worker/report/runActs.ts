import type { RunStore } from '../ledger/runs'
import { isDoneByCms, type Cms } from '../content/cms'

interface RunActsOptions {
  cms: Pick<Cms, 'runActs' | 'endRunAct'>
  runs: Pick<RunStore, 'decideHeld'>
}

/**
 * Does what people ask in the CMS about held runs. Each names one hold: one that is done twice, because
 * the CMS did not hear of the first time, changes nothing.
 */
export function createRunActs({ cms, runs }: RunActsOptions) {
  return {
    /** Tells whether there was anything to do. */
    doAll: async (): Promise<boolean> => {
      let hasActed = false
      await isDoneByCms(async () => {
        for (const asked of await cms.runActs()) {
          await runs.decideHeld(asked.run, new Date(asked.heldAt), asked.act)
          await cms.endRunAct(asked)
          hasActed = true
        }
      })
      return hasActed
    },
  }
}
