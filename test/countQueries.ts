import type { Payload } from 'payload'

interface Watched {
  connection: { set: (option: 'debug', value: (() => void) | false) => void }
}

/**
 * What work gives, and how often it asks the CMS's database for it: unlike the time it takes, the
 * number is the same on a busy machine.
 */
export async function countQueries<T>({ db }: Payload, work: () => Promise<T>) {
  const { connection } = db as unknown as Watched
  let queries = 0
  connection.set('debug', () => {
    queries += 1
  })
  try {
    return { result: await work(), queries }
  } finally {
    connection.set('debug', false)
  }
}
