import type { ClientSession, MongoClient } from 'mongodb'

/** Reads what a server holds at one instant: that of the session's first read, however long it takes. */
export async function atOneInstant<T>(
  client: MongoClient,
  read: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const restoreWindow = await lengthenWindow(client)
  const session = client.startSession({ snapshot: true })
  try {
    return await read(session)
  } finally {
    await session.endSession()
    await restoreWindow()
  }
}

/** How long the server remembers an instant while a backup reads it. */
const WINDOW_SECONDS = 6 * 3600

/** Where this account may not, the server's own window has to do. */
async function lengthenWindow(client: MongoClient): Promise<() => Promise<void>> {
  const admin = client.db('admin')
  const name = 'minSnapshotHistoryWindowInSeconds'
  try {
    const { [name]: before } = await admin.command({ getParameter: 1, [name]: 1 })
    await admin.command({ setParameter: 1, [name]: Math.max(Number(before), WINDOW_SECONDS) })
    return async () => void (await admin.command({ setParameter: 1, [name]: before }))
  } catch {
    return async () => undefined
  }
}
