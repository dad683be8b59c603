import { dayLabel } from '../../../src/stage/japaneseDate'
import type { LocalDay } from '../../../src/stage/day'

import { accounts } from './standard/accounts'
import { contact } from './standard/contact'
import { town } from './standard/town'
import { dates } from './standard/dates'
import { counter } from './standard/counter'
import { ends } from './standard/ends'
import { friend, login, door, confirm, entrance, trouble } from './standard/entrance'
import { family } from './standard/family'
import { page, form, date, child, relations, channels, channelChoices } from './standard/form'
import { mail } from './standard/letter'
import { me, textLink } from './standard/myPage'
import { liff } from './standard/liff'
import { pause } from './standard/pause'
import { quiet } from './standard/quiet'
import { quietRow } from './standard/quietRow'
import { registration, consent, outlook } from './standard/registration'
import { support } from './standard/support'
import { talk } from './standard/talk'
import { wishes } from './standard/wishes'
import { texts } from './standard/texts'
import { data } from './standard/data'
import { survey } from './standard/survey'
import { voice } from './standard/voice'

/**
 * The words of the readers' pages and letters in standard Japanese: the catalogue that those of all
 * other languages have the shape of. A sentence with values is a function.
 */
export const standard = {
  /** Of the `lang` attribute (BCP 47). */
  lang: 'ja',
  /** The language's own name, on the button that leads to it. */
  name: '標準の日本語',
  /** Whether spaces stand between the words, where alone a line may end. */
  isSpaced: false,
  day: (day: LocalDay) => dayLabel(day),
  /** A stage as `stageAt` labels it: 妊娠24週3日, 1歳6か月. */
  stage: (label: string) => label,
  /** 9:00 */
  hour: (time: string) => time,

  /** Editions by code, where the language calls them otherwise than the labels of the product. */
  editions: {} as Readonly<Record<string, string>>,

  page,
  form,
  date,
  child,
  relations,
  channels,
  channelChoices,
  registration,
  consent,
  outlook,
  ends,
  friend,
  login,
  liff,
  door,
  confirm,
  entrance,
  trouble,
  mail,
  me,
  dates,
  family,
  accounts,
  contact,
  town,
  textLink,
  texts,
  data,
  pause,
  quiet,
  quietRow,
  support,
  counter,
  talk,
  survey,
  voice,
  wishes,
}

/** The shape of every catalogue: a word that is missing in a language does not compile. */
export type Words = typeof standard
