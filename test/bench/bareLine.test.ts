// The loops the product is compared with go on where a provider refuses a call for its rate.
import { HTTPFetchError } from '@line/bot-sdk'
import { expect, test } from '@jest/globals'

import { bareLoop, type Body } from './bareLine'

const refusal = (status: number) =>
  new HTTPFetchError('refused', { status, statusText: '', headers: new Headers(), body: '' })

/** Refuses the first call with this status. */
function clientRefusingOnce(status: number) {
  const keys: (string | undefined)[] = []
  const multicast = async (_: Body, key?: string) => {
    keys.push(key)
    if (keys.length === 1) throw refusal(status)
    return {}
  }
  return { keys, multicast }
}

const bodies: Body[] = [{ to: ['U1'], messages: [] }]

test('a call refused for the rate takes another turn with its key', async () => {
  const client = clientRefusingOnce(429)
  let turns = 0
  await bareLoop(client, bodies, async () => void (turns += 1))
  expect(turns).toBe(2)
  expect(client.keys).toEqual([client.keys[0], client.keys[0]])
})

test('any other refusal ends the loop', async () => {
  await expect(bareLoop(clientRefusingOnce(400), bodies)).rejects.toThrow('refused')
})
