import type { Payload, TypedUser } from 'payload'

import { relatedId } from '../cms/relation'
import { hasRole, municipalityIdOf } from '../people/roles'
import { FIRST_WEEK_KEY, type FirstWeekSeen } from './firstWeekKey'

/** A task of somebody's first week. */
export interface FirstTask {
  code: 'contact' | 'write' | 'preview' | 'submit' | 'print'
  label: string
  /** Path inside the admin. */
  path: string
  isDone: boolean
}

/** What a clerk has really done. */
export type Deeds = Readonly<Record<FirstTask['code'], boolean>>

/** The five tasks of a clerk's first week; null when all are done. *Pure.* */
export function firstTasks(
  deeds: Deeds,
  { municipality, addOn }: { municipality: string; addOn: string | null },
): FirstTask[] | null {
  const write = '/collections/kizuna-add-ons'
  const own = addOn === null ? `${write}/create` : `${write}/${addOn}`
  const tasks: Omit<FirstTask, 'isDone'>[] = [
    {
      code: 'contact',
      label: '自治体の連絡先を確かめる',
      path: `/collections/kizuna-municipalities/${municipality}`,
    },
    { code: 'write', label: 'お手本を写して、自治体原稿を1つ書く', path: '/library' },
    { code: 'preview', label: '家族に届く見え方を見る', path: own },
    { code: 'submit', label: '書いた原稿を監修に出す', path: own },
    { code: 'print', label: '窓口をひらいて、手引きを印刷する', path: '/counter' },
  ]
  const told = tasks.map((task) => ({ ...task, isDone: deeds[task.code] }))
  return told.every(({ isDone }) => isDone) ? null : told
}

/** The tasks of a person's first week, by what they have done; null for whom there is no guide. */
export async function findFirstTasks(
  payload: Payload,
  user: TypedUser,
): Promise<FirstTask[] | null> {
  const municipality = municipalityIdOf(user)
  if (municipality === null || !hasRole(user, 'municipal-editor')) return null
  const seen = await findSeen(payload, user)
  if (seen.isDismissed === true) return null
  const me = String(user.id)
  const submitted = await findSubmitted(payload, me)
  // Whoever wrote on it is forgotten once it is out: what they handed in tells it then.
  const addOn = (await findOwnAddOn(payload, user)) ?? submitted
  const deeds = {
    contact: seen.contact === true,
    write: addOn !== null,
    preview: seen.preview === true,
    submit: submitted !== null,
    print: await hasOpenedCounter(payload, me),
  }
  return firstTasks(deeds, { municipality, addOn })
}

async function findSeen(payload: Payload, user: TypedUser): Promise<FirstWeekSeen> {
  const { docs } = await payload.find({
    collection: 'payload-preferences',
    where: {
      and: [
        { key: { equals: FIRST_WEEK_KEY } },
        { 'user.relationTo': { equals: user.collection } },
        { 'user.value': { equals: user.id } },
      ],
    },
    limit: 1,
    depth: 0,
    pagination: false,
    overrideAccess: true, // one's own
  })
  const value: unknown = docs[0]?.value
  return typeof value === 'object' && value !== null ? value : {}
}

/** The newest add-on that the person has written on. */
async function findOwnAddOn(payload: Payload, user: TypedUser): Promise<string | null> {
  const { docs } = await payload.find({
    collection: 'kizuna-add-ons',
    where: { authors: { in: [user.id] } },
    draft: true,
    sort: '-updatedAt',
    select: { title: true },
    limit: 1,
    depth: 0,
    pagination: false,
    user,
    overrideAccess: false,
  })
  return docs[0] ? String(docs[0].id) : null
}

/** The add-on that a person has handed in last. */
async function findSubmitted(payload: Payload, person: string): Promise<string | null> {
  const { docs } = await payload.find({
    collection: 'kizuna-approvals',
    where: {
      and: [
        { reviewer: { equals: person } },
        { verdict: { equals: 'submit' } },
        { 'document.relationTo': { equals: 'kizuna-add-ons' } },
      ],
    },
    ...NEWEST,
  })
  return relatedId(docs[0]?.document)
}

async function hasOpenedCounter(payload: Payload, person: string): Promise<boolean> {
  const { docs } = await payload.find({
    collection: 'kizuna-audit-log',
    where: { and: [{ action: { equals: 'counter' } }, { 'actor.value': { equals: person } }] },
    ...NEWEST,
  })
  return docs.length > 0
}

/** What a person did themselves is looked up with all rights. */
const NEWEST = {
  sort: '-createdAt',
  limit: 1,
  depth: 0,
  pagination: false,
  overrideAccess: true,
} as const
