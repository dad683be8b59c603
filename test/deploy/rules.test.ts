// What wakes somebody, what they see, and what they then read belong together.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from '@jest/globals'

import { METRIC_NAMES } from '../../worker/app/metrics'
import { isThere } from '../debian'
import { PROMTOOL } from './tools'

const ROOT = join(import.meta.dirname, '../..')
const RULES = join(ROOT, '.deploy/prometheus/kizuna.rules.yml')
const TESTS = ['', '.days'].map((which) =>
  join(ROOT, `.deploy/prometheus/kizuna.rules${which}.test.yml`),
)
const run = promisify(execFile)
const text = (path: string) => readFileSync(path, 'utf8')
const rules = [...text(RULES).matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name)
/** Metrics that an expression names. */
const metricsIn = (expression: string) =>
  [...expression.matchAll(/kizuna_[a-z0-9_]+/g)].map(([name]) => name.replace(/_bucket$/, ''))
const KNOWN = new Set([...METRIC_NAMES, 'kizuna_web_request_seconds'])

const withPromtool = isThere(PROMTOOL) ? test : test.skip
withPromtool(
  'the rules are sound, and each fires when it should and not otherwise',
  async () => {
    const checked = await run(PROMTOOL.program, ['check', 'rules', RULES])
    expect(checked.stdout).toContain(`SUCCESS: ${rules.length} rules found`)
    const tested = await run(PROMTOOL.program, ['test', 'rules', ...TESTS])
    expect(`${tested.stdout}${tested.stderr}`).toContain('SUCCESS')
  },
  60_000,
)

test('each rule has both cases, and its paragraph in the run book', () => {
  const runbook = text(join(ROOT, '.readme/runbook.md'))
  const cases = TESTS.map(text).join('\n')
  expect(rules.length).toBeGreaterThanOrEqual(10)
  for (const name of rules) {
    const own = cases
      .split('alert_rule_test:')
      .filter((one) => one.includes(`alertname: ${name}\n`))
    expect([name, own.length]).toEqual([name, 2])
    const [, paragraph = ''] = runbook.split(`### ${name}\n`)
    const words = paragraph.split('\n### ')[0] ?? ''
    expect(words).toMatch(/\*\*意味\*\*.*\n\*\*見るもの\*\*.*\n\*\*すること\*\*/)
    expect(text(RULES)).toContain(`.readme/runbook.md#${name.toLowerCase()}`)
  }
})

test('rules and dashboard ask for metrics there are', () => {
  const { panels } = JSON.parse(text(join(ROOT, '.deploy/grafana/kizuna.json'))) as {
    panels: { title: string; targets: { expr: string }[] }[]
  }
  const asked = [
    ...metricsIn(text(RULES).replaceAll(/#.*$/gm, '')),
    ...panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))),
  ]
  expect([...new Set(asked)].filter((name) => !KNOWN.has(name))).toEqual([])
  // and nothing is measured that nobody looks at
  const seen = new Set(asked)
  expect([...KNOWN].filter((name) => !seen.has(name))).toEqual([])
})
