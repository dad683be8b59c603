import { of, ofFile, type Mutant } from './mutant'

/** Edits of how people are followed and put together into batches. */
export const MUTANTS_OF_PEOPLE: Mutant[] = [
  ...of(
    'readers/recordTwins',
    ['readers/recordTwins'],
    [
      {
        find: "one.status === 'stopped' && one.changedAt > said.saidAt && hasSameDates(first, one)",
        put: 'false',
        breaks: 'What ended while its registration waited brings a twin that nobody has.',
      },
    ],
  ),
  ...of(
    'readers/change',
    ['web/whichChild'],
    [
      {
        find: '(count > 1',
        put: '(count > 9',
        breaks: 'Twins, of whom one had to be asked about, become one child.',
      },
    ],
  ),
  ...of(
    'readers/confirmation',
    ['web/counter/register'],
    [
      {
        find: 'await confirmations.updateOne({ _id, usedAt: null }, ended)',
        put: '',
        breaks: 'A stranger whose address was typed by mistake is registered after it was mended.',
      },
    ],
  ),
  ...of(
    'web/counter/checkAtCounter',
    ['web/counter/register'],
    [
      {
        find: 'if (Object.keys(consentFaults(typed)).length > 0)',
        put: 'if (false)',
        breaks: 'Staff register somebody who has not agreed.',
      },
    ],
  ),
  ...of(
    'readers/support',
    ['readers/support'],
    [
      {
        find: "{ status: 'stopped', $or: [{ readers: readerId }, { left: readerId }] }",
        put: '{ $or: [{ readers: readerId }, { left: readerId }] }',
        breaks: 'Support texts are offered to a family whose child goes on.',
      },
      {
        find: 'readers.updateOne({ _id: readerId }, { $set: { support, ...stamp } }, { session }),',
        put: 'readers.updateMany({ municipality: reader.municipality }, { $set: { support, ...stamp } }, { session }),',
        breaks: 'Who has not asked gets support texts, and learns of the stop by them.',
      },
      {
        find: 'if (reader.support) return',
        put: 'if (false) return',
        breaks: 'Asked twice, all of them begin anew.',
      },
    ],
  ),
  ...of(
    'readers/stopNote',
    ['readers/support'],
    [
      {
        find: "if (note.kind === 'child') await endSupportOf(work, note.children)",
        put: '',
        breaks: 'Support texts come to a family whose stop was undone.',
      },
    ],
  ),
  ...of(
    'deliver/check',
    ['app/support'],
    [
      {
        find: 'return asked?._id === child ? asked : undefined',
        put: "return asked ?? { ...childById.get(child)!, status: 'active' }",
        breaks: 'A support text goes out after it was ended.',
      },
      {
        find: 'if (!isSupport(slot)) return childById.get(child)',
        put: "if (reader?.support) return { ...childById.get(child)!, status: 'active' }\n  if (!isSupport(slot)) return childById.get(child)",
        breaks: 'Texts of a child that was stopped go out to who has asked for support.',
      },
    ],
  ),
  ...of(
    'readers/endAnnouncements',
    ['app/announcement'],
    [
      {
        find: 'const isOver = told.has(reader._id) || ',
        put: 'const isOver = ',
        breaks: 'Who was told who sends from now on is planned by themselves for a season.',
      },
      {
        find: "(reader.announce?.until ?? '') <= day",
        put: 'true',
        breaks: 'Who rested on the day of the announcement is never told who sends.',
      },
    ],
  ),
  ...of(
    'readers/importedAnnouncement',
    ['app/announcement'],
    [
      {
        find: 'return subject === null ? reader : { ...reader, announce }',
        put: 'return { ...reader, announce }',
        breaks: 'Readers wait for an announcement that nobody has approved.',
      },
    ],
  ),
  ...ofFile(
    'src/plan/reader.ts',
    ['app/announcement'],
    [
      {
        find: '!isByItself(one) && !isAnnounced(one)',
        put: '!isByItself(one)',
        breaks:
          'Who is told who sends gets it twice, or a birthday text that no change of dates stops.',
      },
    ],
  ),
  ...ofFile(
    'src/plan/reader.ts',
    ['src/plan/notice'],
    [
      {
        find: 'else if (isSent)',
        put: 'else if (false)',
        breaks: 'Who stops one of two children after a notice gets it again for the other one.',
      },
      {
        find: '!isByItself(one) && !isAnnounced(one)',
        put: '!isAnnounced(one)',
        breaks: 'A notice goes with the text of the day, hours before it is to go.',
      },
    ],
  ),
  ...ofFile(
    'src/plan/reader.ts',
    ['src/plan/survey'],
    [
      {
        find: "one.kind === 'survey' && isAskedThisMonth(step)",
        put: 'false',
        breaks: 'Who was asked one survey this month is asked another.',
      },
    ],
  ),
  ...ofFile(
    'worker/planning/members.ts',
    ['deliver/stageSurvey'],
    [
      {
        find: 'history.addAsked(await store.findAsked(toAsk(program, members), run), run._id)',
        put: '',
        breaks: 'A family is asked a survey again when its next child comes to the stage.',
      },
    ],
  ),
  ...ofFile(
    'src/stage/segment.ts',
    ['src/stage/segment'],
    [
      {
        find: ' && day <= of(LAST_OF_PREGNANCY)',
        put: '',
        breaks:
          'Weeks after the due date, with no birth reported, a notice of the pregnancy comes.',
      },
    ],
  ),
  ...ofFile(
    'src/plan/dueIndex.ts',
    ['app/announcement'],
    [
      {
        find: 'announceOn === undefined || announceOn < date',
        put: 'false',
        breaks: 'Readers who came by no list are told that they come from another system.',
      },
    ],
  ),
  ...ofFile(
    'src/plan/wishes.ts',
    ['app/support'],
    [
      {
        find: 'if (supportFrom !== undefined) return true',
        put: '',
        breaks: 'A support text is read on a lock screen.',
      },
    ],
  ),
  ...ofFile(
    'src/plan/dueIndex.ts',
    ['app/support'],
    [
      {
        find: 'if (isSupportPage(slot)) return',
        put: 'if (false) return',
        breaks: 'The page of procedures is sent on the very day of the stop.',
      },
    ],
  ),
  ...of(
    'planning/planCells',
    ['planning/cells', 'planning/planCells', 'deliver/notice'],
    [
      {
        find: 'delivery !== null && merged.has(delivery.slot)',
        put: 'false',
        breaks: 'A text that came within another one yesterday comes alone today.',
      },
      {
        find: 'candidates <= 1 && deliveries.length === candidates',
        put: 'true',
        breaks: 'Of several texts of a day all of a cell get one, and the rest is forgotten.',
      },
      {
        find: ' && !isOfRelation(planning, cell)',
        put: '',
        breaks: 'A notice for fathers goes to the mothers whose children are as old.',
      },
      {
        find: '.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))',
        put: '.sort(() => (Math.random() < 0.5 ? -1 : 1))',
        breaks: 'Planned again, the batches are others: two copies under two keys.',
      },
      {
        find: 'tally.audience += pairs.length',
        put: 'tally.audience += 1',
        breaks: 'Nobody notices that planning lost people.',
      },
      {
        find: 'tally.candidates += pairs.length',
        put: 'tally.candidates += 1',
        breaks: 'The recount does not add up.',
      },
      {
        find: 'const ids = pairs.map(',
        put: 'const ids = pairs.slice(1).map(',
        breaks: 'One of each cell gets nothing.',
      },
    ],
  ),
  ...of(
    'planning/batcher',
    ['planning/batcher'],
    [
      {
        find: "const key = `${text}|${group.notBefore?.getTime() ?? ''}`",
        put: 'const key = text',
        breaks: 'All of a text get it at the hour that the first of them chose.',
      },
      {
        find: 'if (batch.recipients.length < most) continue',
        put: 'if (batch.recipients.length <= most) continue',
        breaks: 'LINE refuses a list of 501, and 501 families get nothing.',
      },
      {
        find: '    groups.set(key, batch)',
        put: '    groups.set(key, null)',
        breaks: 'The last families of each text are in no batch.',
      },
      {
        find: '${group.account}|${group.payload}|${group.leftOut}',
        put: '${group.account}|${group.leftOut}',
        breaks: 'A family gets the text of another one.',
      },
      {
        find: '${group.account}|${group.payload}|${group.leftOut}',
        put: '${group.payload}|${group.leftOut}',
        breaks: 'Friends of one account are asked of another one.',
      },
      {
        find: 'retryKey: uuidV5(_id, namespace),',
        put: 'retryKey: uuidV5(run._id, namespace),',
        breaks: 'All batches of a run share a key: all but the first are never sent.',
      },
    ],
  ),
  ...ofFile(
    'src/release/slices.ts',
    ['ledger/slices'],
    [
      {
        find: 'if (room <= 0) {',
        put: 'if (slices.length === 0) {',
        breaks: 'A whole city is held in memory and checked long before it is sent.',
      },
      {
        find: 'room -= weightOf(thing)',
        put: 'room -= 1',
        breaks: 'Slices are as many batches as they should be people.',
      },
      {
        find: 'slices.at(-1)?.push(thing)',
        put: 'if (room >= weightOf(thing)) slices.at(-1)?.push(thing)',
        breaks: 'A batch that does not fit is in no slice.',
      },
    ],
  ),
  ...of(
    'database/changeCounters',
    ['deliver/lastSecond'],
    [
      {
        find: '{ $inc: { last: 1 } },',
        put: '{ $set: { last: 1 } },',
        breaks: 'A stop that comes while a run is on is not heard.',
      },
    ],
  ),
  ...of(
    'readers/changeNumber',
    ['readers/pairs'],
    [
      {
        find: '  await writePairs(changing, { municipality, changeNumber })\n',
        put: '',
        breaks: 'Planning does not hear of any change.',
      },
      {
        find: '{ municipality, changeNumber: { $gt: number } }',
        put: '{ municipality, changeNumber: { $gt: number + 1 } }',
        breaks: 'The first change after a look is not heard.',
        tests: ['deliver/lastSecond'],
      },
    ],
  ),
  ...of(
    'readers/writePairs',
    ['readers/pairs'],
    [
      {
        find: '...born.flatMap((one) => one.readers), ...left]',
        put: '...born.flatMap((one) => one.readers)]',
        breaks: 'Who left a child goes on getting its texts.',
      },
      {
        find: '...born.flatMap((one) => one.readers), ...left]',
        put: '...left]',
        breaks: 'Who joined a child gets none of its texts.',
      },
      {
        find: '[...own.map(idOf), ',
        put: '[',
        breaks: 'A reader who stops or moves goes on as before.',
      },
      {
        find: 'else if (!isDeepStrictEqual(before, pair)) changed.push(pair)',
        put: '',
        breaks: 'A birth that is reported is never planned.',
      },
      {
        find: '{ $inc: { pairs: own.length }, ',
        put: '{ $inc: { pairs: 1 }, ',
        breaks: 'Two families share a number, and one gets what the other one had.',
      },
      {
        find: 'isOnly: all.length === 1,',
        put: 'isOnly: true,',
        breaks: 'Twins get their text twice.',
        tests: ['planning/cells'],
      },
      {
        find: 'people.suppressed.has(suppressionId(one))',
        put: 'false',
        breaks: 'An address that bounced is written to again.',
      },
    ],
  ),
  ...of(
    'readers/suppressed',
    ['readers/suppressed'],
    [
      {
        find: 'identities.map(suppressionId)',
        put: 'identities.slice(0, 1).map(suppressionId)',
        breaks: 'The second address of a reader is never looked up.',
      },
      {
        find: '{ _id: { $in: ids } }',
        put: '{}',
        breaks: 'All suppressions of a nation are read for each page.',
      },
    ],
  ),
  ...of(
    'content/sync',
    ['content/sync'],
    [
      {
        find: 'if (newReleases > 0) await store.saveProgress({ lastReleaseId })',
        put: '',
        breaks: 'While settings cannot be read, all that came before is asked for each time.',
      },
      {
        find: 'cms.releasesAfter(overlapped(before))',
        put: 'cms.releasesAfter(before)',
        breaks: 'A withdrawal whose number became visible late is lost for good.',
      },
      {
        find: 'const last = isStuck ? null : ',
        put: 'const last = ',
        breaks: 'A release that could not be read once is never read again.',
      },
      {
        find: 'if (found.length === 0) throw why',
        put: 'if (false) throw why',
        breaks: 'A CMS that speaks otherwise is told as each town’s own trouble.',
      },
    ],
  ),
  ...of(
    'readers/rest',
    ['web/stopRoutes'],
    [
      {
        find: '{ ...openTo(context, { readerId, browser }), _id',
        put: '{ reader: readerId, _id',
        breaks: 'Whoever holds a forwarded mail ends a rest that was begun in another browser.',
      },
      {
        find: 'if (before && isRestingOn(',
        put: 'if (false && before && isRestingOn(',
        breaks: 'Whoever holds a forwarded mail shortens the reader’s own rest.',
      },
    ],
  ),
  ...of(
    'readers/stop',
    ['web/unsubscribe'],
    [
      {
        find: 'found.identities.some(isMail) ? stopMail',
        put: 'true ? stopMail',
        breaks: 'The one click in an old mail does nothing for who gets texts on LINE by now.',
      },
    ],
  ),
  ...of(
    'web/stopDoor',
    ['web/town/oldLinks'],
    [
      {
        find: 'return town ?? (leftTowns ? null : municipality)',
        put: 'return municipality',
        breaks: 'Whoever has an old mailbox by now learns where its reader has moved to.',
      },
    ],
  ),
]
