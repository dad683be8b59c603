import { afterAll, beforeEach } from '@jest/globals'

import { openEditorialCms } from '../review/editorialCms'
import { openRelay } from './relay'

/** The CMS of a test file that mails, and what was mailed in each test; it is closed at the file's end. */
export async function openMailedCms() {
  const relay = await openRelay()
  process.env.SANDBOX_PORT = String(relay.port - 1)
  process.env.CMS_URL = 'https://cms.example'
  const cms = await openEditorialCms()
  afterAll(async () => {
    await cms.close()
    await relay.close()
  })
  beforeEach(() => {
    relay.mails.length = 0
  })
  return { cms, relay, mails: relay.mails }
}
