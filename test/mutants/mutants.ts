import { MUTANTS_OF_ACCOUNTS } from './accounts'
import { MUTANTS_OF_BOUNCES } from './bounces'
import { MUTANTS_OF_KEYS } from './keys'
import { MUTANTS_OF_MOVES } from './moves'
import { MUTANTS_OF_OPERATION } from './operation'
import { of, type Mutant } from './mutant'
import { MUTANTS_OF_PEOPLE } from './people'
import { MUTANTS_OF_RETENTION } from './retention'
import { MUTANTS_OF_REVIEW } from './review'
import { MUTANTS_OF_ALERTS } from './alerts'
import { MUTANTS_OF_TAKEOUT } from './takeout'
import { MUTANTS_OF_TALK } from './talk'

/** Every mutant that `npm run mutants` tries. */
export const MUTANTS: Mutant[] = [
  ...of(
    'deliver/decide',
    ['deliver/decide'],
    [
      {
        find: 'if (isAmbiguous && isKeyOld(batch, now)) {',
        put: 'if (false) {',
        breaks: 'A key that LINE has forgotten is used again: two copies.',
      },
      {
        find: 'if (contentReason !== null || !isSame) {',
        put: 'if (!isSame) {',
        breaks: 'A withdrawn text is asked for again.',
      },
      {
        find: 'lost.every(({ isBlocked }) => isBlocked) && !isOtherList(batch, recipients)',
        put: 'lost.every(({ isBlocked }) => isBlocked)',
        breaks: 'Another list of addresses goes out under the same key.',
      },
      {
        find: 'const isSame = lost.every(({ isBlocked }) => isBlocked) &&',
        put: 'const isSame =',
        breaks: 'A text goes to a family again after its loss.',
      },
      {
        find: "(state === 'unsure' || state === 'sending')",
        put: "state === 'unsure'",
        breaks: 'What a crash left is sent anew under another key: two copies.',
      },
      {
        find: "return uuidV5([...left].sort().join('\\n'), batch.retryKey)",
        put: 'return batch.retryKey',
        breaks: 'Fewer people under the same key: LINE refuses, and it counts as taken.',
      },
      {
        find: '[...left].sort()',
        put: '[...left]',
        breaks: 'The same people in another order get a second copy.',
      },
      {
        find: 'if (contentReason) return settle(',
        put: 'if (false) return settle(',
        breaks: 'A withdrawn text goes out.',
      },
      {
        find: 'const to = recipients.filter(({ reason }) => reason === null)',
        put: 'const to = recipients',
        breaks: 'Who stopped or lost a child is sent to.',
      },
      {
        find: 'const left = [...(batch.left ?? []), ...lost.map(({ id }) => id)]',
        put: 'const left = lost.map(({ id }) => id)',
        breaks: 'The key of an earlier attempt is used for another list.',
      },
      {
        find: 'if (toHash !== undefined) return toHash !== fingerprintOf(recipients)',
        put: 'if (toHash !== undefined) return false',
        breaks: 'Another address gets what may have been taken.',
      },
    ],
  ),
  ...of(
    'deliver/retry',
    ['deliver/retry'],
    [
      {
        find: 'if (at < end)',
        put: 'if (at <= end)',
        breaks: 'Something is sent when the hours are over.',
      },
      {
        find: 'Math.min(closesAt.getTime(), keyEnds)',
        put: 'closesAt.getTime()',
        breaks: 'A key older than 23 hours is used.',
      },
      {
        find: "state: state === 'unsure' ? 'unknown' : 'expired'",
        put: "state: 'expired'",
        breaks: 'What may have been taken is called unsent.',
      },
      {
        find: 'LONGEST_WAIT_MS), retryAfterMs)',
        put: 'LONGEST_WAIT_MS), 0)',
        breaks: 'The wait a provider asks for is not kept.',
      },
    ],
  ),
  ...of(
    'deliver/commonRefusal',
    ['deliver/commonRefusal'],
    [
      {
        find: 'count >= share * tried',
        put: 'count > 0',
        breaks: 'Refusals of some addresses stop everybody.',
      },
      {
        find: 'count >= enough &&',
        put: '',
        breaks: 'One bad address stops a municipality.',
      },
    ],
  ),
  ...of(
    'deliver/hours',
    ['deliver/openChannels'],
    [
      {
        find: 'isWithinHours(run, channel, now()) &&',
        put: '',
        breaks: 'Texts go out at night.',
      },
      {
        find: 'if (!syncedContent.settings(run.municipality)?.isActive) return []',
        put: '',
        breaks: 'A paused municipality sends.',
      },
      {
        find: "(kind === 'urgent' || isOn(date, now))",
        put: 'true',
        breaks: 'A day’s texts go out on another day.',
      },
      {
        find: 'now < closesAt[channel]',
        put: 'now <= closesAt[channel]',
        breaks: 'A text goes out when the hours are over.',
      },
      {
        find: 'pauses.isStopped(account) || isHalted',
        put: 'isHalted',
        breaks: 'A provider that refuses us is asked all the time.',
      },
    ],
  ),
  ...of(
    'deliver/lastLook',
    ['deliver/lastLook'],
    [
      {
        find: 'hasChanged(ids, checkedWith) ||',
        put: '',
        breaks: 'A loss that is told while a page is on the wire is not heard.',
      },
      {
        find: 'isWithdrawn(payload, syncedContent.releases()) ||',
        put: '',
        breaks: 'A withdrawal does not reach a page on the wire.',
      },
      {
        find: '!isWithinHours(current, batch.channel, now()),',
        put: 'false,',
        breaks: 'A page that waits goes out after its hours.',
      },
      {
        find: 'syncedContent.settings(municipality)?.isActive === false ||',
        put: '',
        breaks: 'A pause does not reach a page on the wire.',
      },
      {
        find: '() => false,',
        put: '() => true,',
        breaks: 'Sent although nobody knows whether somebody stopped.',
      },
    ],
  ),
  ...of(
    'deliver/page',
    ['deliver/page'],
    [
      {
        find: '(await haveChanged(context, page)) ? check(deps, context, page.batches) : page,',
        put: 'page,',
        breaks: 'The page re-check is gone: old people, old texts.',
      },
      {
        find: 'if (!(await lastLook.look())) return true',
        put: 'await lastLook.look()',
        breaks: 'A page is not checked anew when nobody knows what changed.',
      },
    ],
  ),
  ...of(
    'deliver/mail',
    ['deliver/mail.test'],
    [
      {
        find: 'isStopping() || lastLook.isHeldBack(claim, ready, [recipient.id])',
        put: 'isStopping()',
        breaks: 'A mail goes out after its text was withdrawn.',
      },
      {
        find: '!sending.hasFailed && ',
        put: '',
        breaks: 'Mails go on after the run was let go of.',
      },
      {
        find: 'connections: createLimiter(maxConnections)',
        put: 'connections: createLimiter(10 * maxConnections)',
        breaks: 'More mails are unknown after a crash than there are connections.',
      },
    ],
  ),
  ...of(
    'channel/domainPace',
    ['channel/domainPace'],
    [
      {
        find: "how === 'accepted' && turn.round === domain.round",
        put: "how === 'accepted'",
        breaks: 'What was under way when a domain refused us speeds its restart up.',
      },
      {
        find: 'restart.accepted < restart.level || !hasLasted',
        put: '!hasLasted',
        breaks: 'A domain that accepts nearly nothing is back at full speed in a minute.',
      },
    ],
  ),
  ...of(
    'deliver/line',
    ['deliver/line.test'],
    [
      {
        find: '    sent.failure = { error }',
        put: '',
        breaks: 'A failure of a page is swallowed.',
      },
      {
        find: '!(await page.lastLook.look()) || ',
        put: '',
        breaks: 'A call is made without the last look.',
      },
      {
        find: 'all.length > 0 && all.every(',
        put: 'all.length < 0 && all.every(',
        breaks: 'What never left counts as an attempt.',
      },
      {
        find: '    deps.pauses.isStopped(batch.account) ||',
        put: '',
        breaks: 'An account that LINE has stopped is used.',
      },
    ],
  ),
  ...of(
    'concurrency/limiter',
    ['concurrency/limiter'],
    [
      {
        find: '        hasFailed = true',
        put: '',
        breaks: 'After a failure the siblings go on.',
      },
      {
        find: '  await Promise.allSettled(works)\n',
        put: '',
        breaks: 'The lease is let go of while calls are out.',
      },
    ],
  ),
  ...of(
    'database/databaseClock',
    ['database/databaseClock'],
    [
      {
        find: 'isRight = Math.abs(apartMs) <= MOST_APART_MS',
        put: 'isRight = true',
        breaks: 'A machine whose clock is wrong sends.',
      },
    ],
  ),
  ...of(
    'database/untilKnown',
    ['database/untilKnown'],
    [
      {
        find: '!isOpenWhether(error) || ',
        put: 'true || ',
        breaks: 'A failover swallows an outcome.',
      },
      {
        find: 'const MOST_MS = 60_000',
        put: 'const MOST_MS = 6_000_000',
        breaks: 'A worker hangs for ever on a database that is gone.',
      },
    ],
  ),
  ...of(
    'channel/uuid',
    ['channel/uuid'],
    [
      {
        find: '.update(space).update(name)',
        put: '.update(name)',
        breaks: 'Keys of two installations are the same.',
      },
    ],
  ),
  ...of(
    'channel/lineBatch',
    ['channel/lineBatch'],
    [
      {
        find: 'const key = part === to ? retryKey : partKey(retryKey, part)',
        put: 'const key = retryKey',
        breaks: 'Parts of a list share a key: the second one is never sent.',
      },
    ],
  ),
  ...of(
    'channel/pace',
    ['channel/pace'],
    [
      {
        find: 'bucket.tokens = Math.min(burst, ',
        put: 'bucket.tokens = Math.max(0, ',
        breaks: 'After a pause more goes out than LINE allows.',
      },
      {
        find: 'bucket.filledAt = Math.max(bucket.filledAt, clock.now() + holdMs)',
        put: '',
        breaks: 'LINE’s “too fast” is not heard.',
      },
    ],
  ),
  ...of(
    'ledger/states',
    ['ledger/states'],
    [
      {
        find: "unsure: ['sending', 'unknown'],",
        put: "unsure: ['sending', 'unknown', 'excluded'],",
        breaks: 'What may have arrived is called left out.',
      },
      {
        find: 'accepted: [],',
        put: "accepted: ['unknown'],",
        breaks: 'What was accepted is forgotten.',
      },
      {
        find: "unknown: ['accepted', 'rejected'],",
        put: "unknown: ['accepted', 'rejected', 'inFlight'],",
        breaks: 'A mail that may have gone out is sent again.',
      },
    ],
  ),
  ...of(
    'ledger/collections',
    ['ledger/lostAnswers'],
    [
      {
        find: "export const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const",
        put: 'export const DURABLE = { writeConcern: { w: 1 } } as const',
        breaks: 'A failover forgets what was sent.',
      },
      {
        find: '{ $setOnInsert: { namespace: randomUUID() } }',
        put: "{ $setOnInsert: { namespace: '00000000-0000-4000-8000-000000000000' } }",
        breaks: 'An emptied database uses LINE’s keys again for other texts.',
        tests: ['ledger/keyNamespace'],
      },
    ],
  ),
  ...of(
    'ledger/outcomes',
    ['ledger/lostAnswers', 'ledger/sending'],
    [
      {
        find: '{ _id: { $in: ids }, epoch: { $lte: claim.epoch } },',
        put: '{ _id: { $in: ids } },',
        breaks: 'A stopped worker overwrites what the next one wrote.',
      },
      {
        find: 'if (isRepeated && found.length === wanted.size && found.every(isOurs)) return null',
        put: '',
        breaks: 'An outcome that was written counts as lost.',
      },
    ],
  ),
  ...of(
    'ledger/runs',
    ['ledger/sealing', 'ledger/lostAnswers'],
    [
      {
        find: '{ _id: run._id, epoch, attempts },',
        put: '{ _id: run._id, attempts },',
        breaks: 'A stopped worker seals the run of another one.',
      },
      {
        find: '{ _id: run._id, epoch, attempts },',
        put: '{ _id: run._id, epoch },',
        breaks: 'A planning is sealed that is not the latest.',
      },
    ],
  ),
  ...of(
    'ledger/pages',
    ['ledger/sealing'],
    [
      {
        find: `    run: run._id,
    attempt: { $in: run.sealed },
    channel: { $in: channels },`,
        put: `    run: run._id,
    channel: { $in: channels },`,
        breaks: 'Half of a planning is sent.',
      },
    ],
  ),
  ...of(
    'ledger/pages',
    ['deliver/readersHour'],
    [
      {
        find: "{ state: 'planned', notBefore: null },",
        put: "{ state: 'planned' },",
        breaks: 'A text comes before the hour its reader chose, and a later stop is too late.',
      },
    ],
  ),
  ...of(
    'ledger/runs',
    ['deliver/readersHour'],
    [
      {
        find: 'const AGAIN = { isAgain: true, wakeAt: null }',
        put: 'const AGAIN = { isAgain: true }',
        breaks: 'Whoever becomes due while others wait for their hour waits with them.',
      },
    ],
  ),
  ...of(
    'runs/planRun',
    ['runs/planRun'],
    [
      {
        find: 'if (odd) return hold(',
        put: 'if (false) return hold(',
        breaks: 'A plan that lost half of its people goes out.',
      },
    ],
  ),
  ...of(
    'runs/due',
    ['runs/due'],
    [
      {
        find: '.filter(({ isActive }) => isActive)',
        put: '',
        breaks: 'A paused municipality is asked for.',
      },
      {
        find: "const end = instantOf(date, '24:00')",
        put: 'const end = new Date(now.getTime() + 86_400_000)',
        breaks: 'A run by hand goes on after midnight.',
      },
    ],
  ),
  ...of(
    'planning/drift',
    ['planning/drift'],
    [
      {
        find: 'if (lost > DRIFT_FLOOR && lost > counted * MAX_DRIFT) {',
        put: 'if (false) {',
        breaks: 'Nobody notices that planning lost people.',
      },
      {
        find: 'if (!isOdd) return null',
        put: 'return null',
        breaks: 'Nobody notices that a day is twice as large.',
      },
    ],
  ),
  ...MUTANTS_OF_ACCOUNTS,
  ...MUTANTS_OF_BOUNCES,
  ...MUTANTS_OF_PEOPLE,
  ...MUTANTS_OF_RETENTION,
  ...MUTANTS_OF_REVIEW,
  ...MUTANTS_OF_TAKEOUT,
  ...MUTANTS_OF_OPERATION,
  ...MUTANTS_OF_TALK,
  ...MUTANTS_OF_ALERTS,
  ...MUTANTS_OF_KEYS,
  ...MUTANTS_OF_MOVES,
]
