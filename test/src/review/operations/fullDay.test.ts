// An add-on that does not fit beside the others is told before it is published.
import { expect, test } from '@jest/globals'

import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
const { post } = cms.on('kizuna-add-ons')

const blocks = [{ blockType: 'text', text: 'あ'.repeat(4900) }]

async function published(title: string, data: Record<string, unknown> = {}) {
  const { id } = await cms.addOn({ title, blocks, from: 'month4', to: 'month4', ...data }, 'machi')
  await post('machi', `${id}/submit`)
  await post('mayu', `${id}/approve`)
  await post('midori', `${id}/approve`)
  return { id, ...(await post('midori', `${id}/publish`)) }
}

test('the one that is too much is refused, with what it comes together with', async () => {
  for (const number of [1, 2, 3, 4]) {
    expect((await published(`長いお知らせ${number}`)).status).toBe(200)
  }
  const fifth = await published('もう1つ')
  expect(fifth.status).toBe(400)
  const said = JSON.stringify(fifth.body)
  expect(said).toContain('一緒に届くものが多すぎて、公開できません')
  expect(said).toContain('LINE の 4 通に入りきらず')
  expect(said).toContain('「長いお知らせ4」が届きません')
  expect(await cms.releasesOf(`add-on:${fifth.id}`)).toEqual([])

  const { id } = await cms.draft({ slot: 'month4', body: 'い'.repeat(3000) })
  const asked = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/full-days`)
  expect(asked).toMatchObject({ status: 200, body: { towns: 1, isPartial: false } })
  expect(asked.body.sentences[0]).toMatch(/^見本町: .+LINE の 4 通に入りきらず/)
  const other = await cms.draft({ slot: 'month7', body: 'い'.repeat(3000) })
  const free = await cms.rest('midori', `GET /kizuna-manuscripts/${other.id}/full-days`)
  expect(free.body).toEqual({ towns: 0, isPartial: false, sentences: [] })

  const elsewhere = await published('ほかの月', { from: 'month5', to: 'month5' })
  expect(elsewhere.status).toBe(200)
})
