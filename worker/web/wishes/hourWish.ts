import { shownHour } from '../../../src/stage/localTime'
import { hourOf, hoursOffered } from '../../../src/plan/deliveryHour'

import { radios } from '../field'
import { channelOf } from '../outlook'
import type { WishOf } from './wish'

/** When on its day a text comes, where the municipality leaves a choice, or did when one was made. */
export const hourWish: WishOf = ({ reader, municipality, words }) => {
  if (!municipality) return null
  const { term, question, hint, own, at, withdrawn } = words.wishes.hour
  const channel = channelOf(reader)
  const offered = hoursOffered(municipality, channel)
  const wished = reader.wishes?.hour
  if (offered.length === 0 && wished === undefined) return null
  const chosen = hourOf(municipality, channel, reader.wishes)
  const shown = (hour: string) => words.hour(shownHour(hour))
  const usual = shown(municipality.windows[channel].from)
  const fallback = wished === undefined ? own(usual) : withdrawn(shown(wished), usual)
  return {
    term,
    value: chosen === null ? fallback : at(shown(chosen)),
    ask: (typed) =>
      radios(
        { name: 'hour', label: question, hint, errors: {}, isHeading: true },
        {
          choices: [
            { value: '', label: own(usual) },
            ...offered.map((value) => ({ value, label: at(shown(value)) })),
          ],
          value: typed?.hour ?? chosen ?? '',
        },
      ),
    read: ({ hour }) => ({ hour: offered.includes(hour) ? hour : undefined }),
  }
}
