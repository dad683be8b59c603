import { expect, test } from '@jest/globals'

import { COMMANDS } from '../../../worker/cli/commands'
import { kizuna } from './io'

const NAMES = [
  'stages',
  'when',
  'plan',
  'deliver',
  'sync',
  'explain',
  'verify',
  'find',
  'stop',
  'erase',
  'counter-log',
  'menu',
  'backup',
  'restore',
  'status',
  'mail',
  'line',
  'doctor',
  'on-call',
  'keys',
  'bounces',
  'halt',
  'held',
  'unknown',
  'resume',
  'import',
  'end-second-factor',
  'export',
  'retention',
  'rebuild-states',
]

test.each(['help', '--help', '-h'])('%s lists all commands in Japanese', async (word) => {
  const { code, out, err } = await kizuna(word)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(COMMANDS.map(({ name }) => name)).toEqual(NAMES)
  for (const { name, summary } of COMMANDS) expect(out).toContain(`  ${name}  ${summary}\n`)
})

test.each(NAMES)('%s tells how to call it, and its module can be loaded', async (name) => {
  const byOption = await kizuna(name, '--help')
  expect(byOption).toEqual(await kizuna('help', name))
  expect(byOption.out).toContain(`npm run --silent kizuna -- ${name} `)
  const command = COMMANDS.find((candidate) => candidate.name === name)!
  expect(typeof (await command.load()).run).toBe('function')
})

test.each([
  ['no command', [], 'コマンドがありません'],
  ['an unknown command', ['stage'], '「stage」というコマンドはありません'],
  ['an unknown command, asked for help', ['stage', '--help'], '「stage」'],
  ['help on an unknown command', ['help', 'stage'], '「stage」'],
  ['help on two commands', ['help', 'stages', 'when'], '1 つ'],
  ['an option instead of a command', ['--json'], '「--json」'],
])('%s is refused with one line and exit code 2', async (_, args, sentence) => {
  const { code, out, err } = await kizuna(...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(/^kizuna: .+ help .+\n$/)
  expect(err).toContain(sentence)
})
