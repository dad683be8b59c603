import { redirect } from 'next/navigation'
import type { DocumentViewServerProps } from 'payload'

import { ReviewRefusal } from '../../../cms/refusal'
import type { ReviewedCollection } from '../../../review/queries/load'
import {
  loadVersionList,
  VERSIONS_A_PAGE,
  type ListedVersion,
  type VersionList,
} from '../../../review/versions/versionList'
import { readTickedVersions } from '../../../review/versions/tickedVersions'
import { Pager } from '../../pages/pager'
import { settingsOf } from '../../pages/settingsOf'
import { VersionTrail } from './versionTrail'

/** 「履歴」 of a text: who saved it when and what they changed, with the way to compare any two. */
export async function VersionsPage({ initPageResult, searchParams }: DocumentViewServerProps) {
  const { collectionConfig, docID, req } = initPageResult
  const { policy, now, editions } = settingsOf(req.payload)
  const collection = collectionConfig?.slug as ReviewedCollection
  const id = String(docID)
  const asked = { collection, id, page: Number(searchParams?.page) || 1 }
  const { admin } = req.payload.config.routes
  const address = `${admin}/collections/${collection}/${id}/versions`
  const ticked = readTickedVersions(searchParams?.v)
  if (ticked.path !== null) redirect(`${address}${ticked.path}`)
  const tickedIds = searchParams?.compare ? ticked.ids : null
  const list = await loadVersionList(req, asked, { policy, now, editions }).catch(refused)
  return (
    <main className="kizuna-page gutter--left gutter--right">
      {'sentence' in list ? (
        <p className="kizuna-panel" role="alert">
          {list.sentence}
        </p>
      ) : (
        <div className="kizuna-review">
          <VersionTrail collection={collection} id={id} title={list.title} />
          <Versions list={list} address={address} ticked={tickedIds} />
        </div>
      )}
    </main>
  )
}

interface VersionsProps {
  list: VersionList
  address: string
  /** Ids that were ticked when others than two were to be compared; null before. */
  ticked: readonly string[] | null
}

/** A plain form: any two of a page are compared without a script. */
function Versions({ list, address, ticked }: VersionsProps) {
  const { versions, page, last, total } = list
  const canCompare = versions.length > 1
  return (
    <>
      <h2 className="kizuna-review__title">履歴 {total} 件</h2>
      <p>
        だれが、いつ、どこを直したかです(日本の時刻)。選ぶと、その前の版と見比べられます。
        {canCompare && '2 つに印を付けて「見比べる」を押すと、その 2 つを見比べられます。'}
      </p>
      <form method="get" action={address}>
        <input type="hidden" name="page" value={page} />
        <ol className="kizuna-versions">
          {versions.map((version, index) => (
            <li key={version.id} className="kizuna-card kizuna-versions__row">
              {canCompare && (
                <Tick version={version} isTicked={ticked?.includes(version.id) ?? false} />
              )}
              <Version version={version} address={address} isNewest={page === 1 && index === 0} />
            </li>
          ))}
        </ol>
        {canCompare && (
          <div className="kizuna-versions__compare">
            {ticked && (
              <p role="alert">
                見比べたい 2 つに印を付けてください(いま {ticked.length} つに付いています)。
              </p>
            )}
            <button type="submit" name="compare" value="1" className="kizuna-button">
              印を付けた 2 つを見比べる
            </button>
          </div>
        )}
      </form>
      <Pager
        page={page}
        last={last}
        size={`${VERSIONS_A_PAGE} 件`}
        addressOf={(other) => `${address}?page=${other}`}
      />
    </>
  )
}

function Tick({ version: { id, name }, isTicked }: { version: ListedVersion; isTicked: boolean }) {
  return (
    <label className="kizuna-versions__tick">
      <input
        type="checkbox"
        name="v"
        value={id}
        defaultChecked={isTicked}
        aria-label={`見比べる: ${name}`}
      />
    </label>
  )
}

interface VersionProps {
  version: ListedVersion
  address: string
  isNewest: boolean
}

function Version({ version: { id, at, who, did, previous }, address, isNewest }: VersionProps) {
  return (
    <a
      className="kizuna-card__link"
      href={`${address}/${id}${previous ? `?with=${previous}` : ''}`}
    >
      <span className="kizuna-card__place">
        {at}
        {isNewest && ' いま保存されている内容'}
      </span>
      <span className="kizuna-versions__deed">
        <strong>{who}</strong> {did}
      </span>
    </a>
  )
}

function refused(error: unknown): { sentence: string } {
  if (error instanceof ReviewRefusal) return { sentence: error.message }
  throw error
}
