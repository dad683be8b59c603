import type { Payload } from 'payload'

import { inventedMonths } from '../../../src/sample/inventedMonths'
import { insertRaw, rawId, writtenAgo } from '../review/insertTexts'

/**
 * Municipalities with invented months and denominators, straight into the database: the months of all
 * of Japan would take hours. Towns are small and large. Resolves with the municipalities' ids.
 */
export async function insertMonths(
  payload: Payload,
  { towns, last }: { towns: number; last: string },
): Promise<string[]> {
  const ids: string[] = []
  for (let town = 0; town < towns; town += 1) {
    const id = rawId(payload)
    const code = String(100000 + town * 10)
    await insertRaw(payload, 'kizuna-municipalities', [
      { _id: id, code, name: `見本市${town}`, isActive: true, ...writtenAgo(1) },
    ])
    const areas = ['北', '南', '中央']
    const usual = 3 + ((town * 37) % 200)
    const months = inventedMonths({ usual, readers: usual * 10, areas, last })
    await insertRaw(
      payload,
      'kizuna-statistics',
      months.map((figures) => ({
        municipality: id,
        month: figures.month,
        figures,
        title: '',
        ...writtenAgo(1),
      })),
    )
    await insertRaw(
      payload,
      'kizuna-denominators',
      months.map(({ month }) => ({
        municipality: id,
        kind: 'handbooks',
        period: month,
        count: 100,
        source: '見本',
        countedOn: `${month}-28`,
        ...writtenAgo(1),
      })),
    )
    ids.push(String(id))
  }
  return ids
}
