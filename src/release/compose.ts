import { sortAddOns, type AddOnRelease } from './addOnOrder'
import { BLOCK_TYPES, type BlockTypes } from './blocks/blockTypes'
import { withPicturesAt } from './blocks/chosenPictures'
import { composeBlock } from './composeBlock'
import { ComposeError } from './composeError'
import { contactLines, contactVariables, type ContactFooter } from './contact'
import type { AddOnBlock, AddOnContent, ManuscriptContent } from './content'
import { encodeLinks } from './linksInText'
import { neutralWords, type NeutralWords } from './neutralWords'
import { ownEdition, ownWords } from './ownWords'
import { isQuietAddOn, isWithoutPictures, shownPicture, type TextPicture } from './picture'
import { cleanLine, cleanText, hasUnsendableInLine } from './plainText'
import { COMMON_TEXTS, remembered } from './remembered'
import { fillVariables, pluralVariables, variableTable } from './variables'

/** What a delivery says, for one child (or twins) on one day. */
export interface Said {
  /** Stage text first, then milestones; empty for an add-on alone. */
  manuscripts: readonly ManuscriptContent[]
  addOns: readonly AddOnRelease[]
  /** Twins: the plural words are used. */
  isPlural: boolean
  /** Paragraph before everything else, for a reader who has just registered. */
  welcome?: string
  /** Nothing of it is to be read where others may see it. @default false */
  isDiscreet?: boolean
  /** The edition its reader chose. @default that of the first manuscript */
  edition?: string
}

/** What a municipality puts on all of its texts. */
export interface Letterhead {
  /** Name of the municipality, for texts that say no more at first. @default 自治体 */
  name?: string
  senderName: string
  contact: ContactFooter
  /** Accent colour `#rrggbb`; absent, null or too pale for white letters: the default blue. */
  accent?: string | null
}

/** Everything one delivery is made of. */
export type ComposeInput = Said & Letterhead

/** A delivery with all words in place, before a channel gives it a form. */
export interface Composition {
  subject: string
  /** Welcome, why a text is in another edition, and manuscripts, in order; may be empty. */
  texts: string[]
  /** Beside the texts, where its readers may see one. */
  picture?: TextPicture
  addOns: ComposedAddOn[]
  /** Lines under every text, the sender's name first. */
  footer: string[]
  senderName: string
  accent: string | null
  /** Where readers say what they think of it; absent: they are not asked. */
  voiceUrl?: string
  /** A mail says that its readers may come to LINE. */
  isLineOffered?: true
  /** Whose words the product's own parts have; absent: the standard edition's. */
  edition?: string
  /** All that notifications and lists may show; absent where they may show the text. */
  neutral?: NeutralWords
}

/** An add-on with all words in place; blocks without any text are gone. */
export interface ComposedAddOn {
  title: string
  blocks: AddOnBlock[]
  picture?: TextPicture
}

/**
 * Puts common texts, the municipality's add-ons (by order, first slot, title) and the contact
 * footer together. The municipality's present contact fills the contact variables; other variables
 * come from the add-on's release. Throws ComposeError (UNKNOWN_VARIABLE, BAD_SUBJECT, BAD_ADDRESS,
 * NOTHING_TO_SEND). *Pure.*
 */
export function compose(input: ComposeInput, types: BlockTypes = BLOCK_TYPES): Composition {
  return createComposer(input, types)(input)
}

/**
 * Composes many deliveries of one municipality: what they have in common is made once. The contents
 * do not change meanwhile. *Pure* but for that memory.
 */
export function createComposer(letterhead: Letterhead, types: BlockTypes = BLOCK_TYPES) {
  const { contact, accent = null } = letterhead
  const senderName = cleanLine(letterhead.senderName)
  const partsOf = createOwnParts(letterhead)
  const forOne = createWords(contact, { isPlural: false, types })
  const forTwins = createWords(contact, { isPlural: true, types })

  return (said: Said): Composition => {
    const filled = said.isPlural ? forTwins : forOne
    const texts = composeTexts(said, filled)
    const addOns = sortAddOns(said.addOns)
      .map(filled.addOn)
      .filter(({ title, blocks }) => title !== '' || blocks.length > 0)
    if (texts.length === 0 && addOns.length === 0) throw nothingToSend()
    const subject = subjectOf(said, filled) || titleOf(addOns, senderName)
    const edition = said.edition ?? said.manuscripts[0]?.edition
    const ofEdition = edition === undefined ? {} : { edition }
    const { footer, neutral, neutralFooter } = partsOf(edition)
    const words = { subject, texts, addOns, footer, senderName, accent, ...ofEdition }
    const composition =
      isWithoutPictures(edition) || said.isDiscreet
        ? withoutPictures(words, types)
        : { ...words, ...pictureOf(said) }
    return said.isDiscreet ? { ...composition, neutral, footer: neutralFooter } : composition
  }
}

