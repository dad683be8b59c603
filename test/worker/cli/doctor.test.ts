// What a set-up lacks is said in plain words, with what to do.
import { expect, test } from '@jest/globals'

import {
  checkAll,
  databaseSeen,
  nodeVersion,
  roomSeen,
  schemaSeen,
} from '../../../worker/cli/doctorChecks'
import { OWN_VERSION } from '../../../worker/migrations/schemaVersion'
import { noteBackup } from '../../../worker/ledger/backupLog'
import { childTexts } from '../../src/plan/town'
import { families } from '../app/day'
import { channelOf, LINE, openWorker } from '../app/openWorker'
import { startFakeCms } from '../content/fakeCms'
import { runIn } from './io'

const GB = 1024 ** 3

test.each([
  [nodeVersion('18.19.0'), 'wrong', '20 以上'],
  [nodeVersion('20.1.0'), 'good', '20.1.0'],
  [databaseSeen({ version: '5.0.9', setName: 'k', members: 3 }), 'wrong', '保守されている版'],
  [databaseSeen({ version: '7.0.2', members: 0 }), 'wrong', 'レプリカセットではありません'],
  [databaseSeen({ version: '7.0.2', setName: 'k', members: 1 }), 'unsure', '3 台に'],
  [databaseSeen({ version: '7.0.2', setName: 'k', members: 3 }), 'good', '3 台'],
  [schemaSeen(OWN_VERSION + 1), 'wrong', '新しいほうのプログラム'],
  [roomSeen({ free: GB, all: 5 * GB }), 'wrong', '1.0 GB しか'],
  [roomSeen({ free: 9 * GB, all: 100 * GB }), 'wrong', '9.0 GB しか'],
  [roomSeen({ free: 40 * GB, all: 100 * GB }), 'good', '40.0 GB'],
])('%j is %s: %s', (seen, state, words) => {
  expect(seen).toMatchObject({ state, found: expect.stringContaining(words) })
})

test('it looks at all of an installation, and says what is wrong where it is', async () => {
  const cms = await startFakeCms([])
  try {
    const worker = await openWorker({ releases: childTexts(), cmsUrl: cms.url })
    const { delivery, sandbox, env, clock } = worker
    await families(worker, { line: 1, mail: 1 })
    const look = async (publicUrl: string | null = null) => {
      const found = await checkAll(delivery, { dataDir: '/tmp', publicUrl })
      return Object.fromEntries(
        found.map(({ check, state, found: words }) => [check, [state, words]]),
      )
    }
    const first = await look()
    expect(first).toMatchObject({
      データベースの版: ['good', `版 ${OWN_VERSION}`],
      時計: ['good', expect.anything()],
      鍵: ['good', expect.stringContaining('連絡先が開きます')],
      worker: ['wrong', expect.stringContaining('start:worker')],
      登録ページ: ['unsure', expect.stringContaining('練習')],
      LINE: ['unsure', expect.stringContaining(LINE.basicId)], // its webhook goes elsewhere
      メール: ['good', expect.stringContaining('ログインできます')],
      控え: ['wrong', expect.stringContaining('まだ')],
    })
    expect(first['CMS']?.[0]).not.toBe('wrong')
    const line = (...words: string[]) => runIn({ env, now: () => clock.now }, ['line', ...words])
    const checked = await line('check')
    expect([checked.code, checked.out]).toEqual([
      0,
      [
        expect.stringContaining(LINE.basicId),
        expect.stringMatching(/^○ つながり: /),
        expect.stringMatching(/^○ 今月の通数: 0 通\(上限なし\)/),
        expect.stringMatching(/^△ Webhook: .*この設置のもの\(https:.*1234567890\)ではありません/),
        expect.stringMatching(/^△ メニュー: /),
        expect.stringMatching(/^△ あいさつ: .*あいさつメッセージ.*応答メッセージ/),
        '',
      ],
    ])
    expect((await line('check', '@nobody')).code).toBe(2)
    expect((await line()).code).toBe(2)

    cms.state.isDown = true
    await delivery.db.collection('readers').updateMany({}, { $set: { 'identities.0.sealed': 'x' } })
    await noteBackup(delivery.db, 'taken', clock.now)
    await noteBackup(delivery.db, 'verified', clock.now)
    sandbox.line.addChannel(channelOf(LINE, null))
    expect(await look('http://web.example')).toMatchObject({
      CMS: ['wrong', expect.stringContaining('CMS_API_KEY')],
      鍵: ['wrong', expect.stringContaining('2 件が、KIZUNA_KEYS の鍵で開きません')],
      登録ページ: ['wrong', expect.stringContaining('https ではありません')],
      控え: ['good', expect.anything()],
    })
    const off = await line('check', LINE.basicId, '--json')
    expect(off.code).toBe(1)
    expect(off.out.join()).toContain('オンにします')
    const { code, out } = await runIn({ env, now: () => clock.now }, ['doctor'])
    expect([code, out[0]]).toEqual([1, '○ よい、△ 人が確かめる、× 直す'])
    expect(out).toContainEqual(expect.stringMatching(/^× 鍵: .*。$/))
    expect(out).toContainEqual(expect.stringMatching(/^× LINE: .*オンにします/))
  } finally {
    await cms.stop()
  }
})

test('a certificate that nobody vouches for is no good one', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const found = await checkAll(worker.delivery, {
    dataDir: '/tmp',
    publicUrl: 'https://127.0.0.1:9', // nobody answers there
  })
  expect(found.find(({ check }) => check === '登録ページ')).toMatchObject({ state: 'wrong' })
})
