// One person of each role, two municipalities, the worker's account and one that was stopped.
import { randomUUID } from 'node:crypto'

import type { Role } from '../../src/people/roles'
import { municipalityCheckDigit } from '../../src/table/municipalityCode'
import type { Actor, TwoRoles } from './accessMatrix'
import { ACTORS, TWO_ROLES } from './accessMatrix'
import type { TestCms } from './cms'

const PASSWORD = 'himitsu-no-kotoba'

let count = 0

/** A number nobody else got, for unique names, codes and slots. */
export function nextNumber(): number {
  count += 1
  return count
}

export function municipalityCode(): string {
  const five = String(90_000 + nextNumber())
  return `${five}${municipalityCheckDigit(five)}`
}

export const CONTACT = {
  department: '健康子育て課',
  phone: '0123-45-6789',
  hours: '平日 8:30〜17:15',
}

export function municipalityData() {
  const name = `第${nextNumber()}みほん町`
  return {
    name,
    code: municipalityCode(),
    senderName: `${name} 子育て便り`,
    editions: ['standard'],
    channels: ['mail'],
    mailFrom: 'kosodate@mihon.example.jp',
    windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
    mailAfterCrash: 'at-most-once',
    dailyCap: 3,
    contact: CONTACT,
    areas: [{ name: '北地区' }, { name: '南地区' }],
    contactVariables: [{ name: '保健センター', value: '0123-45-6780' }],
  }
}

export interface People {
  /** Ids of the municipalities. */
  own: string
  other: string
  /** Ids of users by role. */
  ids: Record<Role, string>
  /** Authorization header of each actor. */
  as: Record<Actor | TwoRoles, string | undefined>
}

/** Makes everybody and logs them in. */
export async function gather(cms: TestCms): Promise<People> {
  const own = await insert(cms, 'kizuna-municipalities', municipalityData())
  const other = await insert(cms, 'kizuna-municipalities', {
    ...municipalityData(),
    name: 'べつの市',
  })
  const ids: Partial<Record<Role, string>> = {}
  const as: Partial<Record<Actor | TwoRoles, string | undefined>> = { anonymous: undefined }
  for (const role of ACTORS.filter(isRole)) {
    const person = personData(role, own)
    ids[role] = await insert(cms, 'users', person)
    as[role] = await cms.login(person.email, PASSWORD)
  }
  for (const [name, roles] of Object.entries(TWO_ROLES)) {
    const person = {
      ...personData(roles[0], own),
      ...personData(roles[1], own),
      kizunaRoles: roles,
    }
    await insert(cms, 'users', person)
    as[name as TwoRoles] = await cms.login(person.email, PASSWORD)
  }
  as.worker = await serviceAccount(cms, true)
  as.stoppedWorker = await serviceAccount(cms, false)
  return { own, other, ids: ids as People['ids'], as: as as People['as'] }
}

export function personData(role: Role, municipality: string) {
  const isLocal = role.startsWith('municipal-') || role === 'contributor'
  return {
    kizunaName: `${role} の人`,
    email: `${role}-${nextNumber()}@example.jp`,
    password: PASSWORD,
    kizunaRoles: [role],
    ...(role === 'reviewer' ? { kizunaDisciplines: ['medical'] } : {}),
    ...(isLocal ? { kizunaMunicipality: municipality } : {}),
  }
}

/** Inserts without asking for access, as a seed does. */
export async function insert(cms: TestCms, collection: string, data: object): Promise<string> {
  const { id } = await cms.payload.create({
    collection: collection as never,
    data: data as never,
    depth: 0,
  })
  return String(id)
}

async function serviceAccount(cms: TestCms, isActive: boolean): Promise<string> {
  const apiKey = randomUUID()
  await insert(cms, 'kizuna-service-accounts', {
    name: '配信',
    isActive,
    enableAPIKey: true,
    apiKey,
  })
  return `kizuna-service-accounts API-Key ${apiKey}`
}

function isRole(actor: Actor): actor is Role {
  return !['anonymous', 'worker', 'stoppedWorker'].includes(actor)
}
