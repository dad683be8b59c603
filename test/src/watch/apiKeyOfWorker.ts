import { randomUUID } from 'node:crypto'

import { handleEndpoints } from 'payload'

import type { EditorialCms } from '../review/editorialCms'

/** Sends JSON to the CMS as a worker does, by a key of its own; answers the status. */
export async function apiKeyOfWorker({ payload, config }: EditorialCms) {
  const apiKey = randomUUID()
  await payload.create({
    collection: 'kizuna-service-accounts',
    data: { name: '配信プログラム', isActive: true, enableAPIKey: true, apiKey } as never,
  })
  return async (route: string, body: object): Promise<number> => {
    const [method = '', path = ''] = route.split(' ')
    const headers = {
      authorization: `kizuna-service-accounts API-Key ${apiKey}`,
      'content-type': 'application/json',
    }
    const request = new Request(`http://cms.example/api${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    })
    return (await handleEndpoints({ config, request })).status
  }
}
