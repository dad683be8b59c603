import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { OCCASIONS } from '../../src/source/occasions'
import type { Relation } from '../readers/reader'

import { checkAnswers } from './checkAnswers'
import { consentText } from './consent'
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
  select,
  textField,
  titleWith,
  weekFields,
  type FieldErrors,
  type Question,
} from './field'
import { languageButtons } from './languageSwitch'
import type { FamilyOutlook } from './outlook'
import type { Page } from './page'
import {
  channelsOf,
  chosenChannel,
  chosenEdition,
  completeDraft,
  countChoices,
  countOf,
  isSourceAsked,
  screensFor,
  type RegistrationContext,
} from './registrationCheck'
import { stageSaid } from './registrationAnswers'
import { stageSentence } from './stageWords'
import { eraHint } from './typedDate'
import { editionHint, editionName } from './words/words'

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
  /** Whether the screen was opened to correct one of the answers. */
  isChange: boolean
}

/** One screen of a registration; what was typed on the others travels hidden. *Pure.* */
export function registrationPage(view: ScreenView): Page {
  const { screen, draft, errors, context, formId, isChange } = view
  const { words, municipality } = context
  const heading = headingOf(view)
  const parts = {
    channel: channelPart,
    date: datePart,
    count: countPart,
    relation: relationPart,
    edition: editionPart,
    area: areaPart,
    confirm: confirmPart,
  }
  const isLast = screen === 'confirm'
  const to = isChange ? 'confirm' : ''
  const body = html`<form method="post" action="/r/${municipality.code}?d=${formId}" novalidate>
      ${languageButtons(words)} ${!isChange && stepOf(view)}
      ${!HEADED.includes(screen) && html`<h1>${heading}</h1>`} ${errorSummary(errors, words)}
      ${hidden({ ...draft, to }, screen)} ${parts[screen](view)}
      ${(isLast ? actionsAfterReading : actions)(
        isLast ? words.registration.submit : words.form.next,
        backOf(view),
      )}
    </form>
    ${formScript()}`
  return { title: titleWith(errors, heading, words), body, municipality, words }
}

/** Screens whose heading is their one question. */
const HEADED: readonly Screen[] = ['count', 'relation', 'edition', 'area']

function headingOf({ screen, context }: ScreenView): string {
  const { registration } = context.words
  const isMailOnly = channelsOf(context.municipality).join() === 'mail'
  return screen === 'channel' && isMailOnly ? registration.channelOnlyMail : registration[screen]
}

function stepOf({ screen, context }: ScreenView): Html {
  const screens = screensFor(context)
  const position = screens.indexOf(screen) + 1
  return html`<p class="step">${context.words.registration.step(position, screens.length)}</p>`
}

function backOf({ screen, context, isChange }: ScreenView): Html | undefined {
  const screens = screensFor(context)
  const previous = isChange ? 'confirm' : screens[screens.indexOf(screen) - 1]
  return previous && backButton(previous, context.words.form.back)
}

function hidden(draft: Draft, screen: Screen): Html[] {
  const visible: readonly string[] = ['screen', 'go', ...SCREEN_FIELDS[screen]]
  const others = Object.entries(draft).filter(([name]) => !visible.includes(name))
  return [['screen', screen], ...others]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)
}

/** A question whose words are the page's own. */
function question(
  { errors, context: { words } }: ScreenView,
  asked: Pick<Question, 'name' | 'label' | 'hint' | 'isHeading'>,
): Question {
  return { ...asked, errors, words }
}

function channelPart(view: ScreenView): Html {
  const { draft, context } = view
  const { registration, channelChoices } = context.words
  const channels = channelsOf(context.municipality)
  const choices = channels.map((value) => ({ value, label: channelChoices[value] }))
  const value = chosenChannel(draft, context.municipality)
  const asked = { name: 'channel', label: registration.answers.channel }
  const mail = { name: 'mail', label: registration.mail, hint: registration.mailHint }
  return html`<div class="byMail">
    <p>${registration.about}</p>
    ${channels.length > 1 && radios(question(view, asked), { choices, value })}
    ${
      channels.includes('mail') &&
      html`<div class="mailOnly">
        ${textField(question(view, mail), {
          type: 'email',
          value: draft.mail,
          autocomplete: 'email',
        })}
      </div>`
    }
  </div>`
}

