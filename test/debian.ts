import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A program of a Debian package that some tests need. */
export interface DebianTool {
  /** Path of the program. */
  program: string
  package: string
  /** What is skipped without it. */
  skipped: string
}

/**
 * Makes sure there are programs of Debian's packages, installed when they are missing and this process
 * may.
 *
 * @returns those that are missing still.
 */
export async function ensureTools(
  tools: readonly DebianTool[],
  print: (line: string) => void,
): Promise<DebianTool[]> {
  const missing = tools.filter(({ program }) => !existsSync(program))
  if (missing.length === 0) return []
  const packages = missing.map((tool) => tool.package)
  print(`${packages.join('、')} がありません。apt-get で入れます…`)
  try {
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 << 20,
    })
  } catch (error) {
    print(`入れられませんでした(${(error as Error).message.split('\n')[0]})。`)
  }
  const still = missing.filter(({ program }) => !existsSync(program))
  for (const tool of still)
    print(`${tool.skipped}は飛ばします。apt-get install ${tool.package} で入れられます。`)
  return still
}

/** Whether a tool is there; tests with it are skipped without. */
export function isThere({ program }: DebianTool): boolean {
  return existsSync(program)
}
