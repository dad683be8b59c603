// Adds to a practice folder of an earlier version what the sample has been given since. Can be repeated.
import { parseConfig } from '../config/config'
import { openCms } from '../cli/openCms'
import { addDrawings } from './drawings'
import { addMonthsToldBefore } from './months'
import { practiceChannelSecret } from './practiceChannels'
import { addSampleLogins } from './sampleSettings'
import { addSampleSurveys } from './surveys'
import { addVoices } from './voices'

const cms = await openCms(process.env)
try {
  const { PAYLOAD_SECRET } = parseConfig(process.env)
  await addSampleLogins(cms.payload, (id) => practiceChannelSecret(PAYLOAD_SECRET ?? '', id))
  // Into the library alone: the texts are out, as their people approved them.
  await addDrawings(cms.payload)
  await addMonthsToldBefore(cms.payload, cms.now())
  await addVoices(cms.payload, cms.now())
  await addSampleSurveys(cms.payload, cms.now())
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exitCode = 1
} finally {
  await cms.close()
}
