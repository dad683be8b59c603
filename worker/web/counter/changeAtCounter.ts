import { html } from '../../../src/release/escape'
import type { LocalDay } from '../../../src/stage/day'
import type { Child, Relation } from '../../readers/reader'
import { changeFault } from '../../readers/sameChild'

import { dateFields, errorSummary, radios, titleWith, type FieldErrors } from '../field'
import { othersDates } from '../family/othersDates'
import { findTyped, keepTyped, type Typed } from '../formMemory'
import { checkTypedDate, eraHint, typedDateOf, type DateKind } from '../typedDate'
import type { WebContext } from '../webContext'
import { standard } from '../words/standard'
import { editionName } from '../words/words'
import { dateOf } from './childDate'
import { showDesk, type DeskRequest, type ServedDesk } from './counterDoor'

const NO_ERRORS: FieldErrors = {}

/** GET: what selects this reader's texts. */
export function askAbout(desk: ServedDesk, _: DeskRequest, web: WebContext): void {
  const { reader, municipality, base } = desk
  const { relations, registration } = standard
  const { answers, noArea } = registration
  const { editions, areas } = municipality
  const names = { editionLabels: web.editionLabels, words: standard }
  const heading = '続柄・文章の書き方・地区を変える'
  const asked = (name: 'relation' | 'edition' | 'area') => {
    return { name, label: answers[name], errors: NO_ERRORS }
  }
  const body = html`<h1>${heading}</h1>
    <form method="post" novalidate>
      ${radios(asked('relation'), {
        choices: Object.entries(relations).map(([value, label]) => ({ value, label })),
        value: reader.relation,
      })}
      ${radios(asked('edition'), {
        choices: editions.map((value) => ({ value, label: editionName(value, names) })),
        value: reader.edition,
      })}
      ${
        areas.length > 0 &&
        radios(asked('area'), {
          choices: ['', ...areas].map((value) => ({ value, label: value || noArea })),
          value: reader.area ?? '',
        })
      }
      <div class="actions afterReading">
        <button class="main">保存する</button>
        <a class="button second" href="${base}">もどる</a>
      </div>
    </form>`
  showDesk(desk, { title: heading, body })
}

/** POST: saves what the town offers; anything else stays as it was. */
export async function saveAbout(
  desk: ServedDesk,
  request: DeskRequest,
  { readers }: WebContext,
): Promise<void> {
  const { reader, visit, municipality, base, response } = desk
  const changed = changedAbout(textsOf(request.body), { reader, municipality })
  const detail = Object.keys(changed).join(',')
  if (detail === '') return response.redirect(303, `${base}?done=same`)
  await readers.counter.note(visit, { act: 'change', reader: reader._id, detail })
  await readers.changeProfile({ readerId: reader._id, ...changed })
  response.redirect(303, `${base}?done=about`)
}

/** What of a form is something else than before, and the town offers. *Pure.* */
function changedAbout(
  { relation = '', edition = '', area }: Typed,
  { reader, municipality }: Pick<ServedDesk, 'reader' | 'municipality'>,
): { relation?: Relation; edition?: string; area?: string | null } {
  const { editions, areas } = municipality
  const isArea = area === '' || areas.includes(area ?? '')
  const isRelation = Object.hasOwn(standard.relations, relation)
  return {
    ...(isRelation && relation !== reader.relation && { relation: relation as Relation }),
    ...(editions.includes(edition) && edition !== reader.edition && { edition }),
    ...(isArea && (area || null) !== reader.area && { area: area || null }),
  }
}

