// What the matrix cannot say: fields, tenants, secrets and roles that somebody tries to reach around.
import { afterAll, describe, expect, test } from '@jest/globals'

import { startCms } from './cms'
import {
  addOnData,
  createDocuments,
  lineAccountData,
  manuscriptData,
  seriesData,
  opened,
} from './documents'
import { gather, insert, municipalityData, personData } from './people'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
const { as, ids, own, other } = people
afterAll(() => cms.stop())

async function stored(collection: string, id: string) {
  return (await cms.payload.findByID({
    collection: collection as never,
    id,
    depth: 0,
    draft: true,
  })) as unknown as Record<string, unknown>
}

describe('roles', () => {
  test.each(['editor', 'municipal-editor', 'contributor', 'admin'] as const)(
    'the %s cannot give themselves a role, a discipline, a municipality or another name',
    async (role) => {
      const before = await stored('users', ids[role])
      const body = {
        kizunaRoles: ['chief'],
        kizunaDisciplines: ['dental'],
        kizunaMunicipality: other,
        kizunaName: '監修 責任者',
        kizunaWantsDigest: false,
      }
      const path = `/users/${ids[role]}`
      const answer = await cms.rest({ method: 'PATCH', path, as: as[role], body })
      expect(answer.status).toBe(200)
      const after = await stored('users', ids[role])
      expect(after.kizunaWantsDigest).toBe(false)
      expect([
        after.kizunaName,
        after.kizunaRoles,
        after.kizunaDisciplines,
        after.kizunaMunicipality,
      ]).toEqual([
        before.kizunaName,
        before.kizunaRoles,
        before.kizunaDisciplines,
        before.kizunaMunicipality,
      ])
    },
  )

  test('the same over GraphQL', async () => {
    const query =
      'mutation ($id: String!) { updateUser(id: $id, data: { kizunaRoles: [chief] }) { id } }'
    await cms.ask({ query, variables: { id: ids.editor }, as: as.editor })
    expect((await stored('users', ids.editor)).kizunaRoles).toEqual(['editor'])
  })

  test('nor as part of a name', async () => {
    const path = `/users/${ids.editor}`
    const body = { 'kizunaRoles.1': 'chief' }
    const answer = await cms.rest({ method: 'PATCH', path, as: as.editor, body })
    expect(answer.status).toBe(400)
    const made = { ...personData('editor', own), ...body }
    const created = await cms.rest({ method: 'POST', path: '/users', as: as.admin, body: made })
    expect(created.status).toBe(400)
  })

  test('an admin changes the roles of somebody else', async () => {
    const id = await documents.make('users', 'team')
    const body = { kizunaRoles: ['editor', 'chief'] }
    await cms.rest({ method: 'PATCH', path: `/users/${id}`, as: as.admin, body })
    expect((await stored('users', id)).kizunaRoles).toEqual(['editor', 'chief'])
  })

  test('an admin cannot delete themselves', async () => {
    const path = `/users/${ids.admin}`
    expect((await cms.rest({ method: 'DELETE', path, as: as.admin })).status).toBe(403)
  })

  test('nobody registers as the first user of a CMS that has users', async () => {
    const body = { name: '侵入', email: 'x@example.jp', password: 'himitsu-no-kotoba' }
    const answer = await cms.rest({ method: 'POST', path: '/users/first-register', body })
    expect(answer.status).toBe(403)
  })

  test('only an admin unlocks a locked account', async () => {
    const body = { email: (await stored('users', ids.editor)).email }
    const unlock = (who: string | undefined) =>
      cms.rest({ method: 'POST', path: '/users/unlock', as: who, body })
    expect((await unlock(undefined)).status).toBe(403)
    expect((await unlock(as.chief)).status).toBe(403)
    expect((await unlock(as.worker)).status).toBe(403)
    expect((await unlock(as.admin)).status).toBe(200)
  })
})

