// Packs the plugin, installs it into an app that is not ours, publishes a text there through the gate
// in a browser, and takes it out again: `npm run try-package`. It installs from the registry.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { Page } from 'playwright-core'

import { findMongod } from '../../src/local/mongod'
import { startReplicaSet } from '../../src/local/replicaSet'
import { packPlugin } from '../../src/pack/pack'
import { ensureChromium, openBrowser } from '../e2e/chromium'
import { foreignFiles } from './files'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Another patch than the product's, as a host may have. */
const PAYLOAD = process.env.FOREIGN_PAYLOAD ?? '3.90.2'
const PORT = 29_400
const URL_ = `http://127.0.0.1:${PORT}`
const PASSWORD = 'hoshizora-no-tanuki-27'

const folder = await mkdtemp(join(tmpdir(), 'foreign-'))
const app = join(folder, 'app')
const started: ChildProcess[] = []
const say = (text: string) => process.stdout.write(`${text}\n`)

const { binary } = await findMongod({ env: process.env })
const database = await startReplicaSet({ binary, folder: join(folder, 'db') })
const env = {
  ...process.env,
  DATABASE_URL: database.url('foreign'),
  PAYLOAD_SECRET: 'a secret of an app that is not ours, long enough',
  NEXT_TELEMETRY_DISABLED: '1',
}

try {
  say('packing')
  const plugin = join(folder, 'plugin')
  await packPlugin({ root, folder: plugin })
  const tarball = run('npm', ['pack', '--silent', '--pack-destination', folder], plugin).trim()

  say('an app without kizuna, with a person who has a role of the house')
  await write(foreignFiles({ payload: PAYLOAD, hasKizuna: false }))
  run('npm', ['install', '--no-audit', '--no-fund'], app)
  await builtAndStarted(async () => {
    await send('POST', '/people/first-register', {
      body: { email: 'boss@example.jp', password: 'abc', name: 'Boss', roles: 'boss' },
    })
  })

  say('with kizuna')
  await write(foreignFiles({ payload: PAYLOAD, hasKizuna: true }))
  run('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball)], app)
  say(run('npm', ['ls', 'react', 'payload', '--depth', '1'], app))
  await builtAndStarted(useIt)

  say('without it again')
  await write(foreignFiles({ payload: PAYLOAD, hasKizuna: false }))
  run('npm', ['uninstall', 'kizuna', '--no-audit', '--no-fund'], app)
  await builtAndStarted(async () => {
    const boss = await tokenOf('boss@example.jp', 'abc')
    const { body } = await send('GET', '/people', { as: boss })
    const [first] = (body.docs as Record<string, unknown>[]).filter(({ name }) => name === 'Boss')
    check('the person of the house is as before', first?.roles === 'boss')
    const own = await send('GET', '/comments', { as: boss })
    check('what the house wrote beside ours is there', own.body.totalDocs === 1, own.body)
    check('no field of ours is told', !JSON.stringify(body).includes('kizuna'))
    check(
      'no page of ours',
      (await send('GET', '/kizuna-manuscripts', { as: boss })).status === 404,
    )
  })
  say('done: 0 failed')
} finally {
  for (const one of started) one.kill('SIGKILL')
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

/** What a host's people do on the first day. */
async function useIt(): Promise<void> {
  const boss = await tokenOf('boss@example.jp', 'abc')
  const mine = await send('GET', '/people/me', { as: boss })
  check('the boss is kizuna’s system admin', JSON.stringify(mine.body).includes('"admin"'))
  const person = async (name: string, roles: string[]) => {
    const made = await send('POST', '/people', {
      as: boss,
      body: {
        email: `${name}@example.jp`,
        password: PASSWORD,
        name,
        kizunaName: name,
        kizunaRoles: roles,
      },
    })
    check(`an account for ${name}`, made.status === 201, made.body)
    return tokenOf(`${name}@example.jp`, PASSWORD)
  }
  for (const name of ['reports', 'comments']) {
    const body = { title: 'of the house' }
    const made = await send('POST', `/${name}`, { as: boss, body })
    check(`the host’s own ${name}`, made.status === 201, made.body)
  }
  const hana = await person('hana', ['editor'])
  await person('midori', ['chief'])
  const series = await send('POST', '/kizuna-series', {
    as: boss,
    body: {
      name: '0〜3歳',
      code: 'child',
      anchor: 'birthDate',
      from: 'day0',
      to: 'month36',
      isEndIncluded: true,
    },
  })
  check('a series', series.status === 201, series.body)
  const written = await send('POST', '/kizuna-manuscripts?draft=true', {
    as: hana,
    body: {
      series: (series.body.doc as { id: string }).id,
      slot: 'day10',
      edition: 'standard',
      kind: 'stage',
      title: '見本 10日',
      subject: '件名',
      body: '見本: 本文です。',
      topics: ['daily'],
      ageBasis: 'calendar',
      monthRule: 'friendly',
    },
  })
  check('a manuscript', written.status === 201, written.body)
  const { id } = written.body.doc as { id: string }
  const submitted = await send('POST', `/kizuna-manuscripts/${id}/submit`, { as: hana, body: {} })
  check('it is handed in', submitted.status === 200, submitted.body)

  check('there is a browser', await ensureChromium(say))
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ locale: 'en-US' })
    await logIn(page)
    const pages = ['/desk', '/coverage', '/texts', '/this-day', '/collections/media', '']
    for (const path of pages) {
      const answer = await page.goto(`${URL_}/admin${path}`)
      check(`the page ${path || '/'}`, answer?.status() === 200)
    }
    check(
      'the admin speaks the host’s language',
      (await page.textContent('body'))!.includes('Posts'),
    )
    await page.goto(`${URL_}/admin/desk`)
    await page.locator('.kizuna-card', { hasText: '見本 10日' }).getByRole('link').first().click()
    const verdict = page.getByRole('region', { name: '監修の判断' })
    for (const label of ['承認する', '承認する', '公開する', '公開する']) {
      await verdict.getByRole('button', { name: label, exact: true }).click()
    }
    await verdict.getByText('公開しました').first().waitFor()
    if (process.env.SCREENSHOTS) {
      await page.screenshot({ path: join(process.env.SCREENSHOTS, 'foreign.png'), fullPage: true })
    }
  } finally {
    await browser.close()
  }
  const { body } = await send('GET', `/kizuna-manuscripts/${id}`, { as: hana })
  check('it is published', body._status === 'published')
}

