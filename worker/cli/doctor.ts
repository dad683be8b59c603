import { resolve } from 'node:path'

import { parseConfig } from '../../src/config/config'
import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { checkAll, type Checked } from './doctorChecks'
import { withDelivery } from './openCommand'

const SIGNS: Readonly<Record<Checked['state'], string>> = { good: '○', unsure: '△', wrong: '×' }

/** `doctor`: whether an installation is set up so that it can be relied on; 1 where something is not. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const { isJson } = readArguments(args, {})
  const { KIZUNA_DATA_DIR, PUBLIC_URL } = parseConfig({ ...io.env })
  const places = { dataDir: resolve(KIZUNA_DATA_DIR), publicUrl: PUBLIC_URL }
  const found = await withDelivery(io, (delivery) => checkAll(delivery, places), {
    takesAnyKeys: true,
  })
  const isWrong = found.some(({ state }) => state === 'wrong')
  if (isJson) {
    await io.out(JSON.stringify({ found, isWrong }))
    return isWrong ? 1 : 0
  }
  await io.out('○ よい、△ 人が確かめる、× 直す')
  for (const { check, state, found: words } of found)
    await io.out(`${SIGNS[state]} ${check}: ${words}。`)
  return isWrong ? 1 : 0
}
