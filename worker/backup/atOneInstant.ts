import type { ClientSession, MongoClient } from 'mongodb'

/** Reads what a server holds at one instant: that of the session's first read, however long it takes. */
export async function atOneInstant<T>(
  client: MongoClient,
  read: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const restoreWindow = await shareWindow(client)
  const session = client.startSession({ snapshot: true })
  try {
    return await read(session)
  } finally {
    await session.endSession()
    await restoreWindow()
  }
}

interface Window {
  readers: number
  restore: Promise<() => Promise<void>>
}

const windows = new WeakMap<MongoClient, Window>()

/** Readings at the same time have one window, which the last of them gives back. */
async function shareWindow(client: MongoClient): Promise<() => Promise<void>> {
  const window = windows.get(client) ?? { readers: 0, restore: lengthenWindow(client) }
  windows.set(client, window)
  window.readers += 1
  const restore = await window.restore
  return async () => {
    window.readers -= 1
    if (window.readers > 0) return
    windows.delete(client)
    await restore()
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
