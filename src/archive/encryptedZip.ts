import { open } from 'node:fs/promises'
import { PassThrough, Readable, Writable } from 'node:stream'

import { configure, Reader, ZipReader, ZipWriter, type FileEntry } from '@zip.js/zip.js'

import { linesIn } from './lines'

configure({ useWebWorkers: false })

/** A file of an archive: text or bytes in pieces, each read as the archive has room for it. */
export interface ArchiveFile {
  path: string
  content: AsyncIterable<string | Uint8Array>
}

/** AES with 256 bits (WinZip AE-2), as 7-Zip and others open it. */
const AES_256 = 3

/** An archive cannot be read; the message is for the person and says what to do. */
export class ArchiveError extends Error {
  readonly code = 'ARCHIVE'
}

/** Writes files into an encrypted ZIP, one after the other, without holding any of them as a whole. */
export async function writeArchive(
  target: WritableStream<Uint8Array>,
  passphrase: string,
  files: AsyncIterable<ArchiveFile>,
): Promise<void> {
  const zip = new ZipWriter(target, {
    password: passphrase,
    encryptionStrength: AES_256,
    keepOrder: true,
    level: 6,
  })
  for await (const { path, content } of files) {
    const readable = Readable.toWeb(Readable.from(bytesOf(content), { objectMode: false }))
    await zip.add(path, readable as ReadableStream<Uint8Array>)
  }
  await zip.close()
}

async function* bytesOf(content: ArchiveFile['content']): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const piece of content) {
    yield typeof piece === 'string' ? encoder.encode(piece) : piece
  }
}

/** An archive that is open for reading. */
export interface OpenArchive {
  /** Paths of the files there are. */
  paths: readonly string[]
  /** A whole file. @throws ArchiveError when there is none, or the words are others. */
  bytes: (path: string) => Promise<Uint8Array>
  /** The lines of a file, read as they are needed; of a file that is not there, none. */
  lines: (path: string) => AsyncIterable<string>
  close: () => Promise<void>
}

/** Opens an archive. @throws ArchiveError when the file is none, or the words are empty. */
export async function openArchive(path: string, passphrase: string): Promise<OpenArchive> {
  if (passphrase === '') throw new ArchiveError(WRONG_WORDS)
  const handle = await open(path).catch(() => {
    throw new ArchiveError(`${path} を読めません。場所と名前を確かめてください。`)
  })
  const zip = new ZipReader(new HandleReader(handle), {
    password: passphrase,
    checkSignature: true, // what was changed on the way is told, and not read
  })
  const entries = await zip.getEntries().catch(async () => {
    await handle.close()
    throw new ArchiveError(
      `${path} は持ち出しのファイルではないか、途中で切れています。もう一度、最後まで写してください。`,
    )
  })
  const files = new Map(entries.flatMap((one) => (one.directory ? [] : [[one.filename, one]])))
  return {
    paths: [...files.keys()],
    bytes: async (name) => {
      const found = files.get(name)
      if (!found) throw new ArchiveError(`持ち出しのファイルに ${name} がありません。`)
      const parts: Uint8Array[] = []
      for await (const part of partsOf(found)) parts.push(part)
      return Buffer.concat(parts)
    },
    lines: (name) => linesOf(files.get(name)),
    close: async () => {
      await zip.close()
      await handle.close()
    },
  }
}

type Handle = Awaited<ReturnType<typeof open>>

/** Reads pieces of a file that is open, wherever they are. */
class HandleReader extends Reader<Handle> {
  constructor(private readonly handle: Handle) {
    super(handle)
  }

  override async init(): Promise<void> {
    this.size = (await this.handle.stat()).size
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const { bytesRead, buffer } = await this.handle.read(new Uint8Array(length), 0, length, index)
    return buffer.subarray(0, bytesRead)
  }
}

async function* linesOf(entry: FileEntry | undefined): AsyncGenerator<string> {
  if (entry) yield* linesIn(partsOf(entry))
}

async function* partsOf(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const parts = new PassThrough()
  // where nothing was written yet, nobody else would end the reading
  entry.getData(Writable.toWeb(parts)).catch((error: Error) => parts.destroy(error))
  try {
    for await (const part of parts) yield part as Uint8Array
  } catch (error) {
    throw new ArchiveError(
      isWrongPassphrase(error)
        ? WRONG_WORDS
        : `持ち出しのファイルの ${entry.filename} が壊れています。もう一度、最後まで写してください。`,
    )
  }
}

const WRONG_WORDS =
  '開くための言葉が違います。持ち出したときに一度だけ表示された、30 文字の言葉を入れてください。'

function isWrongPassphrase(fault: unknown): boolean {
  return fault instanceof Error && /password/i.test(fault.message)
}
