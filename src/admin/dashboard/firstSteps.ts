import type { TypedUser } from 'payload'

import { hasRole } from '../../people/roles'

/** Of each kind: one or more if the person can see any document, otherwise 0. */
export interface Counts {
  series: number
  municipalities: number
  manuscripts: number
}

/** A first step for somebody who faces an empty list. */
export interface FirstStep {
  sentence: string
  /** Path inside the admin. */
  path: string
  label: string
}

/** What a person does first while something they need is still empty. *Pure.* */
export function firstSteps(user: TypedUser, counts: Counts, usersSlug: string): FirstStep[] {
  const create = (slug: string) => `/collections/${slug}/create`
  return [
    counts.series === 0 &&
      hasRole(user, 'admin', 'chief') && {
        sentence: '原稿のまとまり(シリーズ)を作ります。',
        path: create('kizuna-series'),
        label: 'シリーズを作る',
      },
    counts.municipalities === 0 &&
      hasRole(user, 'admin') && {
        sentence: '配信元になる自治体を登録します。',
        path: create('kizuna-municipalities'),
        label: '自治体を登録する',
      },
    counts.municipalities === 0 &&
      hasRole(user, 'admin') && {
        sentence: '書く人・監修する人・自治体の担当者を登録します。',
        path: create(usersSlug),
        label: 'ユーザーを登録する',
      },
    counts.manuscripts === 0 &&
      hasRole(user, 'editor') && {
        sentence: '最初の原稿を書きます。',
        path: create('kizuna-manuscripts'),
        label: '原稿を書く',
      },
  ].filter((step) => step !== false)
}
