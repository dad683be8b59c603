// The readers' web serves the pictures of texts itself, under names that never change.
import { afterAll, expect, test } from '@jest/globals'

import { drawingOf } from '../../drawing'
import { samplePicture } from '../../samplePicture'
import { openWeb } from './openWeb'

const web = await openWeb()
afterAll(() => web.close())
const drawing = await drawingOf(200)
const { name } = samplePicture(drawing)

test('the file, for ever, and nothing in it runs', async () => {
  await web.contentStore.pictures.save(name, drawing)
  const answer = await fetch(`${web.url}/p/${name}`)
  expect(answer.status).toBe(200)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(drawing)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  expect(answer.headers.get('set-cookie')).toBeNull()
})

test.each([
  ['no text’s', `${'f'.repeat(64)}.png`],
  ['of another type', name.replace('.png', '.jpg')],
  ['a way out', '..%2F..%2Fetc%2Fpasswd'],
  ['a question to the database', '%7B%22$ne%22:1%7D.png'],
])('a name that is %s is none', async (_label, asked) => {
  expect((await fetch(`${web.url}/p/${asked}`)).status).toBe(404)
})
