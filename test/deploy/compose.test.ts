// The containers, as far as they can be checked without a Docker that runs.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, '.deploy/compose')
const text = await readFile(join(FOLDER, 'compose.yaml'), 'utf8')

/** Parts of the file that begin at a name of two spaces, after a heading. */
function partsOf(heading: string): Map<string, string> {
  const after = text.slice(text.indexOf(`\n${heading}:\n`) + heading.length + 3)
  const own = after.slice(0, after.search(/\n\w/))
  const parts = own.split(/^ {2}(?=[\w-]+:)/m).slice(1)
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]))
}

const services = partsOf('services')
const OWN = ['cms', 'worker', 'web']
const shared = text.slice(text.indexOf('x-kizuna:'), text.indexOf('\nservices:'))

test('there is what the product needs, and each program is one there is', () => {
  expect([...services.keys()]).toEqual(['mongo', 'mongo-init', ...OWN])
  for (const name of OWN) {
    const [, program = ''] = /command: \[node, --import, tsx, ([^,\]]+)/.exec(services.get(name)!)!
    expect([name, existsSync(join(ROOT, program))]).toEqual([name, true])
  }
})

test('all run as nobody, on a root they cannot write to', () => {
  for (const [name, part] of services) {
    const whole = part.includes('<<: *kizuna') ? shared : part
    expect([name, whole]).toEqual([name, expect.stringMatching(/^ +user: (node|mongodb)$/m)])
    for (const line of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true'])
      expect([name, whole.includes(line)]).toEqual([name, true])
  }
})

test('the database is not to be reached from outside, and the programs only from the machine', () => {
  expect(services.get('mongo')).not.toContain('ports:')
  expect(services.get('mongo')).toContain('networks: [inside]')
  expect(text).toContain('inside: { internal: true }')
  const ports = [...text.matchAll(/ports: \['([^']+)'\]/g)].map(([, port]) => port)
  expect(ports).toEqual(['127.0.0.1:3000:3000', '127.0.0.1:3001:3001'])
})

test('who waits for whom: nothing sends before the CMS answers', () => {
  for (const name of ['mongo', 'cms', 'web']) expect(services.get(name)).toContain('healthcheck:')
  for (const name of ['worker', 'web'])
    expect(services.get(name)).toContain('cms: { condition: service_healthy }')
  expect(shared).toContain('stop_grace_period: 90s') // as the units of systemd
})

test('no secret is in the file or gets into the image', async () => {
  expect(text).not.toMatch(/PAYLOAD_SECRET|KIZUNA_KEYS|CMS_API_KEY|SMTP_URL/)
  const ignored = await readFile(join(FOLDER, 'Dockerfile.dockerignore'), 'utf8')
  expect(ignored.split('\n')).toEqual(expect.arrayContaining(['**/.env', '**/kizuna.env', '.git']))
})
