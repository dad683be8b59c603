import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { CONTENT_KINDS, KINDS_OF_CONTENT, type ContentKind } from '../../release/contentKind'
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
  const kinds = KINDS_OF_CONTENT.map((kind) => ({
    kind: CONTENT_KINDS[kind].sheet,
    label: LABELS[kind],
    listPath: `/collections/${CONTENT_KINDS[kind].collection}` as const,
  }))
  const mine = kinds.filter(({ kind }) => canImport(req.user, kind) || canExport(req.user, kind))
  return Promise.all(
    mine.map(async (choice) => ({
      ...choice,
      canImport: canImport(req.user, choice.kind),
      series: choice.kind === CONTENT_KINDS.manuscript.sheet ? await seriesOf(req) : [],
    })),
  )
}

const LABELS: Readonly<Record<ContentKind, string>> = {
  manuscript: `${CONTENT_KINDS.manuscript.label}(共通の文章)`,
  addOn: CONTENT_KINDS.addOn.label,
}

async function seriesOf(req: PayloadRequest): Promise<{ id: string; label: string }[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-series',
    req,
    depth: 0,
    pagination: false,
    overrideAccess: false,
  })
  return docs.map(({ id, name, code }) => ({ id, label: `${name}(${code})` }))
}
