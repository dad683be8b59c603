import { parseArgs, type ParseArgsConfig } from 'node:util'

import type { LocalDay } from '../../src/stage/day'
import { parseWrittenDay } from '../../src/table/days'

/** The command line cannot be understood; the message is one Japanese sentence, exit code 2. */
export class UsageError extends Error {
  readonly code = 'USAGE'
}

/** What a command takes besides `--json` and `--help`, which every command takes. */
export interface ArgumentSpec {
  /** Options with a value and options without; names without the dashes. */
  options?: Record<string, 'value' | 'flag'>
  /** Most words that may stand beside the options; 0 when left out. */
  maxWords?: number
}

/** The arguments of one command, as typed. */
export interface Arguments {
  values: Readonly<Record<string, string | undefined>>
  flags: ReadonlySet<string>
  words: readonly string[]
  isJson: boolean
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/**
 * Reads a command's arguments. *Pure.*
 *
 * @throws UsageError for an option that is unknown, given twice or without its value, and for a
 * word too many.
 */
export function readArguments(args: string[], spec: ArgumentSpec): Arguments {
  const options = { ...spec.options, json: 'flag' as const }
  const { tokens } = parseArgs({ args, options: configOf(options), ...LENIENT })
  const values: Record<string, string> = {}
  const flags = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    if (Object.hasOwn(values, token.name) || flags.has(token.name)) {
      throw new UsageError(`${token.rawName} が 2 回あります。1 つにしてください。`)
    }
    if (kindOf(token, options) === 'flag') flags.add(token.name)
    else values[token.name] = valueOf(token)
  }
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const tooMany = words[spec.maxWords ?? 0]
  if (tooMany !== undefined) throw new UsageError(`「${tooMany}」は余分です。消してください。`)
  return { values, flags, words, isJson: flags.has('json') }
}

/**
 * The day of an option that must be there. *Pure.*
 *
 * @throws UsageError when it is missing or no day.
 */
export function requireDay(args: Arguments, name: string): LocalDay {
  const day = optionalDay(args, name)
  if (day !== undefined) return day
  throw new UsageError(
    `--${name} がありません。--${name} 2026-10-01 の形で日付を指定してください。`,
  )
}

/**
 * The day of an option, or undefined when it is not given. *Pure.*
 *
 * @throws UsageError when it is no day.
 */
export function optionalDay(args: Arguments, name: string): LocalDay | undefined {
  const text = args.values[name]
  return text === undefined ? undefined : asUsageError(`--${name}: `, () => parseWrittenDay(text))
}

/**
 * The value of an option that has a closed list of values, the first being the default. *Pure.*
 *
 * @throws UsageError when it is another value.
 */
export function readChoice<T extends string>(
  args: Arguments,
  name: string,
  choices: readonly [T, ...T[]],
): T {
  const text = args.values[name] ?? choices[0]
  const choice = choices.find((candidate) => candidate === text)
  if (choice !== undefined) return choice
  throw new UsageError(
    `--${name}: 「${text}」は選べません。${choices.join(' か ')} を指定してください。`,
  )
}

/** Runs a parser of ours and turns what it throws into a {@link UsageError}. */
export function asUsageError<T>(prefix: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(`${prefix}${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Everything passes here, so that each mistake gets a sentence of ours. */
const LENIENT = { strict: false, tokens: true, allowPositionals: true } as const

function configOf(options: Record<string, 'value' | 'flag'>): ParseArgsConfig['options'] {
  const entries = Object.entries(options).map(([name, kind]) => [
    name,
    { type: kind === 'value' ? ('string' as const) : ('boolean' as const) },
  ])
  return Object.fromEntries(entries)
}

function kindOf(token: OptionToken, options: Record<string, 'value' | 'flag'>): 'value' | 'flag' {
  const kind = Object.hasOwn(options, token.name) ? options[token.name] : undefined
  if (kind === undefined) {
    const known = Object.keys(options).map((name) => `--${name}`)
    throw new UsageError(`${token.rawName} は使えません。使えるのは ${known.join('、')} です。`)
  }
  if (kind === 'flag' && token.value !== undefined) {
    throw new UsageError(`${token.rawName} に値は付けられません。`)
  }
  return kind
}

function valueOf({ value, inlineValue, rawName }: OptionToken): string {
  const isMissing = !value || (!inlineValue && value.startsWith('-'))
  if (isMissing) throw new UsageError(`${rawName} の値がありません。`)
  return value
}
