import { of, ofFile, type Mutant } from './mutant'

/** What is told of a day, and what a person's word about a held run does. */
export const MUTANTS_OF_OPERATION: Mutant[] = [
  ...of(
    'ledger/runs',
    ['worker/report/runActs'],
    [
      {
        find: "{ _id: id, state: 'held', 'hold.at': heldAt }",
        put: "{ _id: id, state: 'held' }",
        breaks: 'A word that is heard twice frees a run from a later hold.',
      },
      {
        find: '{ isForced: true } : { isStale: true }',
        put: '{ isForced: true } : {}',
        breaks: 'A run that was dropped is sent.',
      },
    ],
  ),
  ...ofFile(
    'src/watch/kept.ts',
    ['src/watch'],
    [
      {
        find: 'status.towns.filter(({ code }) => code === ownCode)',
        put: 'status.towns',
        breaks: 'A municipality sees the others’ deliveries.',
      },
    ],
  ),
  ...ofFile(
    'src/operation/publicStatus.ts',
    ['src/operation'],
    [
      {
        find: 'welcomes: null,',
        put: '',
        breaks: 'The CMS learns how many registered on a day: in a village, who.',
      },
    ],
  ),
  ...ofFile(
    'src/statistics/protect.ts',
    ['src/statistics/attack'],
    [
      {
        find: ' || of - left < SMALL',
        put: '',
        breaks: 'Of a month’s families it is told how few are left.',
      },
    ],
  ),
]
