// Training mode cannot reach a real channel: the adapters themselves refuse it, whoever asks them.
import { describe, expect, test } from '@jest/globals'

import { drillMessages, DRILL_SENTENCE, isOfDrill } from '../../../src/release/drill'
import { DRILL_REFUSED } from '../../../worker/channel/drillGuard'
import { createLineChannel } from '../../../worker/channel/line'
import { createMailChannel } from '../../../worker/channel/mail'

const ACCOUNT = { channelId: '1', channelSecret: 's' }
const NOWHERE = { baseUrl: 'http://127.0.0.1:9', now: () => new Date() }
const messages = drillMessages([{ type: 'text', text: '大雨に注意してください' }])

// A pace that is asked for its turn means that a request was about to be made.
const open = (isPractice?: boolean) => {
  const asked: string[] = []
  const pace = { take: async (id: string) => void asked.push(id), slowDown: () => undefined }
  const channel = createLineChannel({
    ...NOWHERE,
    pace: pace as never,
    timeoutMs: 500,
    ...(isPractice === undefined ? {} : { isPractice }),
  })
  return { asked, channel }
}

describe('a drill at the adapters', () => {
  test.each([[undefined], [false]])('LINE sends none of it (isPractice %p)', async (isPractice) => {
    const { channel, asked } = open(isPractice)
    const batch = { account: ACCOUNT, to: ['U1', 'U2'], messages, retryKey: 'k' }
    const { receipts, stop } = await channel.send(batch)
    expect([...receipts.values()].map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(
      [...receipts.values()].some((one) => 'isAddressFault' in one && one.isAddressFault),
    ).toBe(false)
    expect(stop).toMatchObject({ scope: 'content', code: DRILL_REFUSED })
    const replied = await channel.reply({ account: ACCOUNT, replyToken: 't', messages })
    expect(replied).toMatchObject({ status: 'rejected', code: DRILL_REFUSED })
    expect(asked).toEqual([])
  })

  test('in practice LINE is asked, and so is it for all other words', async () => {
    const practice = open(true)
    const batch = { account: ACCOUNT, to: ['U1'], retryKey: 'k' }
    await practice.channel.send({ ...batch, messages })
    const real = open()
    await real.channel.send({ ...batch, messages: [{ type: 'text', text: '訓練のお知らせ' }] })
    expect([practice.asked, real.asked]).toEqual([['1'], ['1']])
  })

  test.each([
    ['in the subject', { subject: `${DRILL_SENTENCE}`, text: 'x', html: 'x' }],
    ['in the words alone', { subject: 'x', text: DRILL_SENTENCE, html: 'x' }],
  ])('no mail goes out with the mark %s', async (_, words) => {
    const mail = createMailChannel({ smtpUrl: 'smtp://127.0.0.1:9', now: () => new Date() })
    const from = { name: '町', address: 'a@town.example' }
    const [receipt] = await mail.send([
      {
        id: 'd1',
        to: 'who@example.com',
        payload: { hash: 'h', from, ...words },
        unsubscribeUrl: 'https://x.example/u',
        myPageUrl: 'https://x.example/m',
      },
    ])
    await mail.close()
    expect(receipt).toMatchObject({ status: 'rejected', code: DRILL_REFUSED, stop: 'content' })
  })

  test('every message of one carries the mark, however it was written', () => {
    const bubble = {
      type: 'bubble',
      size: 'kilo',
      body: { type: 'box', layout: 'vertical', contents: [] },
    }
    const flex = { type: 'flex' as const, altText: 'a'.repeat(400), contents: bubble as never }
    const [marked] = drillMessages([flex])
    expect(isOfDrill(marked)).toBe(true)
    expect((marked as typeof flex).altText.length).toBeLessThanOrEqual(400)
    expect(isOfDrill({ text: '訓練' })).toBe(false)
  })
})
