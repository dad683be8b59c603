import { expect, test } from '@jest/globals'

import { trashAnswer } from '../../../../src/admin/session/trashAnswer'

const many = (count: number, gone = 1) => {
  const errors = Array.from({ length: count }, (_, at) => ({
    message: `「${at}」は公開されている`,
  }))
  return Response.json(
    { docs: Array(gone).fill({}), errors, message: '更新できませんでした。' },
    { status: 400 },
  )
}
const said = async (answer: Response, body: object, method = 'patch') => {
  const found = await trashAnswer(answer, { method, body: JSON.stringify(body) })
  const { message, errors } = (await found.json()) as {
    message: string
    errors: { message: string }[]
  }
  return [found.status, message, ...errors.map((error) => error.message)]
}
const INTO = { deletedAt: '2026-11-30T00:00:00.000Z' }

test('of many that stay three are named, and the others counted', async () => {
  expect(await said(many(12), INTO)).toEqual([
    400,
    '13 件のうち 12 件は、ごみ箱に入れられませんでした。',
    '「0」は公開されている',
    '「1」は公開されている',
    '「2」は公開されている',
    'ほか 9 件も、ごみ箱に入れられませんでした。',
  ])
  expect(await said(many(3), INTO)).toHaveLength(2 + 3)
  const [, back] = await said(many(1), { deletedAt: null, _status: 'draft' })
  expect(back).toBe('2 件のうち 1 件は、元に戻せませんでした。')
  const [, all] = await said(many(2, 0), INTO)
  expect(all).toBe('2 件とも、ごみ箱に入れられませんでした。')
  const [, one] = await said(many(1, 0), INTO)
  expect(one).toBe('ごみ箱に入れられませんでした。')
})

test('every other answer is as it was', async () => {
  const [, ofSave] = await said(many(5), { title: 'a' })
  const [, ofPost] = await said(many(5), INTO, 'POST')
  expect([ofSave, ofPost]).toEqual(['更新できませんでした。', '更新できませんでした。'])
  const forbidden = Response.json({ errors: [{ message: 'だめ' }] }, { status: 403 })
  expect(await trashAnswer(forbidden, { method: 'PATCH', body: JSON.stringify(INTO) })).toBe(
    forbidden,
  )
  const notJson = new Response('x', { status: 400 })
  expect(await trashAnswer(notJson, { method: 'PATCH', body: JSON.stringify(INTO) })).toBe(notJson)
})
