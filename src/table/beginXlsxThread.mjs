// Begins the thread that reads workbooks: `--import tsx` does not reach a thread in Node 20.
import { existsSync } from 'node:fs'

const source = new URL('./xlsxThread.ts', import.meta.url)
if (existsSync(source)) {
  const { register } = await import('tsx/esm/api')
  register()
  await import(source.href)
} else {
  await import('./xlsxThread.js') // as others install it
}
