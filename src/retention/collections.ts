/** What keeps a collection of the CMS from growing without end. */
export type CmsBound =
  /** {@link removeOld} removes what is older than is kept. */
  | 'removed'
  /** As much as people have written and decided: it is kept as the proof of who approved what. */
  | 'work'
  /** As many as there are of something that does not follow from time passing. */
  | 'as-many'

/** A collection of the CMS and what bounds it. */
export interface BoundedCmsCollection {
  slug: string
  bound: CmsBound
  /** One sentence: what it is counted by, or what removes it. */
  because: string
}

/** Every collection of the CMS, Payload's own too; a test fails on one that is not here. */
export const BOUNDED_CMS_COLLECTIONS: readonly BoundedCmsCollection[] = [
  ...rows('removed', {
    'kizuna-reports': 'figures of a day go after `keptReportDays`',
    'kizuna-voices': 'three years after the month it is of, a quote too',
    'payload-jobs': 'one that ended well goes at once, one that failed after 30 days',
    'payload-locked-documents': 'a lock that nobody took off goes after a day',
  }),
  ...rows('work', {
    'kizuna-releases': 'one a publication or withdrawal: what families got can always be shown',
    'kizuna-approvals': 'one a verdict',
    'kizuna-comments': 'one a remark',
    'kizuna-review-requests': 'one a person who is asked to look at a text',
    'kizuna-schedules': 'one a publication at a chosen time',
    'kizuna-audit-log':
      'one an act of a person: the log is append-only; sign-ins go after 400 days',
    'kizuna-funding-reports': 'a few a municipality and fiscal year: what it reported',
    'kizuna-alerts': 'one an act about an urgent text: who asked, who sent, what became of it',
    'kizuna-account-moves':
      'one a move of readers to another account: numbers in tens, of no person',
    'kizuna-municipality-changes': 'one a change of own words that somebody proposed',
  }),
  ...rows('as-many', {
    'kizuna-statistics':
      'one a municipality and month, and no number in it is of one person: years are compared',
    'kizuna-denominators': 'one a municipality, kind and month or year: numbers of no person',
    'kizuna-surveys': 'one a survey that somebody wrote: what families were asked can be shown',
    'kizuna-survey-results':
      'one a survey and municipality; no number in it is of one person, and free texts go after three years',
    'kizuna-manuscripts':
      'one a series, slot and edition, and 100 versions of each at most; in the trash, 400 days where it never went out',
    'kizuna-add-ons':
      'one a text of a municipality, and 100 versions of each at most; in the trash, 400 days where it never went out',
    'kizuna-series': 'a few a fiscal year',
    'kizuna-media': 'one a picture that somebody uploaded',
    'kizuna-municipalities': 'one a municipality',
    'kizuna-hidden-texts': 'one a text that a municipality hides',
    'kizuna-sources':
      'one an occasion and place that a municipality hands posters out at: no personal data, and a printed code stays its own',
    'kizuna-shared-add-ons': 'one an example that is shared',
    'kizuna-line-accounts': 'one a LINE account',
    users: 'one a person of the staff; log-ins that have ended go at the next one',
    'kizuna-service-accounts': 'one a program',
    'kizuna-alignments': 'one a text in plain Japanese',
    'kizuna-second-factors': 'one a person who has one, gone with them',
    'kizuna-text-states': 'one a text, gone with it',
    'kizuna-link-checks': 'one an address in what is out, gone with the last text it stands in',
    'payload-kv':
      'one a thing that is changed in turns, one a month of figures of all together, and how deliveries stand',
    'payload-preferences': 'one a person and screen; they go with the person',
    'payload-migrations': 'one a migration of the database',
    'payload-query-presets': 'one a filter that somebody saved',
  }),
]

function rows(bound: CmsBound, because: Record<string, string>): BoundedCmsCollection[] {
  return Object.entries(because).map(([slug, why]) => ({ slug, bound, because: why }))
}
