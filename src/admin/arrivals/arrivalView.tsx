'use client'

import { useConfig } from '@payloadcms/ui'

import { CONTENT_KINDS, documentOfKey } from '../../release/contentKind'
import type { Arrival, Arrivals } from '../../arrivals/arrivals'
import { LineView } from '../preview/lineView'
import { MailView } from '../preview/mailView'

interface ViewProps {
  arrivals: Arrivals
  /** Only this channel; empty shows each the municipality has. */
  channel: 'line' | 'mail' | ''
}

/** The texts of one family's day, LINE and mail side by side. */
export function ArrivalView({ arrivals, channel }: ViewProps) {
  const { deliveries } = arrivals
  if (deliveries.length === 0) return <p>この家族に、この日に届くものはありません。</p>
  return (
    <>
      {deliveries.map((arrival) => (
        <article key={arrival.slot} aria-label={arrival.slotLabel}>
          <Parts parts={arrival.parts} />
          {arrival.problem && <p role="alert">{arrival.problem}</p>}
          {arrival.leftOutOfLine > 0 && (
            <p role="note">
              LINE に入りきらないため、自治体原稿 {arrival.leftOutOfLine} 件は LINE では届きません。
            </p>
          )}
          <div className="kizuna-channels">
            {arrival.line && channel !== 'mail' && (
              <figure>
                <figcaption>LINE</figcaption>
                <LineView messages={arrival.line} />
              </figure>
            )}
            {arrival.mail && channel !== 'line' && (
              <figure>
                <figcaption>メール</figcaption>
                <MailView mail={arrival.mail} />
              </figure>
            )}
          </div>
        </article>
      ))}
    </>
  )
}

function Parts({ parts }: Pick<Arrival, 'parts'>) {
  const { config } = useConfig()
  return (
    <ul className="kizuna-parts" aria-label="もとになる原稿">
      {parts.map(({ key, label, isAddOn }) => (
        <li key={key}>
          <a href={`${config.routes.admin}${documentPath(key)}`}>{label}</a>{' '}
          {isAddOn ? '(自治体原稿)' : '(共通の原稿)'}
        </li>
      ))}
    </ul>
  )
}

/** Where the document of a release is in the admin. */
function documentPath(key: string): string {
  const document = documentOfKey(key)
  return document
    ? `/collections/${CONTENT_KINDS[document.kind].collection}/${document.id}`
    : '/collections'
}
