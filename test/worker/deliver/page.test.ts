import { expect, test } from '@jest/globals'

import { createPages, type Page, type PageContext } from '../../../worker/deliver/page'

/** Pages whose checks are counted; what the last look says is told. */
function openPages(lastLook: { isKnown: boolean; hasChanged: boolean }) {
  let checks = 0
  const pages = createPages({
    changes: { last: async () => 9 },
    recipients: { check: async () => ((checks += 1), () => []) },
    store: { payloads: async () => new Map(), statuses: async () => new Map() },
    now: () => new Date('2026-10-06T03:00:00Z'),
  } as unknown as Parameters<typeof createPages>[0])
  const context = {
    claim: { epoch: 1, run: { municipality: '999999' } },
    releases: () => ({}),
    lastLook: {
      look: async () => lastLook.isKnown,
      hasChanged: (_: unknown, since: number) => lastLook.hasChanged && since < 9,
    },
  } as unknown as PageContext
  const batch = { _id: 'b', channel: 'line', recipients: ['hanako:child:24w3d'] }
  const page = {
    batches: [batch],
    ready: [{ batch, checkedWith: 8 }],
    drops: [],
    checkedWith: 8,
  } as unknown as Page
  return { refresh: () => pages.refresh(context, page), page, checks: () => checks }
}

test('a page nothing has happened to is sent as it was checked', async () => {
  const { refresh, page, checks } = openPages({ isKnown: true, hasChanged: false })
  expect(await refresh()).toBe(page)
  expect(checks()).toBe(0)
})

test.each([
  ['somebody of it was changed', { isKnown: true, hasChanged: true }],
  ['nobody knows whether somebody was', { isKnown: false, hasChanged: false }],
])('a page is checked again when %s', async (_, lastLook) => {
  const { refresh, checks } = openPages(lastLook)
  expect(await refresh()).toMatchObject({ checkedWith: 9 })
  expect(checks()).toBe(1)
})
