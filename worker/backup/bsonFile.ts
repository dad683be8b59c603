import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** What a file came to. */
export interface Written {
  bytes: number
  sha256: string
  documents: number
}

/** A collection's file is cut off or is none. */
export class BrokenFileError extends Error {
  readonly code = 'BROKEN_FILE'
}

/** Writes raw documents one after another, as mongodump does, gzipped; never more than it can. */
export async function writeBson(
  path: string,
  documents: AsyncIterable<Uint8Array>,
): Promise<Written> {
  let count = 0
  const counted = async function* () {
    for await (const document of documents) {
      count += 1
      yield document
    }
  }
  const written = await writeHashed(path, Readable.from(counted(), { objectMode: true }), [
    createGzip({ level: 1 }),
  ])
  return { ...written, documents: count }
}

/** Writes a stream to a new file that is on the disk when this resolves, with its digest. */
export async function writeHashed(
  path: string,
  source: Readable,
  through: Transform[] = [],
): Promise<Omit<Written, 'documents'>> {
  const digest = digester()
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline([source, ...through, digest.stream, target])
  return digest.result()
}

/** Size and digest of a file. */
export async function hashOf(path: string): Promise<Omit<Written, 'documents'>> {
  const digest = digester()
  digest.stream.resume()
  await pipeline([createReadStream(path), digest.stream])
  return digest.result()
}

function digester() {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) }
}

/** Largest document a database takes, with some room for what it adds itself. */
const MAX_DOCUMENT_BYTES = 17 * 1024 * 1024

/**
 * The raw documents of a file, one after another.
 *
 * @throws BrokenFileError when it ends inside one.
 */
export async function* readBson(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path)
  const unzipped = createGunzip()
  source.on('error', (error) => unzipped.destroy(error))
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source.pipe(unzipped) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let size = sizeOf(rest); size !== null && rest.length >= size; size = sizeOf(rest)) {
      yield rest.subarray(0, size)
      rest = rest.subarray(size)
    }
  }
  if (rest.length > 0) throw new BrokenFileError(`A file ends inside a document: ${path}`)
}

function sizeOf(bytes: Buffer): number | null {
  if (bytes.length < 4) return null
  const size = bytes.readInt32LE(0)
  if (size < 5 || size > MAX_DOCUMENT_BYTES) throw new BrokenFileError('This is no document')
  return size
}
