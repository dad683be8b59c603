/** Where something is stored that needs a key of `KIZUNA_KEYS`. */
export interface KeptPlace {
  /** In which database. */
  side: 'delivery' | 'cms'
  collection: string
  /** As the database names it; a field of a list's elements like a field of one. */
  field: string
  /** `sealed` needs the key that sealed it to be read; `hashed` the index key to be found. */
  how: 'sealed' | 'hashed'
  /** What it is, for people. */
  title: string
  /** The files that make it. */
  by: readonly string[]
}

/** Every field that needs a key; a test fails on sealing and hashing that is not here. */
export const KEPT_PLACES: readonly KeptPlace[] = [
  ...rows('delivery', 'sealed', [
    ['readers', 'identities.sealed', '連絡先', 'worker/readers/identity.ts'],
    [
      'confirmations',
      'sealed',
      '確かめを待つ登録',
      'worker/readers/confirmation.ts',
      'worker/readers/lineConfirmation.ts',
      'worker/readers/contactChange.ts',
    ],
    ['keptForms', 'sealed', '入力の途中', 'worker/readers/keptForm.ts'],
    ['bounces', 'hard.sealedDomain', '届かない宛先のドメイン', 'worker/bounce/hardBounces.ts'],
    ['synced_settings', 'value.channelSecret', 'LINE の秘密の写し', 'worker/content/store.ts'],
    [
      'synced_settings',
      'value.login.channelSecret',
      'LINE ログインの秘密の写し',
      'worker/content/store.ts',
    ],
    ['surveyTokens', 'sealed', 'アンケートの印', 'worker/survey/sealed.ts'],
    ['surveyAnswers', 'sealed', 'アンケートの答え', 'worker/survey/sealed.ts'],
  ]),
  ...rows('cms', 'sealed', [
    ['kizuna-line-accounts', 'channelSecret', 'LINE の秘密', 'collections/lineAccounts.ts'],
    [
      'kizuna-line-accounts',
      'loginChannelSecret',
      'LINE ログインの秘密',
      'collections/lineAccounts.ts',
    ],
    ['kizuna-second-factors', 'sealedKey', '二段階認証の鍵', 'src/people/secondFactor/sealing.ts'],
  ]),
  ...rows('delivery', 'hashed', [
    ['readers', 'identities.index', '連絡先の索引', 'worker/readers/identity.ts'],
    ['readers', 'former.index', '前の連絡先の索引', 'worker/readers/identity.ts'],
    ['readers', '_id', '名簿から入った読者の番号', 'worker/readers/identity.ts'],
    ['suppressions', '_id', '届かない連絡先', 'worker/readers/identity.ts'],
    ['friendships', '_id', 'LINE の友だち', 'worker/readers/identity.ts'],
    ['filterNotes', '_id', '一度目の断り', 'worker/readers/identity.ts'],
    ['softBounces', '_id', 'いっぱいの日', 'worker/readers/identity.ts'],
    ['bounces', 'hard.index', '届かない宛先', 'worker/readers/identity.ts'],
    ['bounces', 'hard.domain', '届かない宛先のドメイン', 'worker/bounce/hardBounces.ts'],
    ['confirmations', 'index', '確かめを待つ登録の宛先', 'worker/readers/identity.ts'],
    [
      'confirmations',
      '_id',
      '確かめのリンク',
      'worker/readers/confirmation.ts',
      'worker/readers/contactChange.ts',
    ],
    ['counterLog', 'index', '窓口で探した宛先', 'worker/readers/identity.ts'],
    ['keptForms', 'holder', '入力の途中のブラウザー', 'worker/web/formMemory.ts'],
    ['usedLinks', 'holder', '押したブラウザー', 'worker/readers/visit.ts'],
    ['visits', '_id', '開いているページ', 'worker/readers/visit.ts'],
    ['stopNotes', 'holder', '止めたブラウザー', 'worker/readers/stopNote.ts'],
    ['counterVisits', '_id', '開いている窓口', 'worker/readers/counter.ts'],
    ['counterNumbers', '_id', '窓口で見せる番号', 'worker/readers/counter.ts'],
    ['surveyMarks', '_id', 'アンケートを開いた印', 'worker/survey/sheets.ts'],
    ['surveyTokens', '_id', 'アンケートの印', 'worker/survey/sheets.ts'],
  ]),
]

/** What is sealed or hashed and given out, so that nothing of it is stored: the files, and what they give. */
export const GIVEN_OUT: Readonly<Record<string, string>> = {
  'src/secret/entrance.ts': 'the entrance to the counter, two minutes',
  'src/secret/takeoutToken.ts': 'in whose name a takeout is made, an hour',
  'worker/web/link.ts':
    'the links of the talk and of mails, of which the one that stops has no end',
  'worker/web/lineLogin.ts': 'the cookie of a log-in with LINE that is under way',
  'worker/web/texts/textsRoutes.ts': 'the address of a past text, made anew for each visit',
  'worker/web/counter/takeoutAtCounter.ts': 'the words of a takeout, made anew for each visit',
  'worker/bounce/returnPath.ts': 'the mark in the return path of a mail, thirty days',
}

type Row = [collection: string, field: string, title: string, ...by: string[]]

function rows(side: KeptPlace['side'], how: KeptPlace['how'], of: Row[]): KeptPlace[] {
  return of.map(([collection, field, title, ...by]) => ({
    side,
    collection,
    field,
    how,
    title,
    by,
  }))
}
