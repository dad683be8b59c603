// A picture in a text: chosen from the library, approved with its words, frozen with the release.
import { describe, expect, test } from '@jest/globals'
import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { handleEndpoints } from 'payload'
import sharp from 'sharp'

import { pictureHash } from '../../../src/media/pictureHash'
import type { ReleaseContent } from '../../../src/release/content'
import { contentHash } from '../../../src/release/hash'
import { loadReviewScreen } from '../../../src/review/inbox/reviewScreen'
import { parsePolicy } from '../../../src/review/rules/policy'
import { drawingOf } from '../../drawing'
import { openEditorialCmsOfFile } from '../review/editorialCms'
import { libraryPicture } from './libraryPicture'

const cms = await openEditorialCmsOfFile()
const { payload } = cms
const first = await libraryPicture(payload)
const other = await libraryPicture(payload, { alt: 'べつの絵' }, await drawingOf(20))

const stateOf = async (id: string) =>
  (await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)).body
const edit = (id: string, data: object) => cms.on('kizuna-manuscripts').edit('hana', id, data)
const releaseOf = async (id: string) =>
  (await cms.releasesOf(`manuscript:${id}`)).at(-1) as unknown as {
    content: ReleaseContent
    contentHash: string
  }

describe('what a text keeps of its picture', () => {
  test('the words of the library until somebody writes others, and the bytes of the file', async () => {
    const made = await cms.draft({ picture: first.id })
    expect(made).toMatchObject({ pictureAlt: '眠る赤ちゃんの絵' })
    expect(made.pictureFile).toEqual({
      of: first.id,
      hash: first.sha256,
      type: 'png',
      width: 120,
      height: 80,
    })
    const renamed = await edit(made.id, { pictureAlt: 'おなかの中で眠る絵' })
    expect(renamed.body.doc.pictureAlt).toBe('おなかの中で眠る絵')
    const replaced = await edit(made.id, { picture: other.id })
    expect(replaced.body.doc).toMatchObject({
      pictureAlt: 'べつの絵',
      pictureFile: { of: other.id },
    })
    const gone = await edit(made.id, { picture: null })
    expect(gone.body.doc).toMatchObject({ picture: null, pictureAlt: null, pictureFile: null })
  })

  test('the hash is of the file that is kept, and nobody else writes it', async () => {
    const folder = payload.collections['kizuna-media'].config.upload.staticDir ?? ''
    expect(first.sha256).toBe(pictureHash(await readFile(join(folder, String(first.filename)))))
    const made = await cms.draft({ picture: first.id })
    const lie = { of: first.id, hash: 'f'.repeat(64), type: 'jpeg', width: 1, height: 1 }
    const { body } = await edit(made.id, { pictureFile: lie })
    expect(body.doc.pictureFile.hash).toBe(first.sha256)
  })

  test('of a town’s pictures only the town’s own add-ons, and no common text', async () => {
    const own = await libraryPicture(payload, { municipality: cms.municipality.id })
    const { body } = await cms.rest('hana', 'POST /kizuna-manuscripts?draft=true', {
      ...(await common()),
      picture: own.id,
    })
    expect(JSON.stringify(body.errors)).toContain('picture')
    const addOn = await cms.addOn({ picture: own.id })
    expect(addOn).toMatchObject({ pictureFile: { hash: own.sha256 } })
  })

  test.each([
    ['heavier than a mail may carry', () => noise(), /KB まで/],
    ['higher than LINE shows it', () => drawingOf(3, { width: 20, height: 90 }), /縦に長すぎ/],
  ])('one that is %s is refused with the sentence', async (_label, bytes, right) => {
    const picture = await libraryPicture(payload, {}, await bytes())
    const made = await cms.draft()
    const { status, body } = await edit(made.id, { picture: picture.id })
    expect(status).toBe(400)
    expect(JSON.stringify(body.errors)).toMatch(right)
  })

  test.each([
    ['the neutral question', { kind: 'question', slot: '42w0d' }],
    ['the plain edition', { edition: 'easy' }],
  ])('%s never has one', async (_label, place) => {
    const data = { ...(await common()), ...place, picture: first.id }
    const { status, body } = await cms.rest('hana', 'POST /kizuna-manuscripts?draft=true', data)
    expect(status).toBe(400)
    expect(JSON.stringify(body.errors)).toMatch(/絵・写真を|絵や写真を/)
  })

  async function common() {
    const { id: _, ...text } = await cms.draft()
    return { ...text, slot: 'day900', series: cms.series.id }
  }

  function noise(): Promise<Buffer> {
    const raw = { width: 400, height: 400, channels: 3 as const }
    return sharp(randomBytes(400 * 400 * 3), { raw })
      .png()
      .toBuffer()
  }
})

