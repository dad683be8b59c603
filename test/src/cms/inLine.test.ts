import { expect, test } from '@jest/globals'

import { inLine, MAX_IN_LINE } from '../../../src/cms/inLine'

/** Node 20 has no `Promise.withResolvers`. */
function openGate() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve: () => resolve() }
}

test('one person’s work is done one piece after the other, another’s beside it', async () => {
  const said: string[] = []
  const work = (name: string, until: Promise<void>) => async () => {
    said.push(`${name} begins`)
    await until
    said.push(`${name} ends`)
  }
  const gate = openGate()
  const first = inLine('a', work('first', gate.promise))
  const second = inLine('a', work('second', Promise.resolve()))
  await inLine('b', work('other', Promise.resolve()))
  gate.resolve()
  await Promise.all([first, second])
  expect(said).toEqual([
    'first begins',
    'other begins',
    'other ends',
    'first ends',
    'second begins',
    'second ends',
  ])
})

test('what fails holds nobody up, and more than may stand in line is refused', async () => {
  const gate = openGate()
  const fails = inLine('c', () => gate.promise.then(() => Promise.reject(new Error('no'))))
  const others = Array.from({ length: MAX_IN_LINE - 1 }, () =>
    inLine('c', () => Promise.resolve(1)),
  )
  await expect(inLine('c', () => Promise.resolve(1))).rejects.toMatchObject({ status: 429 })
  gate.resolve()
  await expect(fails).rejects.toThrow('no')
  expect(await Promise.all(others)).toEqual([1, 1])
  expect(await inLine('c', () => Promise.resolve(2))).toBe(2)
})
