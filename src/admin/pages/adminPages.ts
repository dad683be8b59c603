import { MOVE_PEOPLE } from '../../accountMoves/rights'
import {
  ALERT_PEOPLE,
  COUNTER_PEOPLE,
  INBOX_REVIEWERS,
  INBOX_WRITERS,
  MUNICIPAL,
  NUMBERS_PEOPLE,
  RENEWAL_PEOPLE,
  TAKEOUT_PEOPLE,
  TEAM,
  type Role,
} from '../../people/roles'

/** A page of the plugin's own in the admin. */
export interface AdminPage {
  /** Key of the view in Payload's config. */
  key: string
  /** Path inside the admin, with its slash. */
  path: `/${string}`
  /** Name in the menu. */
  label: string
  /** `kizuna/rsc#Name` or `kizuna/client#Name`. */
  Component: string
  /** Who finds it in the menu; the page itself asks again. */
  roles: readonly Role[]
}

/** The plugin's own pages, in the order of the menu. */
export const ADMIN_PAGES: readonly AdminPage[] = [
  {
    key: 'reviewInbox',
    path: '/desk',
    label: '監修待ち',
    Component: 'kizuna/rsc#InboxPage',
    roles: [...INBOX_REVIEWERS, ...INBOX_WRITERS],
  },
  {
    key: 'coverage',
    path: '/coverage',
    label: '原稿の地図',
    Component: 'kizuna/rsc#CoveragePage',
    roles: TEAM,
  },
  {
    key: 'texts',
    path: '/texts',
    label: '原稿をさがす',
    Component: 'kizuna/rsc#TextsPage',
    roles: [...TEAM, ...MUNICIPAL],
  },
  {
    key: 'arrivals',
    path: '/this-day',
    label: 'この日に届くもの',
    Component: 'kizuna/rsc#ArrivalsPage',
    roles: [...TEAM, ...MUNICIPAL],
  },
  {
    key: 'calendar',
    path: '/calendar',
    label: '配信カレンダー',
    Component: 'kizuna/rsc#CalendarPage',
    roles: [...TEAM, ...MUNICIPAL],
  },
  {
    key: 'alerts',
    path: '/alerts',
    label: '緊急のお知らせ',
    Component: 'kizuna/rsc#AlertsPage',
    roles: ALERT_PEOPLE,
  },
  {
    key: 'posters',
    path: '/posters',
    label: 'ポスターとQR',
    Component: 'kizuna/rsc#PostersPage',
    roles: [...TEAM, ...MUNICIPAL],
  },
  {
    key: 'numbers',
    path: '/numbers',
    label: '数字',
    Component: 'kizuna/rsc#NumbersPage',
    roles: NUMBERS_PEOPLE,
  },
  {
    key: 'operation',
    path: '/operation',
    label: '配信のようす',
    Component: 'kizuna/rsc#OperationPage',
    roles: NUMBERS_PEOPLE,
  },
  {
    key: 'surveys',
    path: '/surveys',
    label: 'アンケート',
    Component: 'kizuna/rsc#SurveysPage',
    roles: [...TEAM, ...MUNICIPAL],
  },
  {
    key: 'funding',
    path: '/funding',
    label: '交付金の報告',
    Component: 'kizuna/rsc#FundingPage',
    roles: NUMBERS_PEOPLE,
  },
  {
    key: 'counter',
    path: '/counter',
    label: '窓口',
    Component: 'kizuna/rsc#CounterPage',
    roles: COUNTER_PEOPLE,
  },
  {
    key: 'accountMoves',
    path: '/account-moves',
    label: 'LINE アカウントの引っ越し',
    Component: 'kizuna/rsc#MovesPage',
    roles: MOVE_PEOPLE,
  },
  {
    key: 'takeout',
    path: '/takeout',
    label: 'すべてを持ち出す',
    Component: 'kizuna/rsc#TakeoutPage',
    roles: TAKEOUT_PEOPLE,
  },
  {
    key: 'dueReviews',
    path: '/due-reviews',
    label: '見直し期限',
    Component: 'kizuna/rsc#DueReviewsPage',
    roles: [...TEAM, ...MUNICIPAL],
  },
  {
    key: 'links',
    path: '/links',
    label: 'リンクの確かめ',
    Component: 'kizuna/rsc#LinksPage',
    roles: [...TEAM, ...MUNICIPAL],
  },
  {
    key: 'import',
    path: '/sheets',
    label: '取り込み・書き出し',
    Component: 'kizuna/rsc#ImportPage',
    roles: INBOX_WRITERS,
  },
  {
    key: 'proposal',
    path: '/proposals',
    label: '協力団体の提案',
    Component: 'kizuna/rsc#ProposalPage',
    roles: ['contributor', ...MUNICIPAL],
  },
  {
    key: 'library',
    path: '/library',
    label: 'お手本',
    Component: 'kizuna/rsc#LibraryPage',
    roles: MUNICIPAL,
  },
  {
    key: 'plain',
    path: '/plain',
    label: 'やさしい日本語版',
    Component: 'kizuna/rsc#PlainPage',
    roles: TEAM,
  },
  {
    key: 'renewal',
    path: '/renewal',
    label: '新年度への引き継ぎ',
    Component: 'kizuna/rsc#RenewalPage',
    roles: RENEWAL_PEOPLE,
  },
]
