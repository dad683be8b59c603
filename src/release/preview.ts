import type { AddOnRelease } from './addOnOrder'
import { compose, type Composition } from './compose'
import { ComposeError } from './composeError'
import type { ContactFooter } from './contact'
import type { AddOnContent, ManuscriptContent } from './content'
import { ownPart, placeOfOwn, type OwnPart } from './ownPart'
import { checkAddOn, checkManuscript, type Problem } from './limits'
import { leftOutOfLine, renderLine } from './line'
import type { LineMessage } from './lineMessage'
import { lockScreen, type LockScreen } from './lockScreen'
import { renderMail, type RenderedMail } from './mail'
import { SAMPLE_PLACES } from './quietRow'
import { isAskedAbout } from './voiceLink'
import { markUnknownVariables, variablesIn } from './variables'

/** What is to be shown; contact and sender are a sample's unless given. */
export interface PreviewInput {
  manuscripts: readonly ManuscriptContent[]
  addOns: readonly AddOnContent[]
  /** Values of the municipality's variables; the name in 〔〕 stands for one that is missing. */
  variables?: Readonly<Record<string, string>>
  isPlural?: boolean
  /** Notifications say no more than whose text it is. */
  isDiscreet?: boolean
  /** The edition its reader chose. @default that of the first manuscript */
  edition?: string
  name?: string
  senderName?: string
  contact?: ContactFooter
  accent?: string | null
  /** The document whose part is wanted: one of the contents above, the object itself. */
  own?: ManuscriptContent | AddOnContent
}

/** What a family would receive, as far as it can be shown, and what stands in the way. */
export interface Preview {
  /** Empty when nothing can be composed yet. */
  line: LineMessage[]
  mail: RenderedMail | null
  /** UTF-16 units of its text in LINE, whatever form it has there. */
  lineUnits: number
  /** What is read of it before it is opened. */
  lockScreen: LockScreen
  problems: Problem[]
  /** Where the document that was named stands in it; null where it does not, or none was. */
  own: OwnPart | null
  /** Titles of add-ons that do not fit into LINE's five messages. */
  leftOut: string[]
}

/** Contact of nobody, for a preview without a municipality. */
export const SAMPLE_CONTACT: ContactFooter = {
  department: '見本市 こども家庭課',
  phone: '000-000-0000',
  hours: '平日 8:30〜17:15',
  url: 'https://example.jp/',
}

/**
 * UTF-16 units that are shown: half as many again as fifty blocks of the longest texts have. A draft may
 * have more, of which nothing goes out.
 */
const MAX_SHOWN = 400_000

/**
 * The preview for the admin: the worker's own composition and rendering, with sample values, and
 * never a throw for an unfinished text. *Pure.*
 */
export function previewFor(input: PreviewInput): Preview {
  const problems = problemsOf(input)
  if (unitsOf(input) > MAX_SHOWN) return { ...NOTHING, problems }
  try {
    const composition = composed(input)
    const leftOut = leftOutOfLine(composition).map(({ title }) => title)
    const mail = renderMail(composition)
    const line = renderLine(composition)
    return {
      line,
      mail,
      lineUnits: lineUnits(composition),
      lockScreen: lockScreen(line, mail, composition.senderName),
      problems,
      own: ownPartOf(input, composition),
      leftOut,
    }
  } catch (error) {
    if (!(error instanceof ComposeError) && problems.length === 0) throw error
    return { ...NOTHING, problems }
  }
}

function composed(input: PreviewInput): Composition {
  const [first] = [...input.manuscripts, ...input.addOns]
  const isAsked = first !== undefined && isAskedAbout(first)
  return { ...composedWords(input), ...(isAsked && { voiceUrl: SAMPLE_PLACES.voices ?? '' }) }
}

function composedWords(input: PreviewInput): Composition {
  return compose({
    manuscripts: input.manuscripts.map(withMarkedUnknowns),
    addOns: input.addOns.map((content) => withSampleValues(content, input.variables)),
    isPlural: input.isPlural ?? false,
    isDiscreet: input.isDiscreet ?? false,
    ...(input.edition === undefined ? {} : { edition: input.edition }),
    name: input.name ?? '見本市',
    senderName: input.senderName ?? '見本市 子育て便り',
    contact: input.contact ?? SAMPLE_CONTACT,
    accent: input.accent ?? null,
  })
}

/** Found by composing it alone: what it says is the same among others. */
function ownPartOf(input: PreviewInput, whole: Composition): OwnPart | null {
  const { own } = input
  const manuscripts = input.manuscripts.filter((content) => content === own)
  const addOns = input.addOns.filter((content) => content === own)
  if (manuscripts.length + addOns.length === 0) return null
  try {
    const place = placeOfOwn(whole, composed({ ...input, manuscripts, addOns }))
    return place && ownPart(whole, place)
  } catch (error) {
    if (error instanceof ComposeError) return null // it says nothing yet
    throw error
  }
}

const NOTHING: Omit<Preview, 'problems'> = {
  line: [],
  mail: null,
  lineUnits: 0,
  lockScreen: { line: [], mail: null },
  own: null,
  leftOut: [],
}

/** As it is for who may be shown it in notifications: then a text is sent as a text. */
function lineUnits({ neutral: _, ...composition }: Composition): number {
  const messages = renderLine(composition)
  return messages.reduce((sum, one) => sum + (one.type === 'text' ? one.text.length : 0), 0)
}

function unitsOf({ manuscripts, addOns }: PreviewInput): number {
  const words = [...manuscripts, ...addOns.flatMap(({ blocks }) => blocks)].flatMap(Object.values)
  return words.reduce((sum, word) => sum + (typeof word === 'string' ? word.length : 0), 0)
}

function problemsOf({ manuscripts, addOns, variables = {} }: PreviewInput): Problem[] {
  const names = Object.keys(variables)
  return [
    ...manuscripts.flatMap((content) => checkManuscript(content)),
    ...addOns.flatMap((content) => checkAddOn(content, { variables: names })),
  ]
}

function withSampleValues(content: AddOnContent, variables = {}): AddOnRelease {
  const names = variablesIn(JSON.stringify([content.title, content.blocks]))
  const samples = Object.fromEntries(names.map((name) => [name, `〔${name}〕`]))
  return { content, variables: { ...samples, ...variables } }
}

function withMarkedUnknowns(content: ManuscriptContent): ManuscriptContent {
  const { body, subject } = content
  return { ...content, body: markUnknownVariables(body), subject: markUnknownVariables(subject) }
}
