import { expect, test } from '@jest/globals'

import { placeOf } from '../../../src/audit/place'

const ID = '0123456789abcdef01234567'

test.each([
  [
    'an edited text',
    'edit',
    'kizuna-manuscripts',
    ID,
    `/collections/kizuna-manuscripts/${ID}/versions`,
  ],
  ['an approved text', 'approve', 'kizuna-add-ons', ID, `/collections/kizuna-add-ons/${ID}`],
  ['an account', 'account-rights', 'users', ID, `/collections/editors/${ID}`],
  ['what was deleted', 'delete', 'kizuna-manuscripts', ID, null],
  ['an import of many', 'import', 'kizuna-manuscripts', 'many.csv', null],
])(
  'an entry about %s leads to where one sees it',
  (_, ...[action, collection, documentId, place]) => {
    expect(placeOf({ action, collection, documentId }, 'editors')).toBe(place)
  },
)
