// A save names the version it was opened at, whatever the route, and keeps to the lock.
import { describe, expect, test } from '@jest/globals'

import { openEditorialCmsOfFile } from '../editorialCms'
import type { Person } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const SAVED_SINCE = /あなたが開いたあとで、.+が .+ に保存しています/

describe.each([
  { collection: 'kizuna-manuscripts', writer: 'hana', other: 'taro', name: 'KizunaManuscript' },
  { collection: 'kizuna-add-ons', writer: 'machi', other: 'mina', name: 'KizunaAddOn' },
] as const)('$collection', ({ collection, writer, other, name }) => {
  const { edit } = cms.on(collection)
  const make = async () =>
    (await (collection === 'kizuna-manuscripts' ? cms.draft() : cms.addOn())).id as string
  const titleOf = async (id: string) =>
    (await cms.payload.findByID({ collection, id, depth: 0, draft: true })).title
  const save = (person: Person, id: string, data: object) =>
    cms.rest(person, `PATCH /${collection}/${id}?draft=true`, data)

  test('what was opened before somebody else saved is refused with who and when', async () => {
    const id = await make()
    const opened = await cms.opened(collection, id)
    expect((await edit(other, id, { title: '相手の題名' })).status).toBe(200)
    const answer = await save(writer, id, { title: '古い題名', ...opened })
    expect(answer).toMatchObject({
      status: 409,
      body: { errors: [{ data: { code: 'STALE_SAVE' } }] },
    })
    expect(answer.body.errors[0].message).toMatch(SAVED_SINCE)
    expect(answer.body.errors[0].message).toContain(`${other}さん`)
    expect(await titleOf(id)).toBe('相手の題名')
  })

  test('one’s own second window is a stale one as well', async () => {
    const id = await make()
    const opened = await cms.opened(collection, id)
    expect((await save(writer, id, { title: '一つ目', ...opened })).status).toBe(200)
    const answer = await save(writer, id, { title: '二つ目', ...opened })
    expect(answer.status).toBe(409)
    expect(answer.body.errors[0].message).toContain('あなたが別の画面で')
  })

  test('the answer to a save names the version for the next one', async () => {
    const id = await make()
    const first = await edit(writer, id, { title: '一' })
    const { updatedAt } = first.body.doc
    expect((await save(writer, id, { title: '二', updatedAt })).status).toBe(200)
    expect(await titleOf(id)).toBe('二')
  })

  test.each([
    ['nothing', {}],
    ['null', { updatedAt: null }],
    ['no date', { updatedAt: 'あした' }],
    ['a later instant', { updatedAt: '2999-01-01T00:00:00.000Z' }],
    ['the instant of making only', { createdAt: '2026-01-01T00:00:00.000Z' }],
  ])('a save that names %s is refused', async (_, named) => {
    const id = await make()
    const answer = await save(writer, id, { title: '名のない保存', ...named })
    expect({ status: answer.status, code: answer.body.errors[0].data.code }).toEqual({
      status: 409,
      code: 'STALE_SAVE',
    })
    expect(await titleOf(id)).not.toBe('名のない保存')
  })

  test('the row of a new text names its first version as well', async () => {
    const id = await make()
    const { body } = await cms.rest(writer, `GET /${collection}/${id}?depth=0`)
    expect((await save(writer, id, { ...body, title: '続き' })).status).toBe(200)
    expect((await save(writer, id, { ...body, title: '古い' })).status).toBe(409)
  })

  test('GraphQL and autosave follow the same rule, several at once are never saved', async () => {
    const id = await make()
    const { updatedAt } = await cms.opened(collection, id)
    await edit(other, id, { title: '相手の題名' })
    const set = `data: { title: "古い", updatedAt: "${updatedAt}" }`
    const asked = `mutation { update${name}(id: "${id}", draft: true, ${set}) { id } }`
    const { body } = await cms.graphql(writer, asked)
    expect(body.errors[0].message).toMatch(SAVED_SINCE)
    const data = { title: '古い', updatedAt }
    const where = `where[id][equals]=${id}`
    const bulk = await cms.rest(writer, `PATCH /${collection}?draft=true&${where}`, data)
    expect(bulk.status).toBe(403)
    const autosaved = `PATCH /${collection}/${id}?draft=true&autosave=true`
    expect((await cms.rest(writer, autosaved, data)).status).toBe(409)
    expect(await titleOf(id)).toBe('相手の題名')
  })

  test('of two saves at the same instant one wins, the other is told', async () => {
    const id = await make()
    const opened = await cms.opened(collection, id)
    const answers = await Promise.all(
      ['一', '二', '三', '四'].map((title) => save(writer, id, { title, ...opened })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
  })

  describe('a restored version', () => {
    const firstOf = async (id: string) => {
      const where = { parent: { equals: id } }
      const found = await cms.payload.findVersions({ collection, where, sort: 'createdAt' })
      return found.docs[0]!.id as string
    }
    const restore = (person: Person, version: string, named?: object) =>
      cms.rest(person, `POST /${collection}/versions/${version}?draft=true`, named)
    const restoreByGraphql = (person: Person, version: string, more = '') =>
      cms.graphql(
        person,
        `mutation { restoreVersion${name}(id: "${version}", draft: true${more}) { title } }`,
      )

    test('does not go over what somebody saved since: who and when are told', async () => {
      const id = await make()
      const version = await firstOf(id)
      await edit(writer, id, { title: '二つ目' })
      const opened = await cms.opened(collection, id)
      await edit(other, id, { title: '相手の題名' })
      const answer = await restore(writer, version, opened)
      expect(answer).toMatchObject({
        status: 409,
        body: { errors: [{ data: { code: 'STALE_SAVE' } }] },
      })
      expect(answer.body.errors[0].message).toMatch(SAVED_SINCE)
      expect(answer.body.errors[0].message).toContain(`${other}さん`)
      expect(answer.body.errors[0].message).toContain('まだ戻していません')
      const { body } = await restoreByGraphql(writer, version, `, updatedAt: "${opened.updatedAt}"`)
      expect(body.errors[0].message).toMatch(SAVED_SINCE)
      expect(await titleOf(id)).toBe('相手の題名')
    })

    test.each([
      ['nothing', undefined],
      ['an empty body', {}],
      ['null', { updatedAt: null }],
      ['no date', { updatedAt: 'きのう' }],
      ['what it restores', 'version'],
    ])('that names %s is refused', async (_, named) => {
      const id = await make()
      const version = await firstOf(id)
      await edit(writer, id, { title: '二つ目' })
      const old = await cms.payload.findVersionByID({ collection, id: version, depth: 0 })
      const body = named === 'version' ? { updatedAt: old.version.updatedAt } : named
      const answer = await restore(writer, version, body as object)
      expect({ status: answer.status, code: answer.body.errors[0].data.code }).toEqual({
        status: 409,
        code: 'STALE_SAVE',
      })
      expect(await titleOf(id)).toBe('二つ目')
    })

    test('says what to do where nothing is named, over GraphQL as well', async () => {
      const id = await make()
      const version = await firstOf(id)
      const { body } = await restoreByGraphql(writer, version)
      expect(body.errors[0].message).toContain('updatedAt を添えて戻してください')
      expect(body.errors[0].extensions.statusCode).toBe(409)
    })

    test('of two windows, two people and one’s own, one restores', async () => {
      const id = await make()
      const version = await firstOf(id)
      await edit(writer, id, { title: '二つ目' })
      const opened = await cms.opened(collection, id)
      expect((await restore(writer, version, opened)).status).toBe(200)
      for (const person of [writer, other]) {
        expect((await restore(person, version, opened)).status).toBe(409)
      }
      expect((await save(other, id, { title: '古い窓', ...opened })).status).toBe(409)
    })

    test('of four at the same instant one wins, the other are told', async () => {
      const id = await make()
      const version = await firstOf(id)
      await edit(writer, id, { title: '二つ目' })
      const opened = await cms.opened(collection, id)
      const people = [writer, other, writer, other] as const
      const answers = await Promise.all(people.map((one) => restore(one, version, opened)))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    })

    test('that came to nothing opens no door for what the same request asks for next', async () => {
      const id = await make()
      const { updatedAt } = await cms.opened(collection, id)
      await edit(other, id, { title: '相手の題名' })
      const nowhere = '000000000000000000000000'
      const set = `data: { title: "古い", updatedAt: "${updatedAt}" }`
      const { body } = await cms.graphql(
        writer,
        `mutation {
          first: restoreVersion${name}(id: "${nowhere}", draft: true) { title }
          then: update${name}(id: "${id}", draft: true, ${set}) { title }
        }`,
      )
      expect(body.errors).toHaveLength(2)
      expect(await titleOf(id)).toBe('相手の題名')
    })

    test('tells whoever may not write there nothing of versions', async () => {
      const id = await make()
      const version = await firstOf(id)
      expect((await restore('doctor', version)).status).toBe(403)
    })
  })

  test('a program and a script without a person are not asked', async () => {
    const id = await make()
    const data = { title: '移行' } as never
    await cms.payload.update({ collection, id, data, draft: true })
    expect(await titleOf(id)).toBe('移行')
  })

  test('whoever may not write there learns nothing of versions', async () => {
    const id = await make()
    expect((await save('doctor', id, { title: '監修者' })).status).toBe(403)
  })

  describe('somebody took over', () => {
    const lock = async (person: Person, id: string) => {
      const user = { relationTo: 'users', value: cms.users[person].id }
      const { id: made } = await cms.payload.create({
        collection: 'payload-locked-documents',
        data: { document: { relationTo: collection, value: id }, user } as never,
      })
      return made
    }

    test.each([
      ['REST', (id: string, data: object) => save(writer, id, data)],
      [
        'REST that overrides the lock',
        (id: string, data: object) =>
          cms.rest(writer, `PATCH /${collection}/${id}?draft=true&overrideLock=true`, data),
      ],
    ])('%s is refused with who writes', async (_, send) => {
      const id = await make()
      const opened = await cms.opened(collection, id)
      await lock(other, id)
      const answer = await send(id, { title: '前の人', ...opened })
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 423 })
      expect(answer.body.errors[0].message).toContain(`いまは${other}さんが編集している`)
      expect(await titleOf(id)).not.toBe('前の人')
      expect((await save(other, id, { title: '引き継いだ人', ...opened })).status).toBe(200)
    })

    test('GraphQL and a restored version are refused, and so is a deletion', async () => {
      const id = await make()
      const { updatedAt } = await cms.opened(collection, id)
      const where = { parent: { equals: id } }
      const [version] = (await cms.payload.findVersions({ collection, where })).docs
      await lock(other, id)
      const set = `data: { title: "前の人", updatedAt: "${updatedAt}" }`
      const asked = `mutation { update${name}(id: "${id}", draft: true, ${set}) { id } }`
      const { body } = await cms.graphql(writer, asked)
      expect(body.errors[0].message).toContain(`${other}さん`)
      const restore = `POST /${collection}/versions/${version?.id}?draft=true`
      expect((await cms.rest(writer, restore)).status).toBe(423)
      const remove = `DELETE /${collection}/${id}?overrideLock=true`
      expect((await cms.rest(writer, remove)).status).toBe(423)
    })

    test('of two locks the newer counts, and one’s own is none', async () => {
      const id = await make()
      await lock(other, id)
      await lock(writer, id)
      expect((await edit(writer, id, { title: '引き継いだ' })).status).toBe(200)
    })

    test('whoever may not write there is not told who does', async () => {
      const id = await make()
      await lock(other, id)
      const answer = await save('doctor', id, { title: '監修者' })
      expect(answer.status).toBe(403)
      expect(JSON.stringify(answer.body)).not.toContain(`${other}さん`)
    })
  })
})
