'use client'

import { RIGHTS } from '../../media/rights'
import type { ProposedCover } from './proposalData'

interface CoverProps {
  cover: ProposedCover | null
  onChange: (cover: ProposedCover | null) => void
}

/** A cover from the contributor's own machine, with what the library asks of a picture. */
export function ProposalCover({ cover, onChange }: CoverProps) {
  return (
    <>
      <label>
        表紙の画像(JPEG か PNG。無ければ選ばなくてかまいません)
        <input
          type="file"
          accept="image/jpeg,image/png"
          onChange={({ target: { files } }) => {
            const [file] = files ?? []
            onChange(file ? { alt: '', source: '', rights: '', ...cover, file } : null)
          }}
        />
        <small>出版社などに、使ってよいか確かめた画像だけを選んでください。</small>
      </label>
      {cover && <CoverWords cover={cover} onChange={onChange} />}
    </>
  )
}

function CoverWords({ cover, onChange }: { cover: ProposedCover } & Pick<CoverProps, 'onChange'>) {
  return (
    <>
      <label>
        表紙の説明
        <input
          type="text"
          maxLength={200}
          value={cover.alt}
          onChange={({ target }) => onChange({ ...cover, alt: target.value })}
        />
        <small>
          画像が見えない人に読み上げられます。空のままだと「絵本「題名」の表紙」になります。
        </small>
      </label>
      <div className="kizuna-proposal__pair">
        <label>
          表紙の出典(必須)
          <input
            type="text"
            maxLength={200}
            value={cover.source}
            onChange={({ target }) => onChange({ ...cover, source: target.value })}
          />
        </label>
        <label>
          使ってよい理由(必須)
          <select
            value={cover.rights}
            onChange={({ target }) => onChange({ ...cover, rights: target.value })}
          >
            <option value="">選んでください</option>
            {RIGHTS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
    </>
  )
}
