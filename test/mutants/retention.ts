import { of, type Mutant } from './mutant'

const DAYS = ['retention/removedDays']
const PEOPLE = ['retention/forgottenPeople']

/** Edits of what is removed when it is over, and of what has to stay. */
export const MUTANTS_OF_RETENTION: Mutant[] = [
  ...of('retention/removeDays', DAYS, [
    {
      find: "const isSettled = { state: 'done' as const, isUnchecked: { $exists: false } }",
      put: "const isSettled = { state: 'done' as const }",
      breaks: 'A run goes before anybody has compared it with the ledger.',
    },
    {
      find: "const isSettled = { state: 'done' as const, isUnchecked: { $exists: false } }",
      put: 'const isSettled = { isUnchecked: { $exists: false } }',
      breaks: 'A run goes that is not at its end.',
    },
    {
      find: 'await removed.note(last.date, days)',
      put: '',
      breaks: 'Of a day whose details are gone people are told that nothing was sent.',
    },
    {
      find: '{ run, covers: { $exists: false } }',
      put: '{ run }',
      breaks: 'A text that was merged into another one goes out by itself.',
    },
    {
      find: '[{ pushedAt: { $ne: null } }, { municipality: { $nin: codes } }]',
      put: '[{}]',
      breaks: 'A report goes before the CMS has it.',
    },
  ]),
  ...of('retention/dailyRemoval', DAYS, [
    {
      find: 'if (await isBusy(db, now())) return true',
      put: '',
      breaks: 'What is over is removed while texts go out.',
    },
    {
      find: 'if (!(keptDays >= LEAST_KEPT_DAYS)) {',
      put: 'if (false) {',
      breaks: 'Days go that delivery still looks back to.',
    },
    {
      find: 'const since = keptSince(addDays(today, -keptDays), keptDays)',
      put: 'const since = keptSince(addDays(today, 1 - keptDays), keptDays)',
      breaks: 'The last day that is promised is gone.',
    },
  ]),
  ...of('planning/planningStore', DAYS, [
    {
      find: 'return matchedCount === older.length ? [] : older',
      put: 'return []',
      breaks: 'A text that was removed while it was planned cannot be sent.',
    },
  ]),
  ...of('content/store', DAYS, [
    {
      find: 'revision < (newest.get(key) ?? 0)',
      put: 'revision <= (newest.get(key) ?? 0)',
      breaks: 'A live text that has not changed for long is gone.',
    },
  ]),
  ...of('readers/forget', PEOPLE, [
    {
      find: ", 'identities.$[].sealed': ''",
      put: '',
      breaks: 'The address of who stopped long ago is kept.',
    },
    {
      find: 'deleteMany({ _id: { $in: nameless }, ...isOld }',
      put: 'deleteMany({ _id: { $in: lonely }, ...isOld }',
      breaks: 'An old list brings back a family after a loss.',
    },
    {
      find: 'await children.updateMany(theirs, [{ $set: withoutAnyOf(ids) }], { session })',
      put: '',
      breaks: 'Who stopped long ago stays one of a child that goes on.',
    },
  ]),
  ...of('readers/register', PEOPLE, [
    {
      find: 'isForgotten: true as const,',
      put: '',
      breaks: 'Who came back keeps the address for ever after the next stop.',
    },
  ]),
]
