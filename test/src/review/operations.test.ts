import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

import { contentHash } from '../../../src/release/hash'
import type { Desk } from './desk'
import { openDesk } from './desk'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
}, 60_000)

afterAll(() => desk.close())

describe('from a draft to a release', () => {
  test('submit, approve and publish over REST write one release of exactly the approved content', async () => {
    const { id } = await desk.draft({ topics: ['pregnancy'] })
    const path = `/manuscripts/${id}`
    expect((await desk.rest('hana', 'GET', `${path}/review`)).body.state).toBe('draft')
    expect((await desk.rest('hana', 'POST', `${path}/submit`)).body.state).toBe('in_review')
    const seen = (await desk.rest('doctor', 'GET', `${path}/review`)).body
    expect(seen.can.approveAs).toEqual(['midwifery'])
    const { contentHash: hash } = seen
    await desk.rest('doctor', 'POST', `${path}/approve`, { contentHash: hash })
    const approved = await desk.rest('midori', 'POST', `${path}/approve`, { contentHash: hash })
    expect(approved.body).toMatchObject({ state: 'approved', missing: [], revision: 0 })

    const published = await desk.rest('midori', 'POST', `${path}/publish`, { contentHash: hash })
    expect(published).toMatchObject({ status: 200, body: { state: 'published', revision: 1 } })
    const [release, ...others] = await desk.releasesOf(`manuscript:${id}`)
    expect(others).toEqual([])
    expect(release).toMatchObject({
      ...{ revision: 1, action: 'publish', contentHash: hash, slot: 'day1', edition: 'standard' },
      ...{ publishedBy: desk.users.midori.id, series: desk.series.id, whenOverdue: 'warn' },
    })
    expect(contentHash(release!.content as never)).toBe(hash)
    expect(release!.approvals).toHaveLength(2)
    const { live } = await desk.snapshot('manuscripts', String(id))
    expect(live).toMatchObject({ _status: 'published', authors: [] })
  })
})
