import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import type { Receipt } from '../../worker/channel/channel'

/** What the suite asks a provider to do with the next send. */
export type Behaviour =
  | 'take'
  | 'refuseAddress'
  | 'refuseContent'
  | 'defer'
  | 'cutBefore'
  | 'cutAfter'
  | 'hangAfter'
  | 'refuseLogin'
  | 'unreachable'

/** One channel in front of a sandbox, as the suite drives it. */
export interface ChannelUnderTest {
  /** Scripts the provider; applies to the next send. */
  behave(behaviour: Behaviour): Promise<void>
  /** Sends one text to each recipient; the same `id` again is a repeat of the same send. */
  send(id: string, to: string[]): Promise<Receipt[]>
  /** Recipients the provider took a text for, each as often as it did. */
  taken(): string[]
  /** Recipients of this channel's kind that exist. */
  people: [string, string, string]
  /** Whether repeating a send after `unknown` is harmless (LINE's retry key). */
  isRepeatHarmless: boolean
  close(): Promise<void>
}

/** The promises of worker/channel/channel.ts, for any channel. */
export function describeChannel(name: string, make: () => Promise<ChannelUnderTest>): void {
  describe(`the ${name} channel`, () => {
    let channel: ChannelUnderTest
    beforeEach(async () => {
      channel = await make()
    })
    afterEach(() => channel.close())

    const sendOne = async (id = 'a') => {
      const [receipt] = await channel.send(id, [channel.people[0]])
      if (!receipt) throw new Error('A receipt for each recipient is promised')
      return receipt
    }

    test('gives a receipt for each recipient, in order, when all are taken', async () => {
      const receipts = await channel.send('a', channel.people)
      expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted'])
      expect(channel.taken().toSorted()).toEqual(channel.people.toSorted())
    })

    test('sends nothing for an empty list', async () => {
      expect(await channel.send('a', [])).toEqual([])
      expect(channel.taken()).toEqual([])
    })

    test('calls a refused address rejected and at fault, and takes the others', async () => {
      await channel.behave('refuseAddress')
      const receipts = await channel.send('a', channel.people)
      expect(receipts[0]).toMatchObject({ status: 'rejected', isAddressFault: true })
      expect(receipts.slice(1).map(({ status }) => status)).toEqual(['accepted', 'accepted'])
      expect(channel.taken().toSorted()).toEqual(channel.people.slice(1).toSorted())
    })

    test('calls refused content rejected without blaming the address', async () => {
      await channel.behave('refuseContent')
      expect(await sendOne()).toMatchObject({ status: 'rejected', isAddressFault: false })
      expect(channel.taken()).toEqual([])
    })

    test('calls "later" deferred and definite, and a repeat is taken', async () => {
      await channel.behave('defer')
      expect(await sendOne()).toMatchObject({ status: 'deferred', isDefinite: true })
      expect(channel.taken()).toEqual([])
      expect(await sendOne()).toMatchObject({ status: 'accepted' })
      expect(channel.taken()).toHaveLength(1)
    })

    test('takes nothing over a connection lost before that, and a repeat is taken once', async () => {
      await channel.behave('cutBefore')
      expect(['deferred', 'unknown']).toContain((await sendOne()).status)
      expect(channel.taken()).toEqual([])
      expect(await sendOne()).toMatchObject({ status: 'accepted' })
      expect(channel.taken()).toHaveLength(1)
    })

    test('calls a connection lost after the text was handed over unknown', async () => {
      await channel.behave('cutAfter')
      expect(await sendOne()).toMatchObject({ status: 'unknown' })
      expect(channel.taken()).toHaveLength(1)
    })

    test('calls a provider that falls silent unknown', async () => {
      await channel.behave('hangAfter')
      expect(await sendOne()).toMatchObject({ status: 'unknown' })
      expect(channel.taken()).toHaveLength(1)
    })

    test('never hands a text over twice by itself', async () => {
      await channel.behave('cutAfter')
      await sendOne()
      await sendOne('b')
      expect(channel.taken()).toHaveLength(2)
    })

    test('may be repeated after an unknown outcome only where that is harmless', async () => {
      await channel.behave('cutAfter')
      await sendOne()
      if (channel.isRepeatHarmless) {
        expect(await sendOne()).toMatchObject({ status: 'accepted' })
        expect(channel.taken()).toHaveLength(1)
      }
    })

    test('stops the channel when the log-in is refused, and nobody is to blame', async () => {
      await channel.behave('refuseLogin')
      expect(await sendOne()).toMatchObject({ status: 'deferred', stop: 'channel' })
      expect(channel.taken()).toEqual([])
    })

    test('calls a provider that cannot be reached deferred', async () => {
      await channel.behave('unreachable')
      expect(await sendOne()).toMatchObject({ status: 'deferred', isDefinite: true })
    })
  })
}