/** GET: a child's due date or birthday. */
export async function askDates(
  desk: ServedDesk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const child = childOf(desk, request)
  if (!child) return desk.response.redirect(303, desk.base)
  if (await areOthers(web, desk, child)) return desk.response.redirect(303, noRight(desk))
  const typed = await findTyped(web, request)
  const errors = typed ? faultsOf(desk, child, typed) : NO_ERRORS
  const kind = typed?.anchor ?? (child.birthDate ? 'birthDate' : 'dueDate')
  const day = typed ? fieldsOf(typed) : typedDateOf(child.birthDate ?? child.dueDate)
  const heading = 'お子さんの日付を変える'
  const body = html`<h1>${heading}</h1>
    ${errorSummary(errors)}
    <p>いまの登録: ${dateOf(child)}</p>
    <form method="post" novalidate>
      ${radios(
        { name: 'anchor', label: '変えるもの', errors },
        {
          choices: [
            ...(child.birthDate ? [] : [{ value: 'dueDate', label: '出産予定日' }]),
            { value: 'birthDate', label: child.birthDate ? '誕生日' : '生まれたので、誕生日' },
          ],
          value: kind,
        },
      )}
      ${dateFields({ name: 'date', label: '日付', hint: eraHint(desk.today), errors }, day)}
      <div class="actions afterReading">
        <button class="main">保存する</button>
        <a class="button second" href="${desk.base}">もどる</a>
      </div>
    </form>`
  showDesk(desk, { title: titleWith(errors, heading), body })
}

/** POST: from now on the stages count from the new date; the page shows it. */
export async function saveDates(
  desk: ServedDesk,
  request: DeskRequest,
  web: WebContext,
): Promise<void> {
  const { reader, visit, base, response } = desk
  const child = childOf(desk, request)
  if (!child) return response.redirect(303, base)
  if (await areOthers(web, desk, child)) return response.redirect(303, noRight(desk))
  const typed = textsOf(request.body)
  const checked = checkedDay(desk, child, typed)
  if (typeof checked === 'string') {
    const kept = await keepTyped(web, request, { ...typed })
    return response.redirect(303, `${base}/children/${child._id}/dates?d=${kept}`)
  }
  const { kind, day } = checked
  const of = { readerId: reader._id, childId: child._id }
  const noted = { reader: reader._id, child: child._id, detail: kind }
  await web.readers.counter.note(visit, { act: 'change', ...noted })
  const { status } = await (kind === 'birthDate'
    ? web.readers.reportBirth({ ...of, birthDate: day })
    : web.readers.changeAnchor({ ...of, dates: { dueDate: day } }))
  response.redirect(303, status === 'changed' ? `${base}?done=dates` : noRight(desk))
}

/** Whether only others of the family may change a child's dates: staff then do not either. */
async function areOthers(web: WebContext, { reader }: ServedDesk, child: Child): Promise<boolean> {
  return (await othersDates(web, { reader, children: [child] })).has(child._id)
}

/** The reader's page, which says so. */
function noRight({ base }: ServedDesk): string {
  return `${base}?done=noRight`
}

function childOf({ children }: ServedDesk, { params }: DeskRequest): Child | undefined {
  return children.find(({ _id }) => _id === params.childId)
}

function faultsOf(desk: ServedDesk, child: Child, typed: Typed): FieldErrors {
  const checked = checkedDay(desk, child, typed)
  return typeof checked === 'string' ? { date: checked } : NO_ERRORS
}

/** The day that was typed, or what is wrong with it for this child. */
function checkedDay(
  { today }: ServedDesk,
  child: Child,
  typed: Typed,
): { kind: DateKind; day: LocalDay } | string {
  const kind = typed.anchor === 'birthDate' || child.birthDate ? 'birthDate' : 'dueDate'
  const asked = kind === 'birthDate' ? 'birth' : 'due'
  const checked = checkTypedDate(fieldsOf(typed), { kind, today, asked })
  if (!checked.isValid) return checked.message
  const fault = changeFault(child, { [kind]: checked.day }, today)
  return fault === null
    ? { kind, day: checked.day }
    : `登録されている日付(${dateOf(child)})と合いません。日付を確かめてください。`
}

function fieldsOf({ year = '', month = '', day = '' }: Typed) {
  return { year, month, day }
}

const FIELDS = ['relation', 'edition', 'area', 'anchor', 'year', 'month', 'day'] as const

/** The fields of a form that are texts. *Pure.* */
function textsOf(body: unknown): Typed {
  const given = (body ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    FIELDS.flatMap((name) => {
      const text = given[name]
      return typeof text === 'string' ? [[name, text.slice(0, 300)]] : []
    }),
  )
}