const ANCHORS = ['dueDate', 'birthDate', 'weeks', 'unknown'] as const

function datePart(view: ScreenView): Html {
  const { draft, context } = view
  const { registration, date } = context.words
  const choices = ANCHORS.map((value) => ({ value, label: registration.anchors[value] }))
  const hint = html`${registration.dateHint}<br />${eraHint(context.today, context.words)}`
  const weeks = {
    name: 'weeks',
    label: registration.weeksNow,
    hint: registration.weeksHint,
  }
  return html`<div class="byAnchor">
    ${radios(question(view, { name: 'anchor', label: registration.child }), {
      choices,
      value: draft.anchor,
    })}
    <div class="dateOnly">
      ${dateFields(question(view, { name: 'date', label: date.either, hint }), draft)}
    </div>
    <div class="weeksOnly">${weekFields(question(view, weeks), draft)}</div>
  </div>`
}

/** What was just said of the child, so that a typing error is seen before anything is saved. */
function said(view: ScreenView): HtmlValue {
  const { draft, context } = view
  const { words, today } = context
  const { children } = completeDraft(draft, context)
  const [only = {}, ...others] = children
  const due = only.birthDate ? null : only.dueDate
  if (!due || others.length > 0) return stageSaid(children, today, words)
  return html`<p class="said">
    ${stageSentence(only, today, words)}<br />${words.child.dueOn(words.day(due))}
  </p>`
}

function countPart(view: ScreenView): Html {
  const { words } = view.context
  const { count: label, countHint: hint } = words.registration
  const asked = { name: 'count', label, hint, isHeading: true }
  return radios(question(view, asked), {
    choices: countChoices(words),
    value: countOf(view.draft.count),
  })
}

const RELATIONS: readonly Relation[] = ['mother', 'father', 'grandparent', 'other']

function relationPart(view: ScreenView): Html {
  const { words } = view.context
  const choices = RELATIONS.map((value) => ({ value, label: words.relations[value] }))
  const asked = { name: 'relation', label: words.registration.relation, isHeading: true }
  return html`${said(view)}
  ${radios(question(view, asked), { choices, value: view.draft.relation })}`
}

function editionPart(view: ScreenView): Html {
  const { context, draft, editionLabels } = view
  const { municipality, words } = context
  const choices = municipality.editions.map((value) => ({
    value,
    label: editionName(value, { editionLabels, words }),
  }))
  const hint = editionHint(municipality, words)
  const asked = { name: 'edition', label: words.registration.edition, hint, isHeading: true }
  return radios(question(view, asked), { choices, value: chosenEdition(draft, municipality) })
}

function areaPart(view: ScreenView): Html {
  const { context, draft } = view
  const { areas } = context.municipality
  const { area: label, areaHint: hint, noArea } = context.words.registration
  const choices = [{ value: '', label: noArea }, ...areas.map((area) => asChoice(area))]
  const asked = { name: 'area', label, hint, isHeading: true }
  return radios(question(view, asked), { choices, value: draft.area })
}

function confirmPart(view: ScreenView): Html {
  const { draft, context, once, keptDays, formId } = view
  const { municipality, words } = context
  const hrefOf = (screen: Screen) => `/r/${municipality.code}/${screen}?d=${formId}&to=confirm`
  return html`${checkAnswers({ ...view, hrefOf })}
    <input type="hidden" name="once" value="${once}" />
    ${isSourceAsked(draft, context) && sourcePart(view)}
    ${consentText(municipality.name, keptDays, words)}
    ${checkbox(
      question(view, { name: 'consent', label: words.registration.consent }),
      draft.consent === 'yes',
    )}`
}

/** An answer that helps the town, and that nobody has to give. */
function sourcePart(view: ScreenView): Html {
  const { foundBy: label, foundByHint: hint, noAnswer, occasions } = view.context.words.registration
  const choices = OCCASIONS.map(({ value }) => ({ value, label: occasions[value] }))
  return select(question(view, { name: 'foundBy', label, hint }), {
    choices: [{ value: '', label: noAnswer }, ...choices],
    value: view.draft.foundBy,
  })
}

function asChoice(value: string) {
  return { value, label: value }
}