describe('municipalities', () => {
  const staff = as['municipal-editor']

  test('staff change their own settings but not what the contract says', async () => {
    const before = await stored('kizuna-municipalities', own)
    const words = { senderName: '新しい差出人', name: 'のっとり市' }
    const path = `/kizuna-municipalities/${own}`
    const refused = await cms.rest({ method: 'PATCH', path, as: staff, body: words })
    expect(refused.status).toBe(403)
    const body = {
      dailyCap: 5,
      code: '131016',
      isActive: false,
      mailFrom: 'evil@example.jp',
      channels: ['line'],
      series: [],
    }
    expect((await cms.rest({ method: 'PATCH', path, as: staff, body })).status).toBe(200)
    const after = await stored('kizuna-municipalities', own)
    const kept = ({
      name,
      senderName,
      code,
      isActive,
      mailFrom,
      channels,
    }: Record<string, unknown>) => ({
      name,
      senderName,
      code,
      isActive,
      mailFrom,
      channels,
    })
    expect(after.dailyCap).toBe(5)
    expect(kept(after)).toEqual(kept(before))
  })

  test('nobody changes a code, not even the admin', async () => {
    const id = await insert(cms, 'kizuna-municipalities', municipalityData())
    const { code } = await stored('kizuna-municipalities', id)
    const path = `/kizuna-municipalities/${id}`
    await cms.rest({ method: 'PATCH', path, as: as.admin, body: { code: '131016' } })
    expect((await stored('kizuna-municipalities', id)).code).toBe(code)
  })

  test('an add-on cannot be moved to another municipality', async () => {
    const id = await documents.make('kizuna-add-ons', 'own')
    const path = `/kizuna-add-ons/${id}?draft=true`
    const answer = await cms.rest({
      method: 'PATCH',
      path,
      as: staff,
      body: { municipality: other },
    })
    expect(answer.status).toBe(403)
    expect((await stored('kizuna-add-ons', id)).municipality).toBe(own)
  })

  test('a bulk change reaches only the own municipality', async () => {
    const foreign = await documents.make('kizuna-add-ons', 'other')
    const path = '/kizuna-add-ons?draft=true&where[title][exists]=true'
    const answer = await cms.rest({ method: 'PATCH', path, as: staff, body: { title: 'ぜんぶ' } })
    expect(JSON.stringify(answer.body)).not.toContain(foreign)
    expect((await stored('kizuna-add-ons', foreign)).title).not.toBe('ぜんぶ')
  })

  test('an add-on without a municipality becomes the own one', async () => {
    const body = { ...addOnData(own), municipality: undefined }
    const path = '/kizuna-add-ons?draft=true'
    const answer = await cms.rest({ method: 'POST', path, as: staff, body })
    expect(answer.status).toBe(201)
    expect(await stored('kizuna-add-ons', (answer.body.doc as { id: string }).id)).toMatchObject({
      municipality: own,
    })
  })

  test("questions about others' documents do not even count them", async () => {
    await documents.make('kizuna-add-ons', 'other')
    const path = `/kizuna-add-ons/count?where[municipality][equals]=${other}`
    expect((await cms.rest({ path, as: staff })).body.totalDocs).toBe(0)
  })

  test('a relation does not open what access closes', async () => {
    const path = `/users/${ids['municipal-editor']}?depth=2`
    await cms.payload.update({ collection: 'kizuna-municipalities', id: own, data: {} })
    const { body } = await cms.rest({ path, as: as.contributor })
    expect(JSON.stringify(body)).not.toContain('@example.jp')
  })
})

