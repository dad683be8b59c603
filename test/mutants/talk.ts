import { of, type Mutant } from './mutant'

/** What a family on LINE is told under every text and in the talk. */
export const MUTANTS_OF_TALK: Mutant[] = [
  ...of(
    'web/link',
    ['app/quietRow'],
    [
      {
        find: "account?.answers === 'none' ?",
        put: "account?.answers === 'own' ?",
        breaks: 'Where another service answers, the way to stop is a button that nobody hears.',
      },
    ],
  ),
  ...of(
    'web/lineEvents',
    ['web/pausedTown'],
    [
      {
        find: 'lineIdsOf(town).includes(account.id),',
        put: 'town.isActive && lineIdsOf(town).includes(account.id),',
        breaks: 'While a town pauses, who writes that they want to stop is not heard.',
      },
    ],
  ),
  ...of(
    'web/talkReply',
    ['web/talk.test'],
    [
      {
        find: 'writer.municipalities.filter(({ isActive }) => isActive)',
        put: 'writer.municipalities',
        tests: ['web/pausedTown'],
        breaks: 'A town that pauses invites people to register.',
      },
      {
        find: 'known.hasStopped || heard.isEnding',
        put: 'heard.isEnding',
        breaks: 'Who stopped after a loss and says thank you is invited to register.',
      },
      {
        find: 'if (heard.isDespair) {',
        put: 'if (false) {',
        breaks: 'Who writes that they want to die is told of no telephone.',
      },
    ],
  ),
  ...of(
    'web/talkRow',
    ['web/talk.test'],
    [
      {
        find: "if (heard.isEnding) return 'stop'",
        put: '',
        breaks: 'Who writes of a loss has to look for the way to stop.',
      },
      {
        find: "stop: ['stop', 'contact', 'change']",
        put: "stop: ['stop', 'change', 'contact']",
        breaks: 'Who writes of a loss finds what is registered before whom to talk to.',
      },
      {
        find: "first === 'stop' && !heard.isDanger ? supportButton : contactButton",
        put: 'contactButton',
        breaks: 'Who writes of a loss finds the line for abuse behind whom to talk to.',
      },
    ],
  ),
  ...of(
    'web/talkWriter',
    ['web/contact/contactChange'],
    [
      {
        find: 'children.some((own) => own.length > 0)',
        put: 'active.length > 0',
        breaks: 'After a loss the old talk says that texts come elsewhere.',
      },
    ],
  ),
  ...of(
    'readers/contactChange',
    ['web/contact/contactChange'],
    [
      {
        find: "return stored?.isRefused ? 'refused' : stateOf(stored, now()).status",
        put: 'return stateOf(stored, now()).status',
        breaks: 'Who has said no is told that texts come to LINE from now on.',
      },
    ],
  ),
  ...of(
    'web/heard',
    ['web/heard', 'web/talk.test'],
    [
      {
        find: 'isBirth && !isDespair && !isEnding',
        put: 'isBirth',
        breaks: 'A stillbirth is answered by the page where a birth is told.',
      },
    ],
  ),
  ...of(
    'channel/lineLogin',
    ['web/liff/'],
    [
      {
        find: 'aud === login.channelId && isOurs',
        put: 'isOurs',
        breaks: 'An id token of any other service registers its user here.',
        tests: ['channel/lineLogin'],
      },
    ],
  ),
  ...of(
    'web/liff/liffRoutes',
    ['web/liff/'],
    [
      {
        find: 'if (!isFirst) return refuse(response, view)',
        put: '',
        breaks: 'Who gets hold of an id token registers children for its owner.',
      },
      {
        find: 'if (!browser || !isText',
        put: 'if (!isText',
        breaks: 'Another site registers who opens it for a LINE user of its own.',
      },
    ],
  ),
]
