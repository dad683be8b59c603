// The units of systemd, as far as they can be checked without a systemd that runs.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from '@jest/globals'

import { isThere } from '../debian'
import { SYSTEMD_ANALYZE } from './tools'

const ROOT = join(import.meta.dirname, '../..')
const UNITS = join(ROOT, '.deploy/systemd')
const run = promisify(execFile)

test('each starts a program there is, as nobody, with the settings of the sample', async () => {
  const services = (await readdir(UNITS)).filter((name) => name.endsWith('.service'))
  expect(services).toHaveLength(5)
  for (const name of services) {
    const text = await readFile(join(UNITS, name), 'utf8')
    const [, program = ''] = /ExecStart=\/usr\/bin\/node --import tsx (\S+)/.exec(text) ?? []
    expect([name, existsSync(join(ROOT, program))]).toEqual([name, true])
    expect(text).toMatch(/^User=kizuna$/m)
    expect(text).toMatch(/^ProtectSystem=strict$/m)
    expect(text).toMatch(/^NoNewPrivileges=true$/m)
    expect(text).toMatch(/^EnvironmentFile=\/etc\/kizuna\/kizuna.env$/m)
  }
})

test('the sample of the settings names what the README has, and no secret', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const lines = (await readFile(join(UNITS, 'kizuna.env'), 'utf8')).split('\n')
  const names = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=')[0] ?? '')
  expect(names.filter((name) => name !== 'NODE_ENV' && !readme.includes(`\`${name}\``))).toEqual([])
  for (const secret of ['PAYLOAD_SECRET', 'KIZUNA_KEYS', 'CMS_API_KEY', 'SMTP_URL'])
    expect(lines).toContain(`${secret}=`)
})

const withSystemd = isThere(SYSTEMD_ANALYZE) ? test : test.skip
withSystemd(
  'systemd finds nothing wrong with them',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kizuna-units-'))
    try {
      await cp(UNITS, folder, { recursive: true })
      const units = (await readdir(folder)).filter((name) => /\.(service|timer)$/.test(name))
      for (const name of units.filter((one) => one.endsWith('.service'))) {
        const path = join(folder, name)
        // the program of the test machine, which exists
        const text = (await readFile(path, 'utf8')).replace('/usr/bin/node', process.execPath)
        await writeFile(path, text)
      }
      const paths = units.map((name) => join(folder, name))
      const { stderr } = await run(SYSTEMD_ANALYZE.program, ['verify', '--man=no', ...paths])
      expect(stderr.split('\n').filter((line) => line.includes('kizuna'))).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  },
  60_000,
)
