import { sortAddOns, type AddOnRelease } from './addOnOrder'
import { BLOCK_TYPES, type BlockTypes } from './blocks/blockTypes'
import { composeBlock } from './composeBlock'
import { ComposeError } from './composeError'
import { contactLines, contactVariables, type ContactFooter } from './contact'
import type { AddOnBlock, ManuscriptContent } from './content'
import { encodeLinks } from './linksInText'
import { cleanLine, cleanText, hasUnsendableInLine } from './plainText'
import { fillVariables, pluralVariables, variableTable } from './variables'

/** Everything one delivery is made of, for one child (or twins) on one day. */
export interface ComposeInput {
  /** Stage text first, then milestones; empty for an add-on alone. */
  manuscripts: readonly ManuscriptContent[]
  addOns: readonly AddOnRelease[]
  /** Twins: the plural words are used. */
  isPlural: boolean
  senderName: string
  contact: ContactFooter
  /** Paragraph before everything else, for a reader who has just registered. */
  welcome?: string
  /** Accent colour `#rrggbb`; absent, null or too pale for white letters: the default blue. */
  accent?: string | null
}

/** A delivery with all words in place, before a channel gives it a form. */
export interface Composition {
  subject: string
  /** Welcome and manuscripts, in order; may be empty. */
  texts: string[]
  addOns: ComposedAddOn[]
  /** Lines under every text, the sender's name first. */
  footer: string[]
  senderName: string
  accent: string | null
}

/** An add-on with all words in place; blocks without any text are gone. */
export interface ComposedAddOn {
  title: string
  blocks: AddOnBlock[]
}

/**
 * Puts common texts, the municipality's add-ons (by order, first slot, title) and the contact
 * footer together. The municipality's present contact fills the contact variables; other variables
 * come from the add-on's release. Throws ComposeError (UNKNOWN_VARIABLE, BAD_SUBJECT, BAD_ADDRESS,
 * NOTHING_TO_SEND). *Pure.*
 */
export function compose(input: ComposeInput, types: BlockTypes = BLOCK_TYPES): Composition {
  const common = { ...contactVariables(input.contact), ...pluralVariables(input.isPlural) }
  const texts = composeTexts(input, variableTable(common))
  const addOns = sortAddOns(input.addOns)
    .map((addOn) => composeAddOn(addOn, variableTable(addOn.variables, common), types))
    .filter(({ title, blocks }) => title !== '' || blocks.length > 0)
  if (texts.length === 0 && addOns.length === 0) throw nothingToSend()
  return {
    subject: subjectOf(input, variableTable(common)) || titleOf(addOns, input.senderName),
    texts,
    addOns,
    footer: contactLines(input.senderName, input.contact).map(encodeLinks),
    senderName: cleanLine(input.senderName),
    accent: input.accent ?? null,
  }
}

type Values = ReadonlyMap<string, string>

function composeTexts({ welcome = '', manuscripts }: ComposeInput, values: Values): string[] {
  return [welcome, ...manuscripts.map(({ body }) => body)]
    .map((text) => encodeLinks(cleanText(fillVariables(text, values))))
    .filter((text) => text !== '')
}

function composeAddOn({ content }: AddOnRelease, values: Values, types: BlockTypes): ComposedAddOn {
  const blocks = content.blocks.map((block) => composeBlock(block, values, types))
  return {
    title: cleanLine(fillVariables(content.title, values)),
    blocks: blocks.filter((block) => block !== null),
  }
}

function subjectOf({ manuscripts }: ComposeInput, values: Values): string {
  const subject = fillVariables(manuscripts[0]?.subject ?? '', values)
  if (hasUnsendableInLine(subject)) throw badSubject()
  return cleanLine(subject)
}

function titleOf(addOns: readonly ComposedAddOn[], senderName: string): string {
  return addOns.find(({ title }) => title !== '')?.title ?? `${cleanLine(senderName)}からのお知らせ`
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
