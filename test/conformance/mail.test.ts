import { createMailChannel, type MailChannelOptions } from '../../worker/channel/mail'
import type { MailPayload } from '../../worker/channel/channel'
import { describeChannel, type Behaviour, type ChannelUnderTest } from './channel'
import { testSandbox } from '../worker/sandbox/testSandbox'

const payload: MailPayload = {
  hash: 'morning',
  subject: 'みなと町 子育て便り',
  text: 'おはようございます\n{{unsubscribeUrl}}',
  html: '<p>おはようございます</p><a href="{{unsubscribeUrl}}">停止</a>',
  from: { name: 'みなと町', address: 'tayori@minato.example' },
}

async function makeMail(): Promise<ChannelUnderTest> {
  const sandbox = await testSandbox()
  const options: MailChannelOptions = {
    smtpUrl: sandbox.smtpUrl,
    now: () => new Date(),
    maxConnections: 2,
    socketTimeoutMs: 2000,
  }
  const people: [string, string, string] = [
    'sakura@mail.example',
    'ren..aoki@docomo.ne.jp',
    'aoi@mail.example',
  ]
  let channel = createMailChannel(options)
  const fault = sandbox.faults.mail
  const behaviours: Record<Behaviour, () => unknown> = {
    take: () => undefined,
    refuseAddress: () =>
      fault.add({
        match: '^sakura@',
        trouble: { kind: 'answer', stage: 'rcpt', code: 550, message: '5.1.1 User unknown' },
      }),
    refuseContent: () =>
      fault.add({
        trouble: { kind: 'answer', stage: 'data', code: 554, message: '5.6.0 Not like this' },
      }),
    defer: () =>
      fault.add({
        trouble: { kind: 'answer', stage: 'rcpt', code: 451, message: '4.3.0 Try later' },
      }),
    cutBefore: () => fault.add({ trouble: { kind: 'cutBeforeBody' } }),
    cutAfter: () => fault.add({ trouble: { kind: 'acceptThenCut' } }),
    hangAfter: () => fault.add({ trouble: { kind: 'hang', isTaken: true } }),
    refuseLogin: () => {
      const smtpUrl = sandbox.smtpUrl.replace('//', '//refused:wrong@')
      channel = createMailChannel({ ...options, smtpUrl })
    },
    unreachable: () => {
      channel = createMailChannel({ ...options, smtpUrl: 'smtp://127.0.0.1:9' })
    },
  }
  return {
    people,
    isRepeatHarmless: false,
    behave: async (behaviour) => void behaviours[behaviour](),
    send: (id, to) =>
      channel.send(
        to.map((address) => ({
          id: `${id}:${address}`,
          to: address,
          payload,
          unsubscribeUrl: 'https://minato.example/u/token',
          myPageUrl: 'https://minato.example/me/token',
        })),
      ),
    taken: () => sandbox.mail.accepted.flatMap((mail) => mail.to),
    async close() {
      await channel.close()
      await sandbox.stop()
    },
  }
}

describeChannel('mail', makeMail)
