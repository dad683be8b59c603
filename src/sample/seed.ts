// Fills an empty CMS with the sample content, as its people would: settings by the admin, texts
// through the CSV import, approvals by the reviewers, publishing by the chief. Can be repeated.
import { createHmac } from 'node:crypto'

import type { SheetWord } from '../release/contentKind'
import { parseConfig } from '../config/config'
import { openCms } from '../cli/openCms'
import { runImport } from '../import/runImport'
import { sandboxSecrets } from '../local/sandboxSecrets'
import { publishAll } from './publishAll'
import { readSampleText } from './sampleData'
import { createSettings } from './sampleSettings'

const now = () => new Date()
const cms = await openCms(process.env)
try {
  await seed()
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exitCode = 1
} finally {
  await cms.close()
}

async function seed() {
  const config = parseConfig(process.env)
  const { DEMO_PASSWORD } = await sandboxSecrets(config.KIZUNA_DATA_DIR)
  const sandboxUrl = `http://127.0.0.1:${config.SANDBOX_PORT}`
  await createSettings(cms.payload, {
    password: DEMO_PASSWORD,
    apiKey: config.CMS_API_KEY ?? '',
    channelSecretOf: (channelId) =>
      createHmac('sha256', config.PAYLOAD_SECRET ?? '')
        .update(`line-channel:${channelId}`)
        .digest('hex')
        .slice(0, 32),
    registerChannel: async (channel) => {
      const webhookUrl = `${config.PUBLIC_URL}/line/${channel.channelId}`
      await post(`${sandboxUrl}/sandbox/channels`, { ...channel, webhookUrl })
    },
  })
  await importTexts('manuscripts')
  await importTexts('addons')
  const published = await publishAll(cms.payload, now)
  process.stdout.write(`公開した確定版: ${published} 件\n`)
}

async function importTexts(kind: SheetWord) {
  const source = await readSampleText(`${kind}.csv`)
  const { payload } = cms
  const report = await runImport({ payload, user: null, kind, source, isDryRun: false, now })
  if (report.problems.length === 0) return
  const lines = report.problems.map(({ line, message }) => `${kind}.csv ${line} 行目: ${message}`)
  throw new Error(lines.join('\n'))
}

async function post(url: string, body: unknown) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`${url} が ${response.status} を返しました。`)
}
