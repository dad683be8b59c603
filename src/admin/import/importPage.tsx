import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { canExport, canImport, SHEET_PEOPLE } from '../../people/roles'
import { PageFrame } from '../pages/pageFrame'
import { ImportAndExport, type KindChoice } from './importAndExport'

/** 「取り込み・書き出し」: many documents at once, in a spreadsheet and back. */
export async function ImportPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="取り込み・書き出し"
      description="原稿を Excel ブックや CSV に書き出し、直してから、まとめて取り込みます。取り込んだものは、いつも下書きになります。"
      roles={SHEET_PEOPLE}
    >
      <ImportAndExport choices={await choicesFor(req)} />
    </PageFrame>
  )
}

async function choicesFor(req: PayloadRequest): Promise<KindChoice[]> {
  const kinds = [
    { kind: 'manuscripts', label: '原稿(共通の文章)', listPath: '/collections/manuscripts' },
    { kind: 'addons', label: '自治体原稿', listPath: '/collections/add-ons' },
  ] as const
  const mine = kinds.filter(({ kind }) => canImport(req.user, kind) || canExport(req.user, kind))
  return Promise.all(
    mine.map(async (choice) => ({
      ...choice,
      canImport: canImport(req.user, choice.kind),
      series: choice.kind === 'manuscripts' ? await seriesOf(req) : [],
    })),
  )
}

async function seriesOf(req: PayloadRequest): Promise<{ id: string; label: string }[]> {
  const { docs } = await req.payload.find({
    collection: 'series',
    req,
    depth: 0,
    pagination: false,
    overrideAccess: false,
  })
  return docs.map(({ id, name, code }) => ({ id, label: `${name}(${code})` }))
}
