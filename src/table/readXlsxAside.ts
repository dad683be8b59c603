import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { deserialize } from 'node:v8'
import { Worker } from 'node:worker_threads'

import { ImportFileError } from './importFileError'
import type { Line } from './lines'
import { readXlsx } from './xlsx'
import type { ThreadAnswer } from './xlsxThread'
import { unpackedBytes } from './zip'

/** How much one workbook may take. */
export interface XlsxLimits {
  timeoutMs: number
  /** Of the thread's heap; the largest workbook that is read takes less than half. */
  memoryMb: number
}

/** The largest takes a few seconds of a machine that has nothing else to do. */
const LIMITS: XlsxLimits = { timeoutMs: 60_000, memoryMb: 768 }

/** A thread that has nothing to do gives its memory back. */
const IDLE_MS = 30_000

const TOO_SLOW =
  'Excel ブックを読むのに時間がかかりすぎたので、途中でやめました。何も取り込んでいません。使っていないシート、書式、行を消すか、CSV で保存し直してください。込み合っているときは、しばらくしてからもう一度試してください。'
const TOO_MUCH =
  'Excel ブックを読むのに要るメモリーが多すぎるので、途中でやめました。何も取り込んでいません。使っていないシート、書式、行を消すか、行を分けて別のファイルにしてください。'

/** The thread runs from the sources, also where the rest is bundled. */
const BEGIN = join(dirname(fileURLToPath(import.meta.url)), 'beginXlsxThread.mjs')

/** What unpacks to less is read in some ten milliseconds, sooner than a thread begins. */
const SMALL_BYTES = 128 * 1024

/** Reads a workbook as `readXlsx` does. */
export type XlsxReader = (bytes: Uint8Array) => Promise<{ sheet: string; lines: Line[] }>

/**
 * Makes a reader of workbooks that has a thread of its own for those that are not small: the library
 * reads one in one go, and nobody else waits for that. One at a time, so that memory is needed once.
 *
 * @returns a reader that throws ImportFileError as `readXlsx` does, and when a workbook takes too long
 * or too much memory.
 */
export function createXlsxReader({ timeoutMs, memoryMb }: XlsxLimits = LIMITS): XlsxReader {
  let kept: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()

  const end = async () => {
    const worker = kept
    kept = null
    await worker?.terminate()
  }
  const ask = async (bytes: Uint8Array) => {
    clearTimeout(idle)
    kept ??= new XlsxThread(memoryMb)
    try {
      const answer = await answerOf(kept, { bytes, timeoutMs })
      idle = setTimeout(() => void end(), IDLE_MS).unref()
      return answer
    } catch (error) {
      await end()
      throw error
    }
  }
  return async (bytes) => {
    const file = Buffer.from(bytes)
    if ((await unpackedBytes(file)) < SMALL_BYTES) return readXlsx(file)
    const asked = last.then(() => ask(bytes))
    last = asked.catch(() => undefined)
    return bookOf(await asked)
  }
}

/** {@link createXlsxReader} with the limits of the product, once in a process. */
export const readXlsxAside = createXlsxReader()

/** A class of its own: where a bundler sees a plain `new Worker`, it bundles the thread, tsx and all. */
class XlsxThread extends Worker {
  constructor(memoryMb: number) {
    super(BEGIN, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: memoryMb } })
    // Whoever waits for an answer hears of it; without anybody it would end the whole process.
    this.on('error', () => undefined)
  }
}

/**
 * What the thread says of one workbook.
 *
 * @throws ImportFileError when it says nothing in time or has no more memory; Error when it breaks.
 */
async function answerOf(
  worker: Worker,
  { bytes, timeoutMs }: { bytes: Uint8Array; timeoutMs: number },
): Promise<ThreadAnswer> {
  const isLate = new AbortController()
  const timer = setTimeout(() => isLate.abort(), timeoutMs)
  const answered = once(worker, 'message', { signal: isLate.signal })
  worker.ref()
  worker.postMessage(bytes)
  try {
    const [answer] = (await answered) as [ThreadAnswer]
    return answer
  } catch (error) {
    if (isLate.signal.aborted) throw new ImportFileError(TOO_SLOW)
    const { code } = error as NodeJS.ErrnoException
    throw code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ImportFileError(TOO_MUCH) : error
  } finally {
    clearTimeout(timer)
    worker.unref()
  }
}

async function bookOf(answer: ThreadAnswer): Promise<{ sheet: string; lines: Line[] }> {
  if ('refusal' in answer) throw new ImportFileError(answer.refusal)
  if ('fault' in answer) throw new Error(answer.fault)
  const lines: Line[] = []
  for (const part of answer.parts) {
    for (const line of deserialize(part) as Line[]) lines.push(line)
    await setImmediate()
  }
  return { sheet: answer.sheet, lines }
}
