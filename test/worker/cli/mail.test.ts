import { expect, test } from '@jest/globals'

import { runWith } from '../../../worker/cli/mail'
import type { CliIo } from '../../../worker/cli/commands'
import { dnsOf } from '../../src/senderCheck/dns'

const ALMOST_NOTHING = dnsOf({ mx: { 'minato.example.jp': ['mx.example'] } })

/** What `kizuna mail …` prints in an invented DNS. */
async function mail(...args: string[]) {
  const out: string[] = []
  const io = { env: {}, out: async (line: string) => void out.push(line) } as unknown as CliIo
  return { code: await runWith(ALMOST_NOTHING, args, io), out }
}

test('what is missing is told, and the records can be handed on as they are', async () => {
  const { code, out } = await mail('check', 'tayori@Minato.example.jp')
  expect([code, out[0]]).toEqual([
    1,
    'minato.example.jp から送るメール(○ よい、△ 人が確かめる、× 直す)',
  ])
  expect(out).toContainEqual(expect.stringMatching(/^× DMARC: .*がありません.*。$/))
  expect(out).toContain('DNS を受け持つ方へ(このまま渡せます): 次のレコードを登録してください。')
  expect(out).toContain('  _dmarc.minato.example.jp  TXT  v=DMARC1; p=none')
})

test('as JSON it is a line a sender', async () => {
  const { out } = await mail('check', 'minato.example.jp', '--json')
  expect(out.map((line) => JSON.parse(line))).toMatchObject([
    { domain: 'minato.example.jp', findings: expect.arrayContaining([]) },
  ])
})

test.each([[['look']], [['check', 'nowhere']], [['check', 'a b.example']]])(
  '%j is refused',
  async (args) => {
    await expect(mail(...args)).rejects.toMatchObject({ code: 'USAGE' })
  },
)
