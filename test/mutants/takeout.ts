import { of, ofFile, type Mutant } from './mutant'

/** What is promised to a town that leaves with everything. */
export const MUTANTS_OF_TAKEOUT: Mutant[] = [
  ...of(
    'takeout/takeIn',
    ['takeout/takeout'],
    [
      {
        find: 'if (!manifest.isFinal) {',
        put: 'if (false) {',
        breaks: 'A town that goes on elsewhere begins here too: each text comes twice.',
      },
      {
        find: 'return (await ledgerCollections(db).runs.findOne(since)) !== null',
        put: 'return false',
        breaks: 'An old archive takes the ledger of what was sent here: the day comes twice.',
      },
      {
        find: 'await insertNew(suppressions, refused)',
        put: '',
        breaks: 'Whoever complained is sent to again.',
      },
    ],
  ),
  ...of(
    'takeout/takeOut',
    ['takeout/takeout'],
    [
      {
        find: '!isActive && !(await isUnderWay(options, session))',
        put: '!isActive',
        breaks: 'A run that is under way is left with half of it: the rest comes from both.',
      },
      {
        find: ', isErased: { $exists: false } }',
        put: ' }',
        breaks: 'What was sent names somebody who had their data erased.',
      },
    ],
  ),
  ...ofFile(
    'src/takeout/broughtDocument.ts',
    ['src/takeout/takeout'],
    [
      {
        find: "...nobody, _status: 'draft' }",
        put: '...nobody }',
        breaks: 'A text that nobody here has approved stands as published.',
      },
      {
        find: 'return { ...document, submission: BROUGHT_SUBMISSION }',
        put: 'return document',
        breaks: 'An approval of another team opens the gate here.',
      },
    ],
  ),
]
