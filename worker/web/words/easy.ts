import { dayLabel } from '../../../src/stage/japaneseDate'

import { accounts } from './easy/accounts'
import { contact } from './easy/contact'
import { town } from './easy/town'
import { dates } from './easy/dates'
import { counter } from './easy/counter'
import { ends } from './easy/ends'
import { friend, login, door, confirm, entrance, trouble } from './easy/entrance'
import { family } from './easy/family'
import { page, form, date, child, relations, channels, channelChoices } from './easy/form'
import { mail } from './easy/letter'
import { me, textLink } from './easy/myPage'
import { liff } from './easy/liff'
import { pause } from './easy/pause'
import { quiet } from './easy/quiet'
import { quietRow } from './easy/quietRow'
import { registration, consent, outlook } from './easy/registration'
import { support } from './easy/support'
import { talk } from './easy/talk'
import { wishes } from './easy/wishes'
import { texts } from './easy/texts'
import { data } from './easy/data'
import { survey } from './easy/survey'
import { voice } from './easy/voice'
import { read } from './easy/reading'
import type { Words } from './standard'

/** The words in やさしい日本語: one fact a sentence, at most 24 words, readings behind kanji. */
export const easy: Words = {
  lang: 'ja',
  name: 'やさしい日本語(にほんご)',
  isSpaced: true,
  day: (day) => read(dayLabel(day)),
  stage: read,
  hour: (time) => time.replace(':00', '時(じ)').replace(/:(\d\d)$/, '時(じ)$1分(ふん)'),

  editions: {
    standard: '普通(ふつう)の 日本語(にほんご)',
    easy: 'やさしい日本語(にほんご)',
  },

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