async function logIn(page: Page): Promise<void> {
  await page.goto(`${URL_}/admin/login`)
  await page.locator('#field-email').fill('midori@example.jp')
  await page.locator('#field-password').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/login'))
}

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(app, path)), { recursive: true })
    await writeFile(join(app, path), text)
  }
}

async function builtAndStarted(use: () => Promise<void>): Promise<void> {
  run('npx', ['payload', 'generate:importmap'], app)
  run('npx', ['next', 'build'], app)
  const server = spawn('npx', ['next', 'start', '-p', String(PORT)], {
    cwd: app,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  started.push(server)
  try {
    for (let tries = 0; tries < 120; tries += 1) {
      const answer = await fetch(`${URL_}/api/access`).catch(() => null)
      if (answer?.ok) break
      await sleep(500)
    }
    await use()
  } finally {
    if (server.pid) process.kill(-server.pid, 'SIGTERM')
    await sleep(1000)
  }
}

interface Call {
  as?: string
  body?: unknown
}

async function send(method: string, path: string, { as, body }: Call) {
  const answer = await fetch(`${URL_}/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(as ? { authorization: `JWT ${as}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: parsed(text) }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { text }
  }
}

async function tokenOf(email: string, password: string): Promise<string> {
  const { body } = await send('POST', '/people/login', { body: { email, password } })
  check(`${email} logs in`, typeof body.token === 'string', body)
  return String(body.token)
}

function check(what: string, isSo: boolean, found?: unknown): void {
  if (!isSo) throw new Error(`${what}: no${found ? ` (${JSON.stringify(found)})` : ''}`)
  say(`✓ ${what}`)
}

function run(program: string, args: string[], cwd: string): string {
  return execFileSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
