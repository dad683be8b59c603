import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { dayLabel } from '../../src/stage/japaneseDate'

import { SCREEN_FIELDS, type Draft, type Screen } from './draft'
import {
  actions,
  actionsAfterReading,
  backButton,
  checkbox,
  dateFields,
  errorSummary,
  formScript,
  radios,
  textField,
  titleWith,
  type FieldErrors,
} from './field'
import { consentText } from './consent'
import { outlookSentences, type FamilyOutlook } from './outlook'
import type { Page } from './page'
import {
  channelsOf,
  chosenChannel,
  chosenEdition,
  completeDraft,
  datesOf,
  RELATIONS,
  screensFor,
  type CompleteDraft,
  type RegistrationContext,
} from './registrationCheck'
import { stageWords } from './stageWords'
import { eraHint } from './typedDate'

/** One screen to show. */
export interface ScreenView {
  screen: Screen
  draft: Draft
  errors: FieldErrors
  context: RegistrationContext
  editionLabels: Readonly<Record<string, string>>
  /** How many days what is known of somebody is kept after they stop. */
  keptDays: number
  /** The open form's id. */
  formId: string
  /** Key of this showing's button. */
  once: string
  /** What the family has to expect; null while its dates are not known, and where it is not told. */
  expected: FamilyOutlook | null
}

const HEADINGS: Record<Screen, string> = {
  channel: 'どちらで受け取りますか',
  date: 'お子さんについて',
  about: 'あなたについて',
  confirm: 'この内容で登録しますか',
}

/** One screen of a registration; what was typed on the others travels hidden. *Pure.* */
export function registrationPage(view: ScreenView): Page {
  const { screen, draft, errors, context, formId } = view
  const screens = screensFor(context)
  const position = screens.indexOf(screen)
  const previous = screens[position - 1]
  const parts = { channel: channelPart, date: datePart, about: aboutPart, confirm: confirmPart }
  const isLast = screen === 'confirm'
  const body = html`<p class="step">登録 ${position + 1} / ${screens.length}</p>
    <h1>${HEADINGS[screen]}</h1>
    ${errorSummary(errors)}
    <form method="post" action="/r/${context.municipality.code}?d=${formId}" novalidate>
      ${hidden(draft, screen)} ${parts[screen](view)}
      ${(isLast ? actionsAfterReading : actions)(
        isLast ? '登録する' : '次へ',
        previous && backButton(previous),
      )}
    </form>
    ${formScript()}`
  return {
    title: titleWith(errors, HEADINGS[screen]),
    body,
    municipality: context.municipality,
  }
}

function hidden(draft: Draft, screen: Screen): Html[] {
  const visible: readonly string[] = ['screen', 'go', ...SCREEN_FIELDS[screen]]
  const others = Object.entries(draft).filter(([name]) => !visible.includes(name))
  return [['screen', screen], ...others]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)
}

function channelPart({ draft, errors, context }: ScreenView): Html {
  const channels = channelsOf(context.municipality)
  const labels = { line: 'LINE で受け取る', mail: 'メールで受け取る' }
  const choices = channels.map((value) => ({ value, label: labels[value] }))
  const value = chosenChannel(draft, context.municipality)
  return html`<div class="byMail">
    <p>
      妊娠中から小学校入学のころまで、お子さんの時期に合わせた情報を無料でお届けします。いつでも止められます。
    </p>
    ${
      channels.length > 1 &&
      radios({ name: 'channel', label: '受け取り方', errors }, { choices, value })
    }
    ${
      channels.includes('mail') &&
      html`<div class="mailOnly">
        ${textField(
          {
            name: 'mail',
            label: 'メールアドレス',
            hint: '確認のメールを送ります。例: hanako@example.jp',
            errors,
          },
          { type: 'email', value: draft.mail, autocomplete: 'email' },
        )}
      </div>`
    }
  </div>`
}

function datePart({ draft, errors, context }: ScreenView): Html {
  const choices = [
    { value: 'dueDate', label: '妊娠中' },
    { value: 'birthDate', label: '生まれている' },
  ]
  const label = 'お子さんは'
  return html`${radios({ name: 'anchor', label, errors }, { choices, value: draft.anchor })}
  ${dateFields(
    {
      name: 'date',
      label: '出産予定日または誕生日',
      hint: `妊娠中の方は出産予定日、生まれている方は誕生日を入れてください。${eraHint(context.today)}`,
      errors,
    },
    draft,
  )}`
}

/** Before the edition is chosen only what no edition can help is told. */
function isNothing({ expected }: ScreenView): boolean {
  return (
    expected !== null && expected.outlook.kind !== 'text' && expected.otherEditions.length === 0
  )
}

function outlookNotice({ expected, context, editionLabels }: ScreenView): Html | null {
  if (!expected) return null
  const sentences = outlookSentences(expected, context.municipality, editionLabels)
  return html`<div class="outlook">${sentences.map((one) => html`<p>${one}</p>`)}</div>`
}

function aboutPart(view: ScreenView): Html {
  const { draft, errors, context, editionLabels } = view
  const { editions, areas } = context.municipality
  const editionChoices = editions.map((value) => ({ value, label: editionLabels[value] ?? value }))
  const areaChoices = [{ value: '', label: '選ばない' }, ...areas.map(asChoice)]
  const dates = context.shared ?? datesOf(draft, context.today)
  return html`${dates && html`<p class="said">${stageWords(dates, context.today)}。</p>`}
  ${isNothing(view) && outlookNotice(view)}
  ${radios(
    { name: 'relation', label: 'お子さんから見て', errors },
    { choices: RELATIONS, value: draft.relation },
  )}
  ${
    editions.length > 1 &&
    radios(
      { name: 'edition', label: '文章の書き方', errors },
      { choices: editionChoices, value: chosenEdition(draft, context.municipality) },
    )
  }
  ${
    areas.length > 0 &&
    radios(
      { name: 'area', label: 'お住まいの地区', hint: '地区のお知らせに使います。', errors },
      { choices: areaChoices, value: draft.area },
    )
  }`
}

function confirmPart(view: ScreenView): Html {
  const { draft, errors, context, once } = view
  const { municipality, today } = context
  const complete = completeDraft(draft, context)
  return html`<p class="said">${stageWords(complete.child, today)}。</p>
    ${outlookNotice(view)}
    <dl class="answers">
      ${answersOf(complete, view).map(
        ([term, value]) =>
          value &&
          html`<dt>${term}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <input type="hidden" name="once" value="${once}" />
    ${consentText(municipality, view.keptDays)}
    ${checkbox({ name: 'consent', label: '読んで、同意します', errors }, draft.consent === 'yes')}`
}

/** What will be registered, in the words of the screens; an answer that is false is not shown. */
function answersOf(
  { child, relation, edition, area, address }: CompleteDraft,
  { context, editionLabels }: ScreenView,
): [string, HtmlValue][] {
  const { birthDate, dueDate } = child
  return [
    [birthDate ? '誕生日' : '出産予定日', dayLabel(birthDate ?? dueDate ?? context.today)],
    ['受け取り方', context.visitor ? 'LINE' : html`メール<br />${address.address}`],
    ['お子さんから見て', RELATIONS.find(({ value }) => value === relation)?.label],
    ['文章の書き方', editionLabels[edition] ?? edition],
    ['お住まいの地区', area ?? (context.municipality.areas.length > 0 && '選ばない')],
  ]
}

function asChoice(value: string) {
  return { value, label: value }
}
