import { ownEdition } from '../release/ownWords'
import type { QuietPlaces } from '../release/quietRow'
import { isAskedAbout, voiceCode } from '../release/voiceLink'
import type { PlannedDelivery } from './reader'

/**
 * Where readers of a delivery say what they think of its first text, or undefined where they are not
 * asked: in the greeting neither. It is made of what the text is alone, so that all who get the same
 * still get the same. *Pure.*
 */
export function voiceUrlOf(
  { texts, addOns, isWelcome, edition }: PlannedDelivery,
  { voices }: QuietPlaces,
): string | undefined {
  const first = texts[0] ?? addOns[0]
  if (voices === undefined || isWelcome || !first || !isAskedAbout(first.content)) return undefined
  const language = ownEdition(edition)
  return `${voices}${voiceCode(first.release)}${language === 'standard' ? '' : `?lang=${language}`}`
}
