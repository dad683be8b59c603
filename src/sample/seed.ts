// Fills an empty CMS with the sample content, as its people would: settings by the admin, texts
// through the CSV import, approvals by the reviewers, publishing by the chief. Can be repeated.
import type { SheetWord } from '../release/contentKind'
import { parseConfig } from '../config/config'
import { openCms } from '../cli/openCms'
import { runImport } from '../import/runImport'
import { sandboxSecrets } from '../local/sandboxSecrets'
import { practiceChannelSecret } from './practiceChannels'
import { addDrawings, illustrate } from './drawings'
import { addMonthsToldBefore } from './months'
import { addSampleNotices } from './notice'
import { addSampleSurveys, addSurveyTexts } from './surveys'
import { addVoices } from './voices'
import { publishAll } from './publishAll'
import { readSampleText } from './sampleData'
import { createSettings } from './sampleSettings'

const cms = await openCms(process.env)
const { now } = cms
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
  await createSettings(cms.payload, {
    password: DEMO_PASSWORD,
    apiKey: config.CMS_API_KEY ?? '',
    channelSecretOf: (channelId) => practiceChannelSecret(config.PAYLOAD_SECRET ?? '', channelId),
  })
  const drawings = await addDrawings(cms.payload)
  await importTexts('manuscripts')
  await illustrate(cms.payload, drawings)
  await importTexts('addons')
  await addSampleNotices(cms.payload, now())
  await addSurveyTexts(cms.payload, await addSampleSurveys(cms.payload, now()), now())
  await addMonthsToldBefore(cms.payload, now())
  const published = await publishAll(cms.payload, now)
  await addVoices(cms.payload, now())
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
