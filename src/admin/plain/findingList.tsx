'use client'

import { Button } from '@payloadcms/ui'

import type { PlainFinding } from '../../plain/checkPlain'
import { PLAIN_RULE_LABELS } from '../../plain/ruleLabels'

interface ListProps {
  findings: readonly PlainFinding[]
  canWrite: boolean
  onShow: (finding: PlainFinding) => void
  onInsert: (findings: readonly PlainFinding[]) => void
}

/** What may be hard to read in one field; a click shows the place or puts a reading in. */
export function FindingList({ findings, canWrite, onShow, onInsert }: ListProps) {
  const readings = findings.filter(({ insert }) => insert)
  return (
    <>
      {canWrite && readings.length > 1 && (
        <p>
          <Button
            margin={false}
            buttonStyle="secondary"
            size="small"
            onClick={() => onInsert(readings)}
          >
            {`読みを ${readings.length} か所に入れる`}
          </Button>
          <span className="kizuna-panel__hint kizuna-findings__hint">
            入れたあと、読みが正しいか確かめてください。
          </span>
        </p>
      )}
      <ul className="kizuna-findings">
        {findings.map((finding) => (
          <li key={`${finding.rule} ${finding.start} ${finding.end}`}>
            <p className="kizuna-findings__rule">{PLAIN_RULE_LABELS[finding.rule]}</p>
            <p>{finding.why}</p>
            <p>{finding.advice}</p>
            <div className="kizuna-actions">
              <button
                type="button"
                className="kizuna-findings__step"
                onClick={() => onShow(finding)}
              >
                場所を見る
              </button>
              {canWrite && finding.insert && (
                <button
                  type="button"
                  className="kizuna-findings__step"
                  onClick={() => onInsert([finding])}
                >
                  {`${finding.insert.text} を入れる`}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
