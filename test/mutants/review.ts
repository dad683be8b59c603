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
]
