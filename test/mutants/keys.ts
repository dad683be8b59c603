import { of, type Mutant } from './mutant'

const ROTATION = ['keys/rotation']
const INDEX = ['keys/moveIndex']

/** Edits of how an older key is replaced, and of what ends a start. */
export const MUTANTS_OF_KEYS: Mutant[] = [
  ...of('keys/resealing', ROTATION, [
    {
      find: 'filter: value.still',
      put: 'filter: { _id: document._id }',
      breaks: 'A contact that its owner has changed meanwhile is the former one again.',
    },
    {
      find: 'if (await isBusy(db, now())) return true',
      put: '',
      breaks: 'Contacts are sealed anew while texts go out.',
    },
  ]),
  ...of('keys/keyCheck', ROTATION, [
    {
      find: 'if (own && markOfKey(own) === mark) continue',
      put: 'if (own) continue',
      breaks: 'Another key with the name of one is found out when texts are to go out.',
    },
    {
      tests: INDEX,
      find: 'const isMoved = marks.length === own.length && movingTo === undefined',
      put: 'const isMoved = true',
      breaks: 'A program begins that finds nobody, and registers everybody once more.',
    },
  ]),
  ...of('keys/moveIndex', INDEX, [
    {
      find: '[MOVED]: { $exists: false }',
      put: '',
      breaks: 'After a move that was broken off nobody is found by their address.',
    },
  ]),
]
