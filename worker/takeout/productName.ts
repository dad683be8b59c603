import { readFile } from 'node:fs/promises'

/** Name and version of this product: `kizuna 1.0.0`. */
export async function nameAndVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  const { name, version } = JSON.parse(text) as { name: string; version: string }
  return `${name} ${version}`
}
