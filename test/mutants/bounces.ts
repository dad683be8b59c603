import { of, type Mutant } from './mutant'

const REPORT = ['bounce/report']
const TAKEN = ['bounce/bounces']

/** Edits of whose a mail is that came back, and of what follows from it. */
export const MUTANTS_OF_BOUNCES: Mutant[] = [
  ...of(
    'bounce/returnPath',
    ['bounce/returnPath'],
    [
      {
        find: 'return isOurs ? referenceOf(body) : null',
        put: 'return referenceOf(body)',
        breaks: 'Anybody stops anybody’s mail with an invented return path.',
      },
    ],
  ),
  ...of('bounce/report', REPORT, [
    {
      find: "return others.some(({ index }) => index !== first.index) ? 'several' : first",
      put: 'return first',
      breaks: 'A report that quotes another reader’s mail stops whoever comes first.',
    },
    {
      find: "verdict: verdict === 'hard' ? 'soft' : verdict",
      put: 'verdict',
      breaks: 'An address is stopped because one that it passes mails on to is gone.',
    },
  ]),
  ...of('bounce/bounces', TAKEN, [
    {
      find: "return isOld ? 'old' : { index: identity.index }",
      put: 'return { index: identity.index }',
      breaks: 'A late report undoes what the owner has just confirmed.',
    },
  ]),
  ...of('bounce/hardBounces', TAKEN, [
    {
      find: "if (!isBurst(lately.length, { readers })) return believe(deps, domain, 'waiting')",
      put: "return believe(deps, domain, 'waiting')",
      breaks: 'An outage of one provider stops all of its readers.',
    },
  ]),
]
