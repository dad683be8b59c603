import { of, ofFile, type Mutant } from './mutant'

/** What is told of a day, and what a person's word about a held run does. */
export const MUTANTS_OF_OPERATION: Mutant[] = [
  ...of(
    'migrations/schemaVersion',
    ['migrations/migrate'],
    [
      {
        find: 'if (found <= own) return',
        put: 'if (found > 0) return',
        breaks: 'A former program works on a database whose form it does not know.',
      },
    ],
  ),
  ...of(
    'migrations/turn',
    ['migrations/migrate'],
    [
      {
        find: "$expr: { $lte: ['$until', '$$NOW'] }",
        put: '',
        breaks: 'Programs that start together change one database at the same time.',
      },
    ],
  ),
  ...ofFile(
    'src/plan/yielding.ts',
    ['src/plan/yielding'],
    [
      {
        find: 'above + need > still',
        put: 'need > still',
        breaks: 'A survey takes the last messages of a month from its stage texts.',
      },
      {
        find: 'still -= going',
        put: 'void going',
        breaks: 'What goes out on one day is there once more on the next.',
      },
    ],
  ),
  ...of(
    'ledger/runs',
    ['report/acts'],
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
    'worker/report/acts.ts',
    ['report/acts'],
    [
      {
        find: 'await doneActs.insertOne({ _id: id, at: new Date(at), reason, act, ...mark }, { session })',
        put: '',
        breaks: 'A stop that is heard twice stops what somebody has let go on since.',
      },
    ],
  ),
  ...ofFile(
    'worker/deliver/lastLook.ts',
    ['report/acts', 'deliver/lastLook'],
    [
      {
        find: 'halts.isHalted({ ...batch, town: municipality }) ||',
        put: '',
        breaks: 'What a person stops goes on until the page is out.',
      },
    ],
  ),
  ...ofFile(
    'worker/ledger/unknownMails.ts',
    ['report/acts'],
    [
      {
        find: 'const again = open.filter(({ mayGoAgain }) => mayGoAgain)',
        put: 'const again = open',
        breaks: 'A mail goes again on another day than its own.',
      },
    ],
  ),
  ...ofFile(
    'worker/ledger/moves.ts',
    ['report/acts'],
    [
      {
        find: "status: 'deferred', code: CRASH, at }",
        put: "status: 'deferred', code: 'again', at }",
        breaks: 'A mail that may have come is told as not sent.',
      },
    ],
  ),
  ...ofFile(
    'src/watch/boundAct.ts',
    ['src/watch'],
    [
      {
        find: '(town === null && !seen.isWhole)',
        put: 'false',
        breaks: 'A municipality stops all the others.',
      },
      {
        find: "decision !== 'again' || mail.mayGoAgain",
        put: 'true',
        breaks: 'A mail whose day is over is asked to be sent again.',
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
