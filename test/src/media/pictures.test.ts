// Pictures in the CMS: one entrance for files, names of ours, and a right to show them to everybody.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import sharp from 'sharp'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { handleEndpoints } from 'payload'

import { pictureHash } from '../../../src/media/pictureHash'
import { cleanStoredPictures } from '../../../src/media/cleanStored'
import { startCms, type RestCall } from '../../collections/cms'
import { addOnData } from '../../collections/documents'
import { gather, insert } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
afterAll(() => cms.stop())

type Doc = Record<string, unknown> & { id: string; filename: string; url: string }

const red = { r: 200, g: 30, b: 30 }
const photo = await sharp({ create: { width: 1600, height: 800, channels: 3, background: red } })
  .withExif({ IFD3: { GPSLatitude: '35/1 40/1 52/1', GPSLongitude: '139/1 46/1 0/1' } })
  .jpeg()
  .toBuffer()
const drawing = await sharp({ create: { width: 100, height: 50, channels: 4, background: red } })
  .png()
  .toBuffer()

interface Upload {
  file?: Buffer | null
  name?: string
  type?: string
  data?: Record<string, unknown>
  as?: string | undefined
  method?: string
  path?: string
}

function form({ file = photo, name = 'IMG_0001.JPG', type = 'image/jpeg', data = {} }: Upload) {
  const body = new FormData()
  body.set(
    '_payload',
    JSON.stringify({ alt: '表紙', source: '見本市 広報課', rights: 'own', ...data }),
  )
  if (file) body.set('file', new Blob([new Uint8Array(file)], { type }), name)
  return body
}

const upload = (given: Upload = {}) =>
  cms.rest({
    method: given.method ?? 'POST',
    path: given.path ?? '/kizuna-media',
    as: 'as' in given ? given.as : people.as['municipal-editor'],
    body: form(given),
  })

async function uploaded(given: Upload = {}): Promise<Doc> {
  const { status, body } = await upload(given)
  expect({ status, body }).toMatchObject({ status: 201 })
  return body.doc as Doc
}

const patch = (id: string, body: Record<string, unknown>, as = people.as['municipal-editor']) =>
  cms.rest({ method: 'PATCH', path: `/kizuna-media/${id}`, as, body })

async function stored(id: string): Promise<Doc> {
  return (await cms.payload.findByID({
    collection: 'kizuna-media',
    id,
    depth: 0,
  })) as unknown as Doc
}

