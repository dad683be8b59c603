/** What keeps a collection from growing without end. */
export type Bound =
  /** The database forgets a document at an instant it carries: a TTL index. */
  | 'expires'
  /** {@link createDailyRemoval} removes what is older than the days that are kept. */
  | 'kept-days'
  /** A document goes when what it stands for has been dealt with. */
  | 'used-up'
  /** It goes with the family it is of. */
  | 'with-people'
  /** As many as there are of something that does not follow from time passing. */
  | 'as-many'

/** A collection of the delivery database and what bounds it. */
export interface BoundedCollection {
  name: string
  bound: Bound
  /** One sentence: what it is counted by, or what removes it. */
  because: string
}

/** Every collection of the delivery database; a test fails on one that is not here. */
export const BOUNDED_COLLECTIONS: readonly BoundedCollection[] = [
  ...rows('kept-days', {
    runs: 'one a municipality and day, and one a welcome',
    batches: 'they go with their run, before it',
    exclusions: 'they go with their run; one that stands for a delivery goes with its pair',
    payloads: 'they go when no run that is kept was planned with them',
    reports: 'they go once the CMS has them',
    synced_releases: 'a revision goes so many days after a later one has replaced it',
    replaced_settings: 'settings go so many days after others have replaced them',
    filterNotes: 'a first refusal that no second one has followed in that time says nothing',
    erasures: 'ids of readers whom a backup of these days could bring back',
    friendships: 'what has not changed in that time, a reader bears who is concerned',
  }),
  ...rows('with-people', {
    readers: 'forgotten so long after the stop; gone with the last child',
    children: 'gone when too old for any text, stopped or not',
    pairs: 'gone so long after the end of the child, or of the reader for it',
    deliveries:
      'one a pair and slot, whose id lets a slot go out once for ever; gone with the pair',
  }),
  ...rows('expires', {
    confirmations: 'eight days',
    keptForms: 'an hour after the last screen',
    usedLinks: 'when the link ends',
    visits: 'a day',
    dateNotes: 'told within the day; three days',
    stopNotes: 'the seven days in which a stop can be undone',
    formUses: '400 days after the month began to be counted: numbers of no person',
    monthFigures: 'three years: by then everything that is told together with them is told',
    voices: 'gone as soon as the CMS has it, else four months after the month it is of',
    alertResults: 'thirty days: nothing of an alert is told again after one',
    surveys: 'two months after the last day on which it is answered',
    surveyMarks: 'two months after the last day of the survey',
    surveyTokens: 'used up by the answer, else two months after the last day of the survey',
    surveyAnswers: 'two months after the last day of the survey: by then it is told',
    softBounces: 'sixty days after the last of them',
    bounces: 'thirty days: neither a server nor a mailbox repeats one later',
    counterVisits: 'half an hour after the counter was entered',
    counterNumbers: 'ten minutes',
    counterLog: '400 days after the step',
    webhookEvents: '30 days: LINE repeats none later',
    dayForecasts: 'three days',
    onCallLetters: 'thirty days after they were written',
    doneActs: '90 days after the act: it is not heard again later',
  }),
  ...rows('used-up', {
    accountMarks: 'one a reader of a move between accounts, gone with the move',
    welcomes: 'the next poll turns them into runs',
    workers: 'a worker takes its own away; those of killed ones go after a day',
    endedPairs: 'a pair that is gone stands here until its deliveries are',
    halts: 'there until a person lets it go on',
    restoring: 'it is there while a backup is put back',
  }),
  ...rows('as-many', {
    suppressions:
      'one an address that refused or complained: what is promised to its owner has no end, and no person can be told from it',
    pictures:
      'one a picture that a released text ever showed: a talk in LINE reads it as long as somebody scrolls back',
    synced_settings: 'one a municipality and a LINE account',
    sync_state: 'one',
    changeCounters: 'one a municipality, and one of the content',
    takeins: 'one a municipality that came from another installation',
    mergedSlots: 'one a municipality, with the slots there are',
    pairChecks: 'two',
    heartbeats: 'two',
    incidents: 'one a kind of what people on call are told',
    backupLog: 'two',
    alerts: 'one a kind of alert',
    lineMenus: 'one a LINE account',
    lineHealth: 'one a LINE account that is used',
    installation: 'one; losses that no kept run is older than are dropped',
    retention: 'one',
    migrations: 'one a schema version, and one that says who is at them',
    keyChecks: 'one a key in KIZUNA_KEYS',
    agenda_jobs: 'one a job of ours',
  }),
]

function rows(bound: Bound, because: Record<string, string>): BoundedCollection[] {
  return Object.entries(because).map(([name, why]) => ({ name, bound, because: why }))
}
