import { randomUUID } from 'node:crypto'

import { getFieldsToSign, jwtSign, type Payload } from 'payload'

/** A person with a session, and the token that opens it. */
export interface SignedIn {
  user: { id: string }
  token: string
}

/**
 * Writes a person into the database as they are after a log-in, for tests that are about neither: a
 * password that is made, judged and compared takes as long as all else a person does there.
 */
export async function createSignedIn(
  payload: Payload,
  person: { email: string; [field: string]: unknown },
): Promise<SignedIn> {
  const collectionConfig = payload.collections.users.config
  const sid = randomUUID()
  const { tokenExpiration } = collectionConfig.auth
  const createdAt = new Date()
  const expiresAt = new Date(createdAt.getTime() + tokenExpiration * 1000)
  const data = { ...person, sessions: [{ id: sid, createdAt, expiresAt }] }
  const { id } = await payload.db.create({ collection: 'users', data })
  const user = await payload.findByID({ collection: 'users', id, depth: 0 })
  const fieldsToSign = getFieldsToSign({
    collectionConfig,
    email: person.email,
    sid,
    user: { ...user, collection: 'users' } as never,
  })
  const { token } = await jwtSign({ fieldsToSign, secret: payload.secret, tokenExpiration })
  return { user, token }
}