describe('what an approval is given for', () => {
  test('the picture and its words: another, or other words, is another content', async () => {
    const made = await cms.published({ picture: first.id })
    const released = await releaseOf(made.id)
    expect(released.content.picture).toEqual({
      hash: first.sha256,
      type: 'png',
      width: 120,
      height: 80,
      alt: '眠る赤ちゃんの絵',
    })
    expect(contentHash(released.content)).toBe(released.contentHash)
    expect((await stateOf(made.id)).state).toBe('published')
    for (const change of [{ pictureAlt: 'ほかの説明' }, { picture: other.id }, { picture: null }]) {
      await edit(made.id, change)
      const { state, contentHash: hash } = await stateOf(made.id)
      expect({ state, isSame: hash === released.contentHash }).toEqual({
        state: 'draft',
        isSame: false,
      })
    }
    expect((await releaseOf(made.id)).content.picture?.hash).toBe(first.sha256)
  })

  test('the library’s other words later change no text, and its picture stays', async () => {
    const picture = await libraryPicture(payload, {}, await drawingOf(7))
    const made = await cms.published({ picture: picture.id })
    const path = `/kizuna-media/${picture.id}`
    expect((await cms.rest('hana', `PATCH ${path}`, { alt: 'あとで変えた説明' })).status).toBe(200)
    expect((await stateOf(made.id)).state).toBe('published')
    const refused = await cms.rest('hana', `DELETE ${path}`)
    expect(refused.status).toBe(409)
    expect(JSON.stringify(refused.body)).toMatch(/原稿 1 件.*確定版 1 件/)
  })

  test('the cover of a book too: kept with its words, frozen, and not taken away', async () => {
    const own = await libraryPicture(
      payload,
      { municipality: cms.municipality.id, alt: '表紙の絵' },
      await drawingOf(31),
    )
    const typed = `https://cms.example/api/kizuna-media/file/${String(own.filename)}`
    const book = { blockType: 'book', title: 'もりのおはなし', imageUrl: typed }
    const made = await cms.addOn({ blocks: [book] })
    const [row] = made.blocks as Record<string, unknown>[]
    expect(row).toMatchObject({ imageUrl: typed })
    const save = (blocks: object[]) =>
      cms.on('kizuna-add-ons').edit('machi', made.id, { blocks, topics: ['book'] })
    const chosen = await save([{ ...row, picture: own.id }])
    expect(chosen.body.doc.blocks).toMatchObject([
      {
        imageUrl: null,
        pictureAlt: '表紙の絵',
        pictureFile: { of: own.id, hash: own.sha256, type: 'png', width: 120, height: 80 },
      },
    ])
    const { id: _, ...like } = cms.municipality
    const town = { name: 'となり町', senderName: 'となり町 子育て便り', code: '999024', series: [] }
    const other = await payload.create({
      collection: 'kizuna-municipalities',
      data: { ...like, ...town } as never,
    })
    const elsewhere = await libraryPicture(
      payload,
      { municipality: other.id, isPublic: true },
      await drawingOf(32),
    )
    const refused = await save([{ ...row, picture: elsewhere.id }])
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body.errors)).toContain('表紙の画像')
    const still = await cms.rest('machi', `DELETE /kizuna-media/${own.id}`)
    expect(still.status).toBe(409)
    expect(JSON.stringify(still.body)).toContain('自治体原稿 1 件')
  })

  test('the reviewer reads that it changed', async () => {
    const made = await cms.published({ picture: first.id })
    await edit(made.id, { picture: other.id })
    const target = { collection: 'kizuna-manuscripts', id: made.id } as const
    const options = { policy: parsePolicy(), now: () => new Date(), editions: [] }
    const screen = await loadReviewScreen(await cms.reqOf('midori'), target, options)
    const field = screen.fields.find(({ path }) => path === 'picture')
    expect(field?.text).toBe(
      `べつの絵(横 120 × 縦 80、画像の印 ${String(other.sha256).slice(0, 8)})`,
    )
    expect(field?.parts?.map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})

describe('who gets the file by its hash', () => {
  test('the worker what a release shows and nothing else; others not without a log-in', async () => {
    const hidden = await libraryPicture(payload, {}, await drawingOf(99))
    const released = await libraryPicture(payload, {}, await drawingOf(98))
    await cms.published({ picture: released.id })
    await cms.draft({ picture: hidden.id })
    const cover = await libraryPicture(payload, {}, await drawingOf(97))
    const book = { blockType: 'book', title: 'もりのおはなし', picture: cover.id }
    await payload.update({ collection: 'kizuna-media', id: cover.id, data: { isPublic: true } })
    await cms.publishedAddOn({ blocks: [book] })
    const apiKey = randomUUID()
    await payload.create({
      collection: 'kizuna-service-accounts',
      data: { name: '配信', isActive: true, enableAPIKey: true, apiKey } as never,
    })
    const as = { Authorization: `kizuna-service-accounts API-Key ${apiKey}` }
    const get = async (hash: unknown, headers: Record<string, string> = as) => {
      const url = `http://cms.example/api/kizuna-pictures/${String(hash)}.png`
      return handleEndpoints({ config: cms.config, request: new Request(url, { headers }) })
    }
    const answer = await get(released.sha256)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(pictureHash(new Uint8Array(await answer.arrayBuffer()))).toBe(released.sha256)
    expect((await get(cover.sha256)).status).toBe(200)
    expect((await get(hidden.sha256)).status).toBe(404)
    expect((await get('x'.repeat(64))).status).toBe(404)
    expect((await get(released.sha256, {})).status).toBe(401)
    const hana = { Authorization: `JWT ${cms.tokens.hana}` }
    expect((await get(hidden.sha256, hana)).status).toBe(200)
    const machi = { Authorization: `JWT ${cms.tokens.machi}` }
    expect((await get(hidden.sha256, machi)).status).toBe(404)
  })
})
