import { settingsOf } from '../admin/pages/settingsOf'
import { rebuildStates } from '../review/queries/refreshStates'
import type { ImportCliIo } from './importTexts'
import { openCms } from './openCms'

/**
 * Derives the states of all texts anew for the operator at the shell; can be repeated, also while the
 * CMS runs.
 *
 * @returns the exit code: 0 done.
 */
export async function rebuildAllStates(
  { isJson }: { isJson: boolean },
  io: ImportCliIo,
): Promise<number> {
  const cms = await openCms(io.env, io.ownNow)
  try {
    const texts = await rebuildStates(cms.payload, settingsOf(cms.payload).policy)
    await io.out(
      isJson ? JSON.stringify({ texts }) : `原稿 ${texts} 件の状態を、はじめから作り直しました。`,
    )
    return 0
  } finally {
    await cms.close()
  }
}