describe('contributors', () => {
  const path = '/kizuna-add-ons?draft=true'

  test('propose books and groups, and nothing else', async () => {
    const blocks = [{ blockType: 'text', text: 'おしらせ' }]
    const body = { ...addOnData(own), blocks }
    const answer = await cms.rest({ method: 'POST', path, as: as.contributor, body })
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain('選べる部品だけ')
  })

  test.each([
    ['a part', { 'blocks.1': { blockType: 'text', text: 'おしらせ' } }, 'blocks.1'],
    ['a field of a part', { 'blocks.0.description': 'x' }, 'blocks.0.description'],
    ['an author', { 'authors.0': ids.editor }, 'authors.0'],
    ['where it came from', { 'origin.addOn': 'x' }, 'origin.addOn'],
    ['an order of the database', { $set: { isProposal: false } }, '$set'],
  ])('name no way into the document: %s', async (_, more, at) => {
    const body = { ...addOnData(own), ...more }
    const answer = await cms.rest({ method: 'POST', path, as: as.contributor, body })
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain(`"path":"${at}"`)
  })

  test('what they write is a proposal in their name, whatever they say', async () => {
    const body = { ...addOnData(own), isProposal: false, proposedBy: ids.editor }
    const answer = await cms.rest({ method: 'POST', path, as: as.contributor, body })
    const { id } = answer.body.doc as { id: string }
    expect(await stored('kizuna-add-ons', id)).toMatchObject({
      isProposal: true,
      proposedBy: ids.contributor,
      _status: 'draft',
    })
  })

  test('cannot take a proposal over, and cannot change it once it is taken', async () => {
    const body = { ...addOnData(own) }
    const created = await cms.rest({ method: 'POST', path, as: as.contributor, body })
    const { id } = created.body.doc as { id: string }
    const change = async (who: string | undefined, data: object) => {
      const body = { ...data, ...(await opened(cms, 'kizuna-add-ons', id)) }
      return cms.rest({ method: 'PATCH', path: `/kizuna-add-ons/${id}?draft=true`, as: who, body })
    }
    await change(as.contributor, { isProposal: false })
    expect((await stored('kizuna-add-ons', id)).isProposal).toBe(true)
    expect((await change(as['municipal-editor'], { isProposal: false })).status).toBe(200)
    expect((await stored('kizuna-add-ons', id)).isProposal).toBe(false)
    expect((await change(as.contributor, { title: 'もう一度' })).status).toBe(403)
  })
})

