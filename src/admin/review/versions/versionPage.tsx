import type { DocumentViewServerProps } from 'payload'

import { ReviewRefusal } from '../../../cms/refusal'
import { loadVersionScreen, type VersionScreen } from '../../../review/versions/versionScreen'
import type { ReviewedCollection } from '../../../review/queries/load'
import { Hydrated } from '../../fields/useHydrated'
import { settingsOf } from '../../pages/settingsOf'
import { SideBySide } from '../stale/sideBySide'
import { RestoreVersion } from './restoreVersion'
import { VersionTrail } from './versionTrail'

/** One earlier version of a text beside another one, and the way back to it. */
export async function VersionPage({
  initPageResult,
  routeSegments,
  searchParams,
}: DocumentViewServerProps) {
  const { collectionConfig, docID, req } = initPageResult
  const { policy, now, editions } = settingsOf(req.payload)
  const asked = {
    collection: collectionConfig?.slug as ReviewedCollection,
    id: String(docID),
    version: routeSegments.at(-1) ?? '',
    compareWith: String(searchParams?.with ?? ''),
  }
  const { admin } = req.payload.config.routes
  const form = `${admin}/collections/${asked.collection}/${asked.id}`
  const screen = await loadVersionScreen(req, asked, { policy, now, editions }).catch(notFound)
  return (
    <main className="kizuna-page gutter--left gutter--right">
      {'sentence' in screen ? (
        <p className="kizuna-panel" role="alert">
          {screen.sentence} <a href={`${form}/versions`}>履歴の一覧に戻る</a>
        </p>
      ) : (
        <Version screen={screen} {...asked} form={form} />
      )}
    </main>
  )
}

interface VersionProps {
  screen: VersionScreen
  collection: ReviewedCollection
  id: string
  form: string
}

function Version({ screen, collection, id, form }: VersionProps) {
  const { title, version, isNewest, other, restore } = screen
  return (
    <div className="kizuna-review">
      <VersionTrail collection={collection} id={id} title={title} name={version.name} />
      <h2 className="kizuna-review__title">{version.name}</h2>
      {isNewest && <p>いちばん新しい版です。いま保存されているのは、この内容です。</p>}
      {other ? <Comparison screen={screen} other={other} /> : <p>ほかの版はまだありません。</p>}
      <details className="kizuna-panel__details" open={!other}>
        <summary>この版の全文</summary>
        {screen.fields.map(({ path, label, text }) => (
          <div key={path} className="kizuna-field">
            <h3 className="kizuna-field__label">{label}</h3>
            <p className="kizuna-field__text">{text}</p>
          </div>
        ))}
      </details>
      {restore && (
        <section className="kizuna-verdict" aria-label="この版に戻す">
          <Hydrated>
            <RestoreVersion
              path={`/${collection}/versions/${version.id}`}
              form={form}
              restore={restore}
            />
          </Hydrated>
        </section>
      )}
    </div>
  )
}

type ComparisonProps = { screen: VersionScreen; other: NonNullable<VersionScreen['other']> }

function Comparison({ screen: { others, changes, isNewest }, other }: ComparisonProps) {
  const isOfNow = ({ id }: { id: string }) => !isNewest && id === others[0]?.id
  const name = isOfNow(other) ? 'いま保存されている内容' : other.name
  return (
    <>
      <form method="get" className="kizuna-compare">
        <label className="kizuna-fill kizuna-fill--lines">
          比べる相手
          <select name="with" defaultValue={other.id} key={other.id}>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {isOfNow(one) ? `いま保存されている内容(${one.name})` : one.name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="kizuna-button">
          比べる
        </button>
      </form>
      {changes.length === 0 ? (
        <p>{name}と同じです。</p>
      ) : (
        <SideBySide changes={changes} before={name} after="この版" />
      )}
    </>
  )
}

function notFound(error: unknown): { sentence: string } {
  if (error instanceof ReviewRefusal) return { sentence: error.message }
  throw error
}