/** The same in words alone: for who does not see pictures, and where there is no room for them. *Pure.* */
export function withoutPictures(
  { picture: _, ...composition }: Composition,
  types: BlockTypes = BLOCK_TYPES,
): Composition {
  const addOns = composition.addOns.map(({ picture: __, blocks, ...addOn }) => ({
    ...addOn,
    blocks: blocks.map((block) => withPicturesAt(block, undefined, types)),
  }))
  return { ...composition, addOns }
}

/** One for all common texts of the day: the first that has one. */
function pictureOf({ manuscripts }: Said): Pick<Composition, 'picture'> {
  const picture = manuscripts.map(shownPicture).find((one) => one !== undefined)
  return picture ? { picture } : {}
}

interface OwnParts {
  footer: string[]
  /** Signed by the municipality alone: the service's name may tell what it is for. */
  neutralFooter: string[]
  neutral: NeutralWords
}

/** What a municipality's texts have in common, made once for each edition with words of its own. */
function createOwnParts({ name = '', senderName, contact }: Letterhead) {
  const known = new Map<string, OwnParts>()
  return (edition?: string): OwnParts => {
    const key = ownEdition(edition)
    const before = known.get(key)
    if (before) return before
    const footerOf = (sender: string) => contactLines(sender, contact, key).map(encodeLinks)
    const neutral = neutralWords(cleanLine(name), key)
    const parts = {
      footer: footerOf(senderName),
      neutral,
      neutralFooter: footerOf(neutral.sender),
    }
    known.set(key, parts)
    return parts
  }
}

type Values = ReadonlyMap<string, string>

/** How a municipality's variables are filled in for one child or for twins. */
interface Words {
  /** Values of the common variables. */
  values: Values
  addOn: (addOn: AddOnRelease) => ComposedAddOn
}

function createWords(
  contact: ContactFooter,
  { isPlural, types }: { isPlural: boolean; types: BlockTypes },
): Words {
  const common = { ...contactVariables(contact), ...pluralVariables(isPlural) }
  const known = new WeakMap<AddOnContent, { variables: object; composed: ComposedAddOn }>()
  const addOn = (one: AddOnRelease): ComposedAddOn => {
    const before = known.get(one.content)
    if (before?.variables === one.variables) return before.composed
    const composed = composeAddOn(one, variableTable(one.variables, common), types)
    known.set(one.content, { variables: one.variables, composed })
    return composed
  }
  return { values: variableTable(common), addOn }
}

/** A text as it is sent. Most are the same in all municipalities. */
const sentText = remembered((filled) => encodeLinks(cleanText(filled)), COMMON_TEXTS)

function composeTexts(said: Said, { values }: Words): string[] {
  const { welcome = '', manuscripts } = said
  const [other] = manuscripts.filter((one) => isOfOtherEdition(one, said.edition))
  const why = ownWords(said.edition).otherEdition
  return [welcome, ...manuscripts.flatMap((one) => [one === other ? why : '', one.body])]
    .map((text) => sentText(fillVariables(text, values)))
    .filter((text) => text !== '')
}

/** Whether a text has words of another edition than its reader's own. *Pure.* */
export function isOfOtherEdition(
  { edition }: Pick<ManuscriptContent, 'edition'>,
  chosen: string | undefined,
): boolean {
  return chosen !== undefined && ownEdition(edition) !== ownEdition(chosen)
}

function composeAddOn({ content }: AddOnRelease, values: Values, types: BlockTypes): ComposedAddOn {
  const blocks = content.blocks
    .map((block) => (isQuietAddOn(content) ? withPicturesAt(block, undefined, types) : block))
    .map((block) => composeBlock(block, values, types))
  const picture = shownPicture(content)
  return {
    ...(picture && { picture }),
    title: cleanLine(fillVariables(content.title, values)),
    blocks: blocks.filter((block) => block !== null),
  }
}

function subjectOf({ manuscripts }: Said, { values }: Words): string {
  const subject = fillVariables(manuscripts[0]?.subject ?? '', values)
  if (hasUnsendableInLine(subject)) throw badSubject()
  return cleanLine(subject)
}

function titleOf(addOns: readonly ComposedAddOn[], senderName: string): string {
  return addOns.find(({ title }) => title !== '')?.title ?? `${senderName}からのお知らせ`
}

function badSubject(): ComposeError {
  return new ComposeError(
    'BAD_SUBJECT',
    '件名に改行か、目に見えない文字が入っています。1 行の文字だけにしてください。',
  )
}

function nothingToSend(): ComposeError {
  return new ComposeError('NOTHING_TO_SEND', '送る本文も自治体原稿もありません。')
}