/** The file as a browser gets it. */
async function served(filename: string, as?: string) {
  const headers: Record<string, string> = as ? { Authorization: as } : {}
  const url = `http://cms.test/api/kizuna-media/file/${encodeURIComponent(filename)}`
  const response = await handleEndpoints({
    config: cms.config,
    request: new Request(url, { headers }),
  })
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

const sentence = (answer: { body: object }) => JSON.stringify(answer.body)

describe('what is stored', () => {
  test('the picture without its place, as LINE shows it, and a small one for mail', async () => {
    const doc = await uploaded()
    expect(doc).toMatchObject({ mimeType: 'image/jpeg', width: 1024, height: 512 })
    expect(doc.filename).toMatch(/^picture-[0-9a-f]{32}\.jpg$/)
    const small = doc.filename.replace('.jpg', '-192.jpg')
    expect(doc).toMatchObject({ sizes: { small: { filename: small, width: 192, height: 96 } } })
    for (const name of [doc.filename, small]) {
      const { bytes } = await served(name, people.as['municipal-editor'])
      expect(bytes.includes('Exif')).toBe(false)
      expect((await sharp(bytes).metadata()).format).toBe('jpeg')
    }
  })

  test('where it was before the slug had a prefix leads on to where it is', async () => {
    const { filename } = await uploaded()
    const names = [filename, filename.replace('.jpg', '-192.jpg')]
    for (const name of names) {
      const request = new Request(`http://cms.test/api/media/file/${name}`)
      const { status, headers } = await handleEndpoints({ config: cms.config, request })
      expect(status).toBe(301)
      expect(headers.get('Location')).toBe(`/api/kizuna-media/file/${name}`)
    }
    const other = new Request('http://cms.test/api/media/file/plan.pdf')
    expect((await handleEndpoints({ config: cms.config, request: other })).status).toBe(404)
  })

  test('a small picture has the small address too', async () => {
    const doc = await uploaded({ file: drawing, name: 'e.png', type: 'image/png' })
    const small = doc.filename.replace('.png', '-192.png')
    expect(doc).toMatchObject({ sizes: { small: { filename: small, width: 100 } } })
    expect((await served(small, people.as['municipal-editor'])).response.status).toBe(200)
  })

  test.each([
    ['a page', 'cover.html', 'text/html'],
    ['a drawing', 'x.svg', 'image/svg+xml'],
    ['the other type', 'cover.jpg', 'image/jpeg'],
    ['a way out', '../../../etc/passwd.png', 'image/png'],
    ['turned letters', 'cover\u202Egnp.exe', 'application/x-msdownload'],
    ['a very long one', `${'あ'.repeat(3000)}.png`, 'image/png'],
    ['none to speak of', '.png', 'image/png'],
  ])('a PNG called %s is a PNG of ours', async (_label, name, type) => {
    const doc = await uploaded({ file: drawing, name, type })
    expect(doc).toMatchObject({ mimeType: 'image/png', width: 100, height: 50 })
    expect(doc.filename).toMatch(/^picture-[0-9a-f]{32}\.png$/)
    const { response } = await served(doc.filename, people.as['municipal-editor'])
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-disposition')).toBe('inline')
  })

  test('only the part that was chosen in the form, of the picture as it is seen', async () => {
    const left = await sharp(drawing)
      .extend({ right: 100, background: { r: 0, g: 0, b: 250, alpha: 1 } })
      .png()
      .toBuffer()
    const asked = 'uploadEdits[crop][x]=50&uploadEdits[crop][y]=0'
    const size = 'uploadEdits[crop][width]=25&uploadEdits[crop][height]=100'
    const doc = await uploaded({ file: left, path: `/kizuna-media?${asked}&${size}` })
    expect(doc).toMatchObject({ width: 50, height: 50 })
    const { bytes } = await served(doc.filename, people.as['municipal-editor'])
    const { dominant } = await sharp(bytes).stats()
    expect(dominant.b).toBeGreaterThan(200)
    expect(pictureHash(bytes)).toBe(doc.sha256)
  })

  test('two of the same name are two', async () => {
    expect((await uploaded()).filename).not.toBe((await uploaded()).filename)
  })
})

describe('what was stored before pictures were made anew', () => {
  const turned = sharp(photo).withMetadata({ orientation: 6 }).toBuffer()

  /** As an older version stored it: the file as it came, and no other size. */
  async function storedBefore(filename: string, file: Buffer): Promise<string> {
    const folder = cms.payload.collections['kizuna-media'].config.upload.staticDir ?? ''
    await writeFile(join(folder, filename), file)
    const data = { alt: '表紙', filename, mimeType: 'image/jpeg', isPublic: true }
    return String((await cms.payload.db.create({ collection: 'kizuna-media', data })).id)
  }

  test('the place is gone, the address and the way it is turned stay', async () => {
    const id = await storedBefore('IMG_0001.JPG', await turned)
    expect((await served('IMG_0001.JPG')).bytes.includes('Exif')).toBe(true)
    expect(await cleanStoredPictures(cms.payload)).toEqual({ cleaned: 1, hidden: 0 })
    const doc = (await stored(id)) as Doc & { sizes: { small: { filename: string } } }
    expect(doc).toMatchObject({
      filename: 'IMG_0001.JPG',
      isPublic: true,
      width: 512,
      height: 1024,
    })
    for (const name of [doc.filename, doc.sizes.small.filename]) {
      const { bytes, response } = await served(name)
      expect([response.status, bytes.includes('Exif')]).toEqual([200, false])
      expect(await sharp(bytes).metadata()).not.toHaveProperty('orientation')
    }
    expect(doc).toMatchObject({ filesize: (await served(doc.filename)).bytes.length })
  })

  test('a second round finds nothing, nor pictures of today', async () => {
    await storedBefore('もり 2.jpg', photo)
    await uploaded()
    expect(await cleanStoredPictures(cms.payload)).toEqual({ cleaned: 1, hidden: 0 })
    const { bytes } = await served('もり 2.jpg')
    expect(await cleanStoredPictures(cms.payload)).toEqual({ cleaned: 0, hidden: 0 })
    expect((await served('もり 2.jpg')).bytes.equals(bytes)).toBe(true)
  })

  test.each<[string, Buffer, string]>([
    ['a PNG with the name of a page', drawing, 'cover.html'],
    ['a JPEG that is cut off', photo.subarray(0, photo.length - 40), 'cut.jpg'],
    ['a PNG with the name of a JPEG', drawing, 'wrong.jpg'],
  ])('%s stays to be seen', async (_label, file, name) => {
    await storedBefore(name, file)
    expect(await cleanStoredPictures(cms.payload)).toEqual({ cleaned: 1, hidden: 0 })
    const { response } = await served(name)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^image\//)
  })

  test('what is no picture is nobody’s to see, and a lost file stops nothing', async () => {
    const page = await storedBefore('page.jpg', Buffer.from('<html><script>1</script></html>'))
    const lost = await storedBefore('lost.jpg', photo)
    await rm(
      join(cms.payload.collections['kizuna-media'].config.upload.staticDir ?? '', 'lost.jpg'),
    )
    await storedBefore('after.jpg', photo)
    expect(await cleanStoredPictures(cms.payload)).toEqual({ cleaned: 1, hidden: 2 })
    for (const id of [page, lost]) expect(await stored(id)).toMatchObject({ isPublic: false })
  })
})

describe('what is refused, with the sentence', () => {
  test.each<[string, Upload, RegExp]>([
    ['a WebP called JPEG', { file: Buffer.from('RIFF1234WEBPVP8 ') }, /WebP/],
    ['a page called JPEG', { file: Buffer.from('<html></html>') }, /読めません/],
    ['a broken one', { file: photo.subarray(0, 300) }, /途中で切れている/],
    ['none', { file: null }, /画像のファイルを選んで/],
    ['no words for it', { data: { alt: '' } }, /画像の説明/],
    ['words that show nothing', { data: { alt: '\u200B\u00AD' } }, /画像の説明/],
    ['words of two lines', { data: { alt: '表\n紙' } }, /画像の説明/],
  ])('%s', async (_label, given, right) => {
    const answer = await upload(given)
    expect(answer.status).toBe(400)
    expect(sentence(answer)).toMatch(right)
  })

  test('the person before the file', async () => {
    for (const as of [undefined, people.as.reviewer, people.as.worker]) {
      const answer = await upload({ file: Buffer.from('<html></html>'), as })
      expect(answer.status).toBe(403)
    }
  })
})

describe('nobody says what a file is', () => {
  let asked = 0
  let address = ''
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo)
  })
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/photo.jpg`
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })

  test('an address is not fetched, whether a file comes or not', async () => {
    const data = { filename: 'photo.jpg', url: address, alt: '表紙' }
    const as = people.as['municipal-editor']
    const bare = await cms.rest({ method: 'POST', path: '/kizuna-media', as, body: data })
    expect(bare.status).toBe(400)
    const doc = await uploaded({ data })
    const path = `/kizuna-media/${doc.id}?uploadEdits[crop][width]=10&uploadEdits[widthInPixels]=10`
    await cms.rest({ method: 'PATCH', path, as, body: { ...data, alt: 'べつ' } })
    expect(asked).toBe(0)
    expect(await stored(doc.id)).toMatchObject({ alt: 'べつ', width: 1024, filename: doc.filename })
  })

  test('facts in the data change nothing', async () => {
    const lies = {
      filename: 'evil.html',
      url: 'https://evil.example/x',
      thumbnailURL: 'https://evil.example/t',
      mimeType: 'text/html',
      filesize: 1,
      sha256: 'a'.repeat(64),
      width: 1,
      height: 1,
      focalX: 1,
      focalY: 1,
      sizes: { small: { filename: 'evil.html', url: 'https://evil.example/s' } },
    }
    const doc = await uploaded({ data: lies })
    expect(JSON.stringify(doc)).not.toContain('evil')
    const before = await stored(doc.id)
    expect((await patch(doc.id, { ...lies, alt: '表紙' })).status).toBe(200)
    const { updatedAt: _then, ...facts } = before
    expect(await stored(doc.id)).toMatchObject(facts)
  })

  test('GraphQL says as little', async () => {
    const doc = await uploaded()
    const query = `mutation { updateKizunaMedia(id: "${doc.id}", data: { mimeType: "text/html", thumbnailURL: "https://evil.example/t" }) { id } }`
    await cms.ask({ query, as: people.as['municipal-editor'] })
    expect(await stored(doc.id)).toMatchObject({ mimeType: 'image/jpeg' })
    expect(JSON.stringify(await stored(doc.id))).not.toContain('evil')
  })

  test('a file stays what it is: another one is another picture', async () => {
    const doc = await uploaded()
    const answer = await upload({ method: 'PATCH', path: `/kizuna-media/${doc.id}`, file: drawing })
    expect(answer.status).toBe(403)
    expect(sentence(answer)).toContain('取り替えられません')
    const as = people.as['municipal-editor']
    expect((await served(doc.filename, as)).bytes.length).toBe(doc['filesize'])
  })
})

describe('showing one to everybody is a right', () => {
  test('who brings it does not decide', async () => {
    for (const role of ['municipal-editor', 'contributor', 'editor'] as const) {
      const as = people.as[role]
      const doc = await uploaded({ as, data: { isPublic: true } })
      expect(doc).toMatchObject({ isPublic: false })
      await patch(doc.id, { isPublic: true }, as)
      await cms.rest({
        method: 'PATCH',
        path: `/kizuna-media?where[id][equals]=${doc.id}`,
        as,
        body: { isPublic: true },
      } as RestCall)
      expect(await stored(doc.id)).toMatchObject({ isPublic: false })
      expect((await served(doc.filename)).response.status).toBe(403)
    }
  })

  test('the approver decides on what is the municipality’s, and the chief on all', async () => {
    const [own, other] = [
      await uploaded(),
      await uploaded({ as: people.as.editor, data: { municipality: people.other } }),
    ]
    const approver = people.as['municipal-approver']
    expect((await patch(own.id, { isPublic: true }, approver)).status).toBe(200)
    expect((await patch(other.id, { isPublic: true }, approver)).status).toBe(403)
    expect((await patch(other.id, { isPublic: true }, people.as.chief)).status).toBe(200)
    for (const { id } of [own, other]) expect(await stored(id)).toMatchObject({ isPublic: true })
  })

  test('whoever may change a picture takes it back, and only the right shows it again', async () => {
    const doc = await uploaded()
    await patch(doc.id, { isPublic: true }, people.as['municipal-approver'])
    await patch(doc.id, { alt: 'べつ', isPublic: true })
    expect(await stored(doc.id)).toMatchObject({ isPublic: true })
    await patch(doc.id, { isPublic: false })
    await patch(doc.id, { isPublic: true })
    expect(await stored(doc.id)).toMatchObject({ isPublic: false })
  })

  test('everybody gets a public one, and its small size; of the others nobody outside', async () => {
    const doc = await uploaded()
    const names = [doc.filename, doc.filename.replace('.jpg', '-192.jpg')]
    const status = async (name: string, as?: string) => (await served(name, as)).response.status
    for (const name of names) {
      expect(await status(name)).toBe(403)
      expect(await status(name, people.as.worker)).toBe(403)
      expect(await status(name, people.as.contributor)).toBe(200)
    }
    await patch(doc.id, { isPublic: true }, people.as['municipal-approver'])
    for (const name of names) expect(await status(name)).toBe(200)
  })

  test('what a text shows stays public and stays, also when it shows the small size', async () => {
    const doc = await uploaded()
    await patch(doc.id, { isPublic: true }, people.as['municipal-approver'])
    for (const name of [doc.filename, doc.filename.replace('.jpg', '-192.jpg')]) {
      const imageUrl = `https://cms.example.jp/api/kizuna-media/file/${name}`
      const blocks = [{ blockType: 'book', title: 'もりのおはなし', imageUrl }]
      const text = await insert(cms, 'kizuna-add-ons', { ...addOnData(people.own), blocks })
      const hidden = await patch(doc.id, { isPublic: false }, people.as.chief)
      const gone = await cms.rest({
        method: 'DELETE',
        path: `/kizuna-media/${doc.id}`,
        as: people.as['municipal-editor'],
      })
      expect([hidden.status, gone.status]).toEqual([409, 409])
      await cms.payload.delete({ collection: 'kizuna-add-ons', id: text })
    }
    expect((await patch(doc.id, { isPublic: false }, people.as.chief)).status).toBe(200)
  })
})
