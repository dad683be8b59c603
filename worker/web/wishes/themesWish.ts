import { DECLINABLE_THEMES, declinableAmong } from '../../../src/release/themes'

import { checkboxes } from '../field'
import type { WishOf } from './wish'

/** Seasons and other themes of which nothing is to come. */
export const themesWish: WishOf = ({ reader, words }) => {
  const { term, question, hint, none, names } = words.wishes.themes
  const declined = declinableAmong(reader.wishes?.declined ?? [])
  return {
    term,
    value: declined.map((theme) => names[theme]).join('、') || none,
    ask: (typed) =>
      checkboxes(
        { name: 'themes', label: question, hint, errors: {}, isHeading: true },
        {
          choices: DECLINABLE_THEMES.map((value) => ({ value, label: names[value] })),
          values: typed?.themes === undefined ? declined : typed.themes.split(' '),
        },
      ),
    read: ({ themes }) => {
      const chosen = declinableAmong(themes.split(' '))
      return { declined: chosen.length > 0 ? chosen : undefined }
    },
  }
}
