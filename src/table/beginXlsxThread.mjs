// Begins the thread that reads workbooks: `--import tsx` does not reach a thread in Node 20.
import { register } from 'tsx/esm/api'

register()
await import('./xlsxThread.ts')
