import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'

import { isContentCollection } from '../../../release/contentKind'
import { INBOX_REVIEWERS, INBOX_WRITERS, MUNICIPAL, TEAM, hasRole } from '../../../people/roles'
import { findNextReviews } from '../../../review/inbox/nextReviews'
import { loadPrintSheets } from '../../../review/inbox/printSheets'
import { loadReviewScreen } from '../../../review/inbox/reviewScreen'
import { loadSet, MAX_SET, readTargets } from '../../../review/inbox/set'
import { loadReviewInbox } from '../../../review/inbox/reviewInbox'
import { canPublish } from '../../../review/rules/rights'
import type { ReviewedCollection } from '../../../review/queries/load'
import { loadWaitingChanges, waitsFor } from '../../../municipality/waitingChanges'
import { japaneseMoment } from '../../../stage/japaneseDate'
import { ReviewRefusal } from '../../../cms/refusal'
import { WaitingChanges } from '../../municipality/waitingChanges'
import { PageFrame } from '../../pages/pageFrame'
import { settingsOf } from '../../pages/settingsOf'
import { Hydrated } from '../../fields/useHydrated'
import { ScheduledTexts } from '../scheduledTexts'
import { InboxList } from './inboxList'
import { PrintView } from './printView'
import { ReviewView } from './reviewView'
import { SetView } from './setView'

/** Who has work in the inbox: those who approve, and those whose texts come back. */
const INBOX_ROLES = [...INBOX_REVIEWERS, ...INBOX_WRITERS]

/** Who may read texts here; which ones, each text's own rule says. */
const READERS = [...TEAM, ...MUNICIPAL]

const PRINTED = `原稿を 1 件ずつ、A4 の紙に出します。一度に ${MAX_SET} 件までです。判の欄の名前は、ここで書き換えられます。`

type Request = AdminViewServerProps['initPageResult']['req']

/** 「監修待ち」: what waits for a person, one text's review, and a set of texts at once. */
export function InboxPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  const [, first, second] = segmentsOf(view)
  if (!req.user) redirect(loginAddress(req, segmentsOf(view)))
  const isMine = hasRole(req.user, ...INBOX_ROLES)
  if (isContentCollection(first) && second) {
    return (
      <PageFrame view={view} title="原稿の監修" description="" roles={INBOX_ROLES}>
        {isMine && <OneReview req={req} collection={first} id={second} />}
      </PageFrame>
    )
  }
  if (first === 'set') {
    const description = `選んだ原稿を続けて読み、読んだものをまとめて承認・公開します。一度に ${MAX_SET} 件までです。`
    return (
      <PageFrame
        view={view}
        title="まとめて監修・公開"
        description={description}
        roles={INBOX_ROLES}
      >
        {isMine && <ManyReviews req={req} items={String(view.searchParams?.items ?? '')} />}
      </PageFrame>
    )
  }
  if (first === 'print') {
    return (
      <PageFrame view={view} title="決裁用の印刷" description={PRINTED} roles={READERS}>
        {hasRole(req.user, ...READERS) && (
          <Printed req={req} items={String(view.searchParams?.items ?? '')} />
        )}
      </PageFrame>
    )
  }
  const description =
    'あなたの番の原稿です。名前を挙げて頼まれたものを先に、ほかは待っている日数が長い順に並べています。'
  return (
    <PageFrame view={view} title="監修待ち" description={description} roles={INBOX_ROLES}>
      {isMine && <Waiting req={req} />}
    </PageFrame>
  )
}

async function Waiting({ req }: { req: Request }) {
  const { policy, now, editions } = settingsOf(req.payload)
  const inbox = await loadReviewInbox(req, { policy, now, editions })
  const changes = (await loadWaitingChanges(req)).filter((change) => waitsFor(req.user, change))
  const { admin } = req.payload.config.routes
  return (
    <Hydrated>
      <WaitingChanges changes={changes} admin={admin} />
      <ScheduledTexts req={req} />
      <InboxList inbox={inbox} admin={admin} now={now().toISOString()} roles={rolesOf(req)} />
    </Hydrated>
  )
}

async function OneReview(props: { req: Request; collection: ReviewedCollection; id: string }) {
  const { req, ...target } = props
  const { policy, now, editions } = settingsOf(req.payload)
  const screen = await loadReviewScreen(req, target, { policy, now, editions }).catch(notFound)
  const { admin } = req.payload.config.routes
  if ('sentence' in screen) return <Missing sentence={screen.sentence} admin={admin} />
  // Not waited for: the text is shown meanwhile, and what comes next is wanted after it.
  const next = findNextReviews(req, target, { policy, now }).catch(() => null)
  return (
    <Hydrated>
      <ReviewView screen={screen} next={next} admin={admin} />
    </Hydrated>
  )
}

async function ManyReviews({ req, items }: { req: Request; items: string }) {
  const { policy, now, editions } = settingsOf(req.payload)
  const targets = readTargets(items).slice(0, MAX_SET)
  const texts = await loadSet(req, targets, { policy, now, editions })
  const { admin } = req.payload.config.routes
  if (texts.length === 0) {
    return <Missing sentence="原稿が選ばれていないか、見る権限がありません。" admin={admin} />
  }
  return (
    <Hydrated>
      <SetView texts={texts} admin={admin} />
    </Hydrated>
  )
}

async function Printed({ req, items }: { req: Request; items: string }) {
  const { policy, now, editions } = settingsOf(req.payload)
  const targets = readTargets(items).slice(0, MAX_SET)
  const sheets = await loadPrintSheets(req, targets, { policy, now, editions })
  const { admin } = req.payload.config.routes
  if (sheets.length === 0) {
    return <Missing sentence="原稿が選ばれていないか、見る権限がありません。" admin={admin} />
  }
  return (
    <PrintView
      sheets={sheets}
      left={targets.length - sheets.length}
      printedAt={japaneseMoment(now())}
    />
  )
}

function Missing({ sentence, admin }: { sentence: string; admin: string }) {
  return (
    <p className="kizuna-panel" role="alert">
      {sentence} <a href={`${admin}/desk`}>「監修待ち」に戻る</a>
    </p>
  )
}

function notFound(error: unknown): { sentence: string } {
  if (error instanceof ReviewRefusal) return { sentence: error.message }
  throw error
}

function rolesOf({ user }: Request) {
  return {
    isPublisher: canPublish(user),
    isReviewer: hasRole(user, ...INBOX_REVIEWERS),
    isWriter: hasRole(user, ...INBOX_WRITERS),
  }
}

function segmentsOf({ params }: AdminViewServerProps): string[] {
  const segments = params?.segments
  return Array.isArray(segments) ? segments : []
}

function loginAddress(req: Request, segments: readonly string[]): string {
  const { admin } = req.payload.config.routes
  return `${admin}/login?redirect=${encodeURIComponent(`${admin}/${segments.join('/')}`)}`
}
