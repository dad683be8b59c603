import type { Response } from 'express'

import { html } from '../../../src/release/escape'
import { checkMailAddress } from '../../../src/release/mailAddress'
import { readCode } from '../../../src/table/invisible'
import type { CounterQuestion } from '../../readers/counter'

import { errorSummary, textField, titleWith, type FieldErrors } from '../field'
import { findTyped, keepTyped } from '../formMemory'
import { notice } from '../page'
import { sendPage, type WebContext } from '../webContext'
import { numberLinks } from './numberLinks'
import { COUNTER, showDesk, type Desk, type DeskRequest } from './counterDoor'

const NUMBER = /^\d{8}$/

/** What is said of a reader who was not shown. */
const FAULTS: Readonly<Record<string, string>> = {
  none: 'この連絡先や番号の登録は、この自治体にはありません。つづりを確かめてください。ほかの連絡先や、ご家族の連絡先で登録していることもあります。番号は 10 分で変わります。',
  tooOften: '1 時間にさがせる回数をこえました。しばらくしてから、もう一度お試しください。',
}

/** The counter: one field, for the one reader who is there; nobody is listed. */
export async function showHome(desk: Desk, request: DeskRequest, web: WebContext): Promise<void> {
  const { fault } = request.query
  const typed = (await findTyped(web, request))?.who ?? ''
  const said = typeof fault === 'string' && Object.hasOwn(FAULTS, fault) ? FAULTS[fault] : null
  showDesk(desk, homePage(typed, faultsOf(typed, said ?? null)))
}

function faultsOf(typed: string, said: string | null): FieldErrors {
  if (said) return { who: said }
  if (typed === '') return {}
  const asked = questionOf(typed)
  return 'fault' in asked ? { who: asked.fault } : {}
}

function homePage(typed: string, errors: FieldErrors) {
  const heading = '窓口'
  const hint = `LINE の方や、アドレスが分からない方には、ご自分の「登録の内容」のページで、${numberLinks()}を押してもらいます。`
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)}
    <form class="undo" method="post" action="${COUNTER}/find" novalidate>
      ${textField(
        { name: 'who', label: 'その方のメールアドレス、または 8 けたの番号', hint, errors },
        { type: 'text', value: typed, autocomplete: 'off' },
      )}
      <button class="main">さがす</button>
    </form>
    <ul class="links">
      <li><a href="${COUNTER}/register">登録をする</a></li>
      <li><a href="${COUNTER}/guide">窓口の手引き(印刷)</a></li>
    </ul>
    <form class="undo" method="post" action="${COUNTER}/close">
      <button class="second">窓口をとじる</button>
    </form>`
  return { title: titleWith(errors, heading), body }
}

/** Looks the reader up who was named, and goes to them; what was typed stays out of the address. */
export async function findReader(desk: Desk, request: DeskRequest, web: WebContext): Promise<void> {
  const { who: given } = (request.body ?? {}) as { who?: unknown }
  const who = typeof given === 'string' ? given.slice(0, 300) : ''
  const again = async (fault: string) => {
    const kept = await keepTyped(web, request, { who })
    desk.response.redirect(303, `${COUNTER}?d=${kept}${fault && `&fault=${fault}`}`)
  }
  const asked = questionOf(who)
  if ('fault' in asked) return again('')
  const answer = await web.readers.counter.find(desk.visit, asked)
  if (answer.status !== 'found') return again(answer.status)
  desk.response.redirect(303, `${COUNTER}/readers/${answer.handle}`)
}

/** A number in any width and with gaps, or an address. *Pure.* */
function questionOf(who: string): CounterQuestion | { fault: string } {
  const number = readCode(who).replace(/[\s-]+/g, '')
  if (NUMBER.test(number)) return { number }
  const checked = checkMailAddress(who.trim())
  return checked.isValid ? { mail: checked.address } : { fault: checked.message }
}

/** Said when the counter was closed. */
export function closedPage(response: Response): void {
  const title = '窓口をとじました'
  sendPage(response, { title, body: notice(title, 'このタブは、とじてかまいません。') })
}
