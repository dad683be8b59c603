import { ofFile, type Mutant } from './mutant'

const RULES = ['src/review/rules/state']

/** Edits of the rules that decide what may be published. */
export const MUTANTS_OF_REVIEW: Mutant[] = [
  ...ofFile(
    'src/municipality/pause.ts',
    ['src/municipality/pause'],
    [
      {
        find: 'if (!pauseReason?.trim() && !isOld) {',
        put: 'if (false) {',
        breaks: 'A town’s families get nothing, and nobody knows why.',
      },
    ],
  ),
  ...ofFile(
    'src/release/picture.ts',
    ['src/release/hash'],
    [
      {
        find: 'picture: { hash, type, width, height, alt }',
        put: 'picture: { type, width, height, alt }',
        breaks: 'Another picture goes out under an approval given for one it resembles.',
      },
      {
        find: '  if (!picture) return {}\n  const { hash, type, width, height, alt } = picture',
        put: "  const { hash = '', type = 'png', width = 0, height = 0, alt = '' } = picture ?? {}",
        breaks: 'Every text that was approved before there were pictures has another hash.',
      },
    ],
  ),
  ...ofFile(
    'src/review/rules/freeze.ts',
    ['src/media/textPicture', 'src/review/rules/freeze'],
    [
      {
        find: 'alt: text(document.pictureAlt)',
        put: "alt: ''",
        breaks: 'Nobody approves what is read aloud in place of a picture.',
      },
      {
        find: 'file.of !== id',
        put: 'false',
        breaks: 'A picture that was taken for another goes out as the one before.',
      },
    ],
  ),
  ...ofFile(
    'src/media/pictureFiles.ts',
    ['src/media/textPicture'],
    [
      {
        find: '(await isReleased(req, hash)) ?',
        put: 'true ?',
        breaks: 'The worker reads pictures of the library that nobody let out.',
      },
    ],
  ),
  ...ofFile('src/release/period.ts', RULES, [
    {
      find: 'validTo < day',
      put: 'validTo <= day',
      breaks: 'A text is called over while families still get it.',
    },
  ]),
  ...ofFile('src/review/rules/requests.ts', RULES, [
    {
      find: '(verdict.submission ?? null) === (submission ?? null)',
      put: 'true',
      breaks: 'A text that was changed and changed back has its old approvals again.',
    },
    {
      find: 'isOfNow ? null : answeredAt(request, later)',
      put: 'answeredAt(request, later)',
      breaks: 'What a reviewer wants changed in exactly this text is taken for done.',
    },
    {
      find: "given.verdict === 'submit' && !isOnThis(request, given)",
      put: "given.verdict === 'submit'",
      breaks: 'Handing in the text that was sent back, as it is, answers the request.',
    },
    {
      find: '!isOnThis(reviewInput, given) || given.policyHash === policyHash(reviewInput.needs)',
      put: '!isOnThis(reviewInput, given) || true',
      breaks: 'An approval that does not count takes a request for a change away.',
    },
  ]),
  ...ofFile('src/review/rules/decide.ts', RULES, [
    {
      find: '.filter(({ answeredAt }) => answeredAt === null)\n    .map(({ request }) => request)\n    .filter((request) => !isOut || isOnThis(reviewInput, request))',
      put: '.map(({ request }) => request)\n    .filter((request) => isOnThis(reviewInput, request))',
      breaks: 'A request for a change is gone as soon as the writer saves once.',
    },
    {
      find: "verdict.verdict === 'approve' && !reviewInput.authors.includes(verdict.reviewer)",
      put: "verdict.verdict === 'approve'",
      breaks: 'Who wrote a text approves it.',
    },
    {
      find: "verdict.verdict !== 'approve' || verdict.policyHash === hash",
      put: 'true',
      breaks: 'Approvals count that were given when fewer had to approve.',
    },
  ]),
  ...ofFile(
    'src/people/askedBy.ts',
    ['src/admin/session/guardedFetch'],
    [
      {
        find: 'if (String(user.id) === opener) return',
        put: 'if (user.id) return',
        breaks: 'What one person wrote is saved under the name of who logged in in another tab.',
      },
    ],
  ),
]