describe('secrets', () => {
  test('the channel secret is sealed in the database and clear for the worker only', async () => {
    const id = await insert(cms, 'kizuna-line-accounts', lineAccountData())
    const raw = await cms.payload.db.findOne<{ id: string; channelSecret: string }>({
      collection: 'kizuna-line-accounts',
      where: { id: { equals: id } },
    })
    expect(raw?.channelSecret).toMatch(/^k1\./)
    const read = async (who: string | undefined) =>
      (await cms.rest({ path: `/kizuna-line-accounts/${id}`, as: who })).body.channelSecret
    expect(await read(as.worker)).toBe(lineAccountData().channelSecret)
    expect(await read(as.admin)).toBeUndefined()
    expect((await stored('kizuna-line-accounts', id)).channelSecret).toBeUndefined()
    const query = `{ KizunaLineAccount(id: "${id}") { name channelSecret } }`
    expect((await cms.ask({ query, as: as.admin })).data?.KizunaLineAccount).toMatchObject({
      channelSecret: null,
    })
  })

  test('a change of the name keeps the secret; a new secret replaces it', async () => {
    const id = await insert(cms, 'kizuna-line-accounts', lineAccountData())
    const path = `/kizuna-line-accounts/${id}`
    const secret = async () => (await cms.rest({ path, as: as.worker })).body.channelSecret
    const change = (body: object) => cms.rest({ method: 'PATCH', path, as: as.admin, body })
    await change({ name: '新しい名前' })
    await change({ name: '別の名前', channelSecret: '' })
    await change({ name: '別の名前', channelSecret: null })
    expect(await secret()).toBe(lineAccountData().channelSecret)
    await change({ channelSecret: 'f'.repeat(32) })
    expect(await secret()).toBe('f'.repeat(32))
  })

  test('the secret of LINE Login goes with its channel id, sealed for the worker only', async () => {
    const id = await insert(cms, 'kizuna-line-accounts', lineAccountData())
    const path = `/kizuna-line-accounts/${id}`
    const change = async (body: object) =>
      (await cms.rest({ method: 'PATCH', path, as: as.admin, body })).status
    const read = async (who: string | undefined) => (await cms.rest({ path, as: who })).body
    expect(await change({ loginChannelId: '1657000001' })).toBe(400)
    expect(await change({ loginChannelId: 'x', loginChannelSecret: 'e'.repeat(32) })).toBe(400)
    expect(await change({ loginChannelId: '1657000001', loginChannelSecret: 'abc' })).toBe(400)
    expect((await read(as.worker)).loginChannelId ?? null).toBeNull()
    const login = { loginChannelId: '1657000001', loginChannelSecret: 'e'.repeat(32) }
    expect(await change(login)).toBe(200)
    expect(await change({ name: '別の名前' })).toBe(200)
    expect(await change({ loginChannelId: '1657000002', loginChannelSecret: '' })).toBe(200)
    expect(await read(as.worker)).toMatchObject({ ...login, loginChannelId: '1657000002' })
    expect((await read(as.admin)).loginChannelSecret).toBeUndefined()
    const where = { id: { equals: id } }
    const raw = () =>
      cms.payload.db.findOne<{ id: string; loginChannelSecret: string | null }>({
        collection: 'kizuna-line-accounts',
        where,
      })
    expect((await raw())?.loginChannelSecret).toMatch(/^k1\./)
    const { channelId } = (await read(as.worker)) as { channelId: string }
    expect(await change({ loginChannelId: channelId })).toBe(400)
    const liffId = '1657000002-AbCdEfGh'
    expect(await change({ liffId: '1657000009-AbCdEfGh' })).toBe(400)
    expect(await change({ liffId: `${liffId}?x=1` })).toBe(400)
    expect(await change({ liffId })).toBe(200)
    expect(await change({ loginChannelId: '' })).toBe(400) // its LIFF app goes first
    expect(await change({ loginChannelId: '', liffId: '' })).toBe(200)
    expect((await raw())?.loginChannelSecret ?? null).toBeNull()
    expect((await read(as.worker)).channelSecret).toBe(lineAccountData().channelSecret)
    expect(await change({ loginChannelId: '1657000001' })).toBe(400)
  })

  test('staff cannot search by the secret', async () => {
    await documents.make('kizuna-line-accounts', 'own')
    const path = '/kizuna-line-accounts?where[channelSecret][like]=k1'
    expect((await cms.rest({ path, as: as['municipal-editor'] })).status).toBe(400)
  })

  test.each(['admin', 'worker'] as const)('API keys are not readable by the %s', async (who) => {
    const { body } = await cms.rest({ path: '/kizuna-service-accounts?limit=50', as: as[who] })
    expect(JSON.stringify(body)).not.toMatch(/"apiKey(Index)?":"/)
  })

  test('the worker can neither change its own account nor lock documents', async () => {
    const { body } = await cms.rest({ path: '/kizuna-service-accounts/me', as: as.worker })
    const { id } = body.user as { id: string }
    const path = `/kizuna-service-accounts/${id}`
    const change = { name: 'わたし' }
    expect((await cms.rest({ method: 'PATCH', path, as: as.worker, body: change })).status).toBe(
      403,
    )
    const lock = { user: { relationTo: 'kizuna-service-accounts', value: id }, globalSlug: 'x' }
    const locks = '/payload-locked-documents'
    expect(
      (await cms.rest({ method: 'POST', path: locks, as: as.worker, body: lock })).status,
    ).toBe(403)
    expect((await cms.rest({ path: locks, as: as.worker })).status).toBe(403)
  })
})

describe('drafts', () => {
  test('a municipality sees no draft of a common text, not even of a live one', async () => {
    const series = await insert(cms, 'kizuna-series', seriesData())
    const id = await insert(cms, 'kizuna-manuscripts', manuscriptData(series))
    const staff = as['municipal-editor']
    expect(
      (await cms.rest({ path: `/kizuna-manuscripts/${id}?draft=true`, as: staff })).status,
    ).toBe(404)
    const live = await documents.make('kizuna-manuscripts', 'live')
    const body = { body: '書きかけの秘密', ...(await opened(cms, 'kizuna-manuscripts', live)) }
    const path = `/kizuna-manuscripts/${live}?draft=true`
    expect((await cms.rest({ method: 'PATCH', path, as: as.editor, body })).status).toBe(200)
    const seen = await cms.rest({ path, as: staff })
    expect(JSON.stringify(seen.body)).not.toContain('書きかけの秘密')
  })

  test('the author list cannot be written by hand', async () => {
    const series = await insert(cms, 'kizuna-series', seriesData())
    const body = { ...manuscriptData(series), authors: [ids.chief] }
    const path = '/kizuna-manuscripts?draft=true'
    const answer = await cms.rest({ method: 'POST', path, as: as.editor, body })
    const { id } = answer.body.doc as { id: string }
    expect((await stored('kizuna-manuscripts', id)).authors).toEqual([ids.editor])
  })

  test('a manuscript is not duplicated past its checks', async () => {
    const id = await documents.make('kizuna-manuscripts', 'draft')
    const path = `/kizuna-manuscripts/${id}/duplicate`
    expect((await cms.rest({ method: 'POST', path, as: as.editor, body: {} })).status).toBe(404)
  })
})
