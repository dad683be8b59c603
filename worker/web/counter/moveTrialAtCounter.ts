import { MAIL } from '../../../src/accounts/topology'
import { html, type Html } from '../../../src/release/escape'
import type { MoveOfTown } from '../../readers/accountMoves'

import type { WebContext } from '../webContext'
import type { DeskRequest, ServedDesk } from './counterDoor'

/** On the reader's page while a move of the town is tried: the way to be one of those who try it. *Pure.* */
export function moveTrialSection({ base, municipality, reader }: ServedDesk): Html | null {
  if (municipality.move?.stage !== 'trial' || reader.status !== 'active') return null
  return html`<section class="card">
    <h2>LINE アカウントの引っ越しの試し</h2>
    <p>加えると、この方にだけ、移るためのお知らせが届きます。ご本人に話してから加えてください。</p>
    <form method="post" action="${base}/move-trial">
      <button class="second">引っ越しの試しに加える</button>
    </form>
  </section>`
}

/** POST: lets this reader try the move; who is not on the account that is left cannot. */
export async function addToMoveTrial(
  desk: ServedDesk,
  _: DeskRequest,
  web: WebContext,
): Promise<void> {
  const { reader, visit, base, response } = desk
  const move = await moveOf(web, desk)
  if (!move) return response.redirect(303, base)
  await web.readers.counter.note(visit, { act: 'change', reader: reader._id, detail: 'moveTrial' })
  const isAdded = await web.readers.moves.addTrial({ move, readerId: reader._id })
  response.redirect(303, `${base}?done=${isAdded ? 'trial' : 'noTrial'}`)
}

/** The town's move while it is tried, with the providers of its accounts; else null. */
async function moveOf(
  { settings }: WebContext,
  { municipality }: ServedDesk,
): Promise<MoveOfTown | null> {
  const { move, code } = municipality
  const to = await settings.lineAccount(move?.to ?? '')
  const from = move?.from === MAIL ? null : await settings.lineAccount(move?.from ?? '')
  if (move?.stage !== 'trial' || !to || (move.from !== MAIL && !from)) return null
  const { id, kind, stage } = move
  const fromProvider = from?.provider ?? MAIL
  return { id, kind, stage, municipality: code, fromProvider, toProvider: to.provider }
}
