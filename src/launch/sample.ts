import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { ProgramSpec } from './children'
import type { Settings } from '../local/services'
import type { Progress } from './progress'

interface SampleOptions {
  settings: Settings
  /** See `LocalServices`: where the embedded database listens does not make it another one. */
  databaseId: string
  program: (name: string, ...args: string[]) => ProgramSpec
  /** Runs a program to its end. */
  run: (spec: ProgramSpec) => Promise<unknown>
  progress: Progress
}

/** Grows when `src/sample/upgrade.ts` has something new for folders that were filled before. */
const SAMPLE_EDITION = '6'

/**
 * Fills an empty sandbox once: sample log-ins, municipalities and texts through the product's own
 * import and gate, then the sample readers. Every step can be repeated after an interruption.
 */
export async function importSample(options: SampleOptions): Promise<void> {
  const { settings, databaseId, program, run, progress } = options
  const mark = join(settings.dataDir, 'sample.done')
  const [filled, edition] = (await readFile(mark, 'utf8').catch(() => '')).split('\n')
  if (filled === databaseId) {
    if (edition === SAMPLE_EDITION) return
    await progress.step('見本の設定を新しくしています', () =>
      run(program('見本の設定', 'src/sample/upgrade.ts')),
    )
    return writeFile(mark, `${databaseId}\n${SAMPLE_EDITION}`)
  }
  await progress.step('見本の原稿を取り込み、承認して公開しています', () =>
    run(program('見本の原稿', 'src/sample/seed.ts')),
  )
  const file = join(settings.dataDir, 'sample-readers.csv')
  await progress.step('見本の読者を登録しています', async () => {
    await run(program('見本の読者', 'src/sample/datedReaders.ts', file))
    await run(
      program('見本の読者', 'worker/cli/main.ts', 'import', 'readers', file, '--no-announcement'),
    )
  })
  await writeFile(mark, `${databaseId}\n${SAMPLE_EDITION}`)
}
