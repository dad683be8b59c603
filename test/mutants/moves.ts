import { ofFile, type Mutant } from './mutant'

/** Edits of what makes two registrations of one person one, in a move between accounts. */
export const MUTANTS_OF_MOVES: Mutant[] = [
  ...ofFile(
    'worker/readers/twoAsOne.ts',
    ['readers/twoAsOne', 'readers/joinReaders'],
    [
      {
        find: 'isEnd && one.changedAt > typedAt',
        put: 'false && one.changedAt > typedAt',
        breaks:
          'A loss that was told in one registration leaves the birthday greeted by the other.',
      },
    ],
  ),
  ...ofFile(
    'worker/readers/joinReaders.ts',
    ['deliver/moved'],
    [
      {
        find: '$each: [_id, ...former]',
        put: '$each: []',
        breaks: 'Who makes two registrations one gets the text of the day once more.',
      },
    ],
  ),
  ...ofFile(
    'worker/deliver/check.ts',
    ['deliver/moved'],
    [
      {
        find: "if (reader.joinedTo !== undefined) return 'moved'",
        put: '',
        breaks: 'Who makes two registrations one before the texts go out gets none that day.',
      },
    ],
  ),
]
