import type { DocumentViewServerProps } from 'payload'

import { ReviewRefusal } from '../../../cms/refusal'
import type { ReviewedCollection } from '../../../review/queries/load'
import {
  loadVersionList,
  VERSIONS_A_PAGE,
  type ListedVersion,
  type VersionList,
} from '../../../review/versions/versionList'
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
          <Versions list={list} address={address} />
        </div>
      )}
    </main>
  )
}

function Versions({ list, address }: { list: VersionList; address: string }) {
  const { versions, page, last, total } = list
  return (
    <>
      <h2 className="kizuna-review__title">履歴 {total} 件</h2>
      <p>
        だれが、いつ、どこを直したかです(日本の時刻)。選ぶと、前の版と見比べられます。
        ほかの版とも、その画面で見比べられます。
      </p>
      <ol className="kizuna-versions">
        {versions.map((version, index) => (
          <li key={version.id} className="kizuna-card">
            <Version version={version} address={address} isNewest={page === 1 && index === 0} />
          </li>
        ))}
      </ol>
      <Pager
        page={page}
        last={last}
        size={`${VERSIONS_A_PAGE} 件`}
        addressOf={(other) => `${address}?page=${other}`}
      />
    </>
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
