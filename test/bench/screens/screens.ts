/** Who looks at a screen. */
export type Viewer = 'editor' | 'reviewer' | 'chief' | 'clerk' | 'admin'

/** Documents that some screens are of. */
export interface ShownIds {
  /** A manuscript with a long history. */
  manuscript: string
  /** The clerk's own. */
  addOn: string
  municipality: string
}

/** A screen that somebody opens. */
export interface Screen {
  name: string
  viewer: Viewer
  /** Path inside the admin. */
  path: (ids: ShownIds) => string
  /** What is pressed there to come to the screen; absent: it is opened by its address. */
  press?: string
  /** Elements that are all shown and answer when the screen is usable. */
  usable: readonly string[]
}

const HOME = ['.kizuna-note', '.kizuna-widget__numbers a']
const MAP = ['[role=gridcell] a']
const LIST = ['.table tbody tr td']
const SEARCH = ['.kizuna-texts__states a', '.kizuna-texts__title a', 'button[type=submit]']
const FORM = ['.doc-header__title', '#action-save, #action-save-draft']
const QUEUE = ['.kizuna-card__link']
const REVIEW = ['.kizuna-verdict button']
const ARRIVALS = ['.kizuna-ask button', '.kizuna-day summary']
const CALENDAR = ['.kizuna-calendar__day', '.kizuna-ask button']

type Opened = (name: string, path: Screen['path'] | string, usable: readonly string[]) => Screen

const by =
  (viewer: Viewer): Opened =>
  (name, path, usable) => ({
    name,
    viewer,
    usable,
    path: typeof path === 'string' ? () => path : path,
  })

const MANUSCRIPTS = 'kizuna-manuscripts'
const ADD_ONS = 'kizuna-add-ons'

const search = (open: Opened, kind: string, words: string): Screen =>
  open(
    `原稿をさがす「${words}」`,
    `/texts?${new URLSearchParams({ kind, words }).toString()}`,
    SEARCH,
  )

/** Half-remembered words, and two letters that are in nearly every text. */
const RARE = '予防接種 予約'
const COMMON = 'ます'

const editor = by('editor')
const reviewer = by('reviewer')
const chief = by('chief')
const clerk = by('clerk')
const admin = by('admin')

/** The first card of the queue is pressed. */
const pressed = (screen: Screen): Screen => ({ ...screen, press: '.kizuna-card__link' })

const CALENDAR_PATH: Screen['path'] = ({ municipality }) => `/calendar?municipality=${municipality}`

/** What the people of each role open in their day. */
export const SCREENS: readonly Screen[] = [
  editor('ホーム', '', HOME),
  editor('原稿の地図', '/coverage', MAP),
  editor('原稿の一覧', `/collections/${MANUSCRIPTS}`, LIST),
  editor('原稿をさがす', '/texts', SEARCH),
  search(editor, MANUSCRIPTS, RARE),
  search(editor, MANUSCRIPTS, COMMON),
  editor('原稿を開く', ({ manuscript }) => `/collections/${MANUSCRIPTS}/${manuscript}`, FORM),
  editor('履歴', ({ manuscript }) => `/collections/${MANUSCRIPTS}/${manuscript}/versions`, [
    '.kizuna-versions a',
  ]),
  reviewer('ホーム', '', HOME),
  reviewer('監修待ち', '/desk', QUEUE),
  pressed(reviewer('監修を開く', '/desk', REVIEW)),
  chief('ホーム', '', HOME),
  chief('監修待ち', '/desk', QUEUE),
  pressed(chief('監修を開く', '/desk', REVIEW)),
  chief('自治体原稿の一覧', `/collections/${ADD_ONS}`, LIST),
  search(chief, ADD_ONS, RARE),
  search(chief, ADD_ONS, COMMON),
  chief('見直し期限', '/due-reviews', ['.kizuna-page__title']),
  chief('この日に届くもの', '/this-day', ARRIVALS),
  chief('配信カレンダー', CALENDAR_PATH, CALENDAR),
  clerk('ホーム', '', HOME),
  clerk('自治体原稿の一覧', `/collections/${ADD_ONS}`, LIST),
  search(clerk, ADD_ONS, '健診 電話'),
  clerk('自治体原稿を開く', ({ addOn }) => `/collections/${ADD_ONS}/${addOn}`, FORM),
  clerk('この日に届くもの', '/this-day', ARRIVALS),
  clerk('配信カレンダー', CALENDAR_PATH, CALENDAR),
  admin('ホーム', '', HOME),
  admin('自治体の一覧', '/collections/kizuna-municipalities', LIST),
  admin(
    '自治体を開く',
    ({ municipality }) => `/collections/kizuna-municipalities/${municipality}`,
    FORM,
  ),
  admin('日報の一覧', '/collections/kizuna-reports', LIST),
  admin('操作の記録', '/collections/kizuna-audit-log', LIST),
  admin('ユーザーの一覧', '/collections/users', LIST),
]
