// A short year: real programs, three towns, and an oracle that has nothing to complain of.
import { expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { testDatabaseUrl } from '../database'
import { summaryLines } from './summary'
import { liveYear } from './year'

test('some families live six days, and get their day’s texts and nothing else', async () => {
  const databaseUrl = testDatabaseUrl()
  try {
    const year = await liveYear({ databaseUrl, families: 12, seed: 5594, days: 6 })
    expect(summaryLines(year).length).toBeGreaterThan(5)
    expect(year).toMatchObject({ complaints: [], faults: [], failures: [], toBlocked: 0 })
    expect(year.right).toBeGreaterThan(15)
    expect(year.notices).toBeGreaterThan(3)
    expect(year.surveyed.given).toBeGreaterThan(1)
    const registered = ['self', 'list', 'counter'].map((by) => `register by ${by}`)
    const deeds = [...registered, 'join', 'birth', 'loss', 'stop', 'relink']
    expect(Object.keys(year.deeds)).toEqual(expect.arrayContaining(deeds))
  } finally {
    // beside it the one that the restore has for the CMS
    for (const url of [databaseUrl, databaseUrl.replace('?', '-cms?')]) {
      const client = await new MongoClient(url).connect()
      await client.db().dropDatabase()
      await client.close()
    }
  }
}, 120_000)
