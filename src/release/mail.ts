import { BLOCK_TYPES, type BlockTypes } from './blocks/blockTypes'
import { picturesIn } from './blocks/chosenPictures'
import type { Composition } from './compose'
import { mailHtml } from './mailHtml'
import { mailBodyText, mailText } from './mailText'
import { pictureName, type NamedPicture } from './picture'

/** A mail for everybody who gets the same; only the tokens still differ from reader to reader. */
export interface RenderedMail {
  /** One line. */
  subject: string
  /** text/plain. */
  text: string
  /** A whole HTML document. */
  html: string
  /** The pictures it shows, which go with it: it reads nothing from anywhere. */
  pictures?: NamedPicture[]
  /** Who writes, where it is not the name of the service. */
  fromName?: string
}

/** The mail of a delivery; both bodies hold the tokens of `readerLinks`. *Pure.* */
export function renderMail(
  composition: Composition,
  types: BlockTypes = BLOCK_TYPES,
): RenderedMail {
  const body = mailBodyText(composition, types)
  const pictures = [...ownPictures(composition), ...covers(composition, types)]
  const mail = {
    ...(pictures.length > 0 && { pictures }),
    subject: composition.neutral?.headline ?? composition.subject,
    text: mailText(composition, body),
    html: mailHtml(composition, body, types),
  }
  return composition.neutral ? { ...mail, fromName: composition.neutral.sender } : mail
}

/** Those beside whole texts, in order. */
function ownPictures(composition: Composition): NamedPicture[] {
  return [composition, ...composition.addOns].flatMap(({ picture }) =>
    picture ? [{ name: pictureName(picture), alt: picture.alt }] : [],
  )
}

function covers({ addOns }: Composition, types: BlockTypes): NamedPicture[] {
  const shown = addOns.flatMap(({ blocks }) => blocks.flatMap((block) => picturesIn(block, types)))
  return shown.map((picture) => ({ ...picture, isCover: true as const }))
}
