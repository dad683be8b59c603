import { resolve } from 'node:path'

import { parseConfig } from '../../src/config/config'
import { readArguments } from './arguments'
import type { CliIo } from './commands'
import { checkedLine, isAnyWrong, SIGN_WORDS } from './checked'
import { checkAll } from './doctorChecks'
import { withDelivery } from './openCommand'

/** `doctor`: whether an installation is set up so that it can be relied on; 1 where something is not. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const { isJson } = readArguments(args, {})
  const { KIZUNA_DATA_DIR, PUBLIC_URL } = parseConfig({ ...io.env })
  const places = { dataDir: resolve(KIZUNA_DATA_DIR), publicUrl: PUBLIC_URL }
  const found = await withDelivery(io, (delivery) => checkAll(delivery, places), {
    takesAnyKeys: true,
  })
  const isWrong = isAnyWrong(found)
  if (isJson) {
    await io.out(JSON.stringify({ found, isWrong }))
    return isWrong ? 1 : 0
  }
  await io.out(SIGN_WORDS)
  for (const one of found) await io.out(checkedLine(one))
  return isWrong ? 1 : 0
}
