import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, saying } from '../cms/endpoint'
import { findApproverNames } from '../people/approvers'
import { canDecide, canPropose, canTakeBack, isApprover } from './changeRights'
import { changeLines, type ChangeLine, type TownWords } from './townWords'
import { findOpenChange, findTown, townNotFound, type Ending, type WordChange } from './findChanges'
import { endChange, proposeChange } from './wordChanges'

interface Clock {
  now: () => Date
}

const line = z.string().max(2000)

/** Other words of a municipality, as they are sent; what is left out stays. */
export const wordsShape = z
  .strictObject({
    name: line,
    senderName: line,
    department: line,
    phone: line,
    hours: line,
    url: line,
    variables: z.array(z.strictObject({ name: line, value: line })).max(200),
    hosts: z.array(line).max(100),
    areas: z.array(line).max(500),
  })
  .partial()

const proposal = z.object({ words: wordsShape, note: z.string().trim().max(500).default('') })
const ending = z.object({ reason: z.string().trim().max(500).default('') })

const UNREADABLE = '変更の内容を読めません。画面を読み直してください。理由は 500 文字までです。'

/** Words without those left out, which TypeScript would not tell from undefined ones. *Pure.* */
export function givenWords(words: z.output<typeof wordsShape>): Partial<TownWords> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined))
}

/**
 * `POST /kizuna-municipalities/:id/propose-words` with `{ words, note }`, and `GET
 * /kizuna-municipalities/:id/open-change`: what waits, and what the person may do about it.
 */
export function proposalEndpointsOf({ now }: Clock): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/:id/propose-words',
      who: loggedIn,
      input: jsonBody(proposal, saying(UNREADABLE)),
      run: async ({ req, id, input: { words, note } }) => {
        await proposeChange(req, { id, words: givenWords(words), note }, { now })
        return describeOpenChange(req, id)
      },
    }),
    endpoint({
      method: 'get',
      path: '/:id/open-change',
      who: loggedIn,
      run: ({ req, id }) => describeOpenChange(req, id),
    }),
  ]
}

/** `POST /kizuna-municipality-changes/:id/{confirm, decline, take-back}` with `{ reason }`. */
export function changeEndpoints({ now }: Clock): Endpoint[] {
  return (['confirm', 'decline', 'take-back'] satisfies Ending[]).map((step) =>
    endpoint({
      method: 'post',
      path: `/:id/${step}`,
      who: loggedIn,
      input: jsonBody(ending, saying(UNREADABLE)),
      run: async ({ req, id, input: { reason } }) => {
        await endChange(req, { id, ending: step, note: reason }, { now })
        return { isDone: true }
      },
    }),
  )
}

/** Most approvers who are named. */
const NAMED = 5

/** A change that waits, as the person of the request sees it. */
export interface OpenChange {
  change:
    | (Pick<WordChange, 'id' | 'proposedByName' | 'note' | 'at' | 'after'> & {
        lines: ChangeLine[]
      })
    | null
  can: { propose: boolean; decide: boolean; takeBack: boolean }
  /** Who can confirm it, in a sentence. */
  deciders: string
}

async function describeOpenChange(req: PayloadRequest, municipality: string): Promise<OpenChange> {
  await refuseUnlessReadable(req, municipality)
  const open = await findOpenChange(req, municipality)
  const proposer = open?.proposedBy ?? String(req.user?.id)
  return {
    change: open && {
      id: open.id,
      proposedByName: open.proposedByName,
      note: open.note,
      at: open.at,
      after: open.after,
      lines: changeLines(open.before, open.after),
    },
    can: {
      propose: canPropose(req.user, municipality),
      decide: open !== null && canDecide(req.user, open),
      takeBack: open !== null && canTakeBack(req.user, open),
    },
    deciders: decidersSentence(
      await findApproverNames(req, { municipality, except: proposer, limit: NAMED }),
      {
        isOnlyApprover: open === null && isApprover(req.user, municipality),
      },
    ),
  }
}

/** What waits of a municipality is for those who read its changes. */
async function refuseUnlessReadable(req: PayloadRequest, municipality: string): Promise<void> {
  const allowed = await req.payload.collections['kizuna-municipality-changes'].config.access.read({
    req,
  })
  if (allowed === false) throw townNotFound()
  await findTown(req, municipality)
}

/**
 * Who can confirm a change; there is always somebody. Who asks and is the one approver there is reads
 * of themselves. *Pure.*
 */
export function decidersSentence(
  approvers: readonly string[],
  { isOnlyApprover = false }: { isOnlyApprover?: boolean } = {},
): string {
  if (approvers.length === 0 && isOnlyApprover) {
    return 'この自治体の承認者はあなただけなので、あなたが提案した変更は、制作監修チームの監修責任者かシステム管理者が確かめます。'
  }
  if (approvers.length === 0) {
    return 'この自治体には、提案した人のほかに、確かめられる承認者がいません。制作監修チームの監修責任者かシステム管理者が確かめます。'
  }
  const names = approvers.map((name) => `${name}さん`).join('、')
  return `確かめるのは、自治体の承認者(${names})です。いないときは、制作監修チームの監修責任者かシステム管理者が確かめられます。`
}
