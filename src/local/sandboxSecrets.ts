import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { generateKeyRing } from '../secret/seal'

const schema = z.object({
  PAYLOAD_SECRET: z.string(),
  KIZUNA_KEYS: z.string(),
  CMS_API_KEY: z.string(),
  /** Password of every demo log-in of the sample content. */
  DEMO_PASSWORD: z.string(),
})

/** Secrets of a sandbox, generated once and kept in its data folder. */
export type SandboxSecrets = z.infer<typeof schema>

/**
 * Reads the sandbox's secrets from `secrets.json` of the data folder, or makes and keeps them
 * there (readable by the owner only).
 *
 * @throws Error when the file is there but does not hold all of them.
 */
export async function sandboxSecrets(dataDir: string): Promise<SandboxSecrets> {
  const path = join(dataDir, 'secrets.json')
  await mkdir(dataDir, { recursive: true })
  try {
    // `wx` makes two programs that start together agree on one set.
    await writeFile(path, JSON.stringify(generate(), null, 2), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (parsed.success) return parsed.data
  throw new Error(
    `${path} が壊れています。バックアップから戻すか、データごと消して始め直してください(鍵が変わると前のデータは開けません)。`,
  )
}

function generate(): SandboxSecrets {
  const secret = () => randomBytes(24).toString('hex')
  return {
    PAYLOAD_SECRET: secret(),
    KIZUNA_KEYS: generateKeyRing(),
    CMS_API_KEY: secret(),
    DEMO_PASSWORD: `kizuna-mihon-${randomBytes(3).toString('hex')}`,
  }
}
