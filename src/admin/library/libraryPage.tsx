import type { AdminViewServerProps } from 'payload'

import { hasRole, MUNICIPAL, municipalityIdOf, TEAM } from '../../people/roles'
import { readSlot } from '../../fields/slotField'
import { japaneseDayOf } from '../../stage/japaneseDate'
import { loadExamples, type SharedExample } from '../../library/load'
import { slotLabel } from '../../stage/slot'
import { settingsOf } from '../pages/settingsOf'
import { PageFrame } from '../pages/pageFrame'
import { CopyButton } from './copyButton'
import { ExampleBlocks } from './exampleBlocks'

const ROLES = [...MUNICIPAL, ...TEAM] as const

/** Add-ons that municipalities offer as examples; a municipal editor copies one as a draft. */
export async function LibraryPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  const isMine = hasRole(req.user, ...ROLES)
  const examples = isMine ? await loadExamples(req, { now: settingsOf(req.payload).now() }) : []
  const canCopy = hasRole(req.user, 'municipal-editor')
  const own = municipalityIdOf(req.user)
  return (
    <PageFrame
      view={view}
      title="お手本"
      description="ほかの自治体が公開している自治体原稿です。「写して使う」と、自分の自治体の下書きになります。電話番号・リンク・場所・地区は写りません。"
      roles={ROLES}
    >
      {examples.length === 0 ? (
        <p>
          まだありません。公開中の自治体原稿を開き、「お手本」の「どう見えるか確かめる」から見せると、ここに並びます。
        </p>
      ) : (
        <ul className="kizuna-library">
          {examples.map((example) => (
            <Card
              key={example.id}
              example={example}
              isOwn={example.municipality.id === own}
              canCopy={canCopy}
            />
          ))}
        </ul>
      )}
    </PageFrame>
  )
}

interface CardProps {
  example: SharedExample
  isOwn: boolean
  canCopy: boolean
}

function Card({ example, isOwn, canCopy }: CardProps) {
  const { id, title, municipality, from, to, publishedAt, revision, blocks } = example
  return (
    <li>
      <h2>{title}</h2>
      <p className="kizuna-library__aside">
        {municipality.name}
        {isOwn && '(あなたの自治体)'} / {label(from)}から{label(to)}まで / 第{revision}版{' '}
        {japaneseDayOf(publishedAt)}
      </p>
      <ExampleBlocks blocks={blocks} />
      {canCopy && !isOwn && <CopyButton id={id} title={title} />}
    </li>
  )
}

function label(code: string): string {
  const slot = readSlot(code)
  return slot ? slotLabel(slot) : code
}
