import { createLocalReq } from 'payload'

import { settingsOf } from '../admin/pages/settingsOf'
import { ReviewRefusal } from '../cms/refusal'
import { endForOther } from '../people/secondFactor/ending'
import { peopleIn } from '../people/usersSlug'
import type { ImportCliIo } from './importTexts'
import { openCms } from './openCms'

/**
 * Ends somebody's second factor at the shell, as a system admin does in the CMS; the log has it.
 *
 * @returns the exit code: 0 done, 1 there is no such account or it has none.
 */
export async function endSecondFactor(email: string, io: ImportCliIo): Promise<number> {
  const cms = await openCms(io.env, io.ownNow)
  try {
    const { payload, now } = cms
    const account = await payload.db.findOne<{ id: string; email?: string }>({
      collection: peopleIn(payload),
      where: { email: { equals: email.trim().toLowerCase() } },
    })
    if (account === null) throw new ReviewRefusal('NOT_FOUND', NOBODY)
    const settings = { ...settingsOf(payload), now }
    const isTold = await endForOther(await createLocalReq({}, payload), account, settings)
    await io.out(
      `二段階認証を終わらせました。${isTold ? '本人にメールで知らせました。' : NOT_TOLD}`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof ReviewRefusal)) throw error
    await io.err(error.message)
    return 1
  } finally {
    await cms.close()
  }
}

const NOBODY =
  'このメールアドレスのアカウントは見つかりません。ログインに使うメールアドレスを確かめてください。'
const NOT_TOLD = 'メールは送れませんでした。本人に直接伝えてください。'
