'use client'

import { Fragment, type CSSProperties } from 'react'

import '@fontsource/biz-udpgothic/japanese.css'
import '@fontsource/biz-udpgothic/latin.css'

import { PAPERS, type Paper } from '../../poster/papers'
import { letterScales, type PosterLanguage, type Sentences } from '../../poster/posterWords'
import './poster.css'

/** What stands on each leaf. */
export interface PosterFace {
  town: { name: string; sender: string; accent: string }
  sentences: Sentences
  /** The address in letters. */
  printed: string
  /** Squares of a side, and the dark ones as the path of an SVG. */
  qr: { size: number; path: string }
}

/** The margins of the sheets of stamps are not those of a poster, whose leaves are cut at the middle. */
const WHOLE_PAGE = '@page { size: A4 portrait; margin: 0; @bottom-right { content: none } }'

interface SheetProps extends PosterFace {
  paper: Paper
  language: PosterLanguage
}

/** A sheet of A4 as it is printed; on the screen the same, as wide as there is room. */
export function PosterSheet({ paper, language, ...face }: SheetProps) {
  const leaves = PAPERS.find(({ value }) => value === paper)?.leaves ?? 1
  const { town, sentences, printed: address } = face
  const scales = letterScales({ title: town.sender, sentences, address })
  const style = {
    '--accent': town.accent,
    '--title': scales.title,
    '--sentences': scales.sentences,
    '--address': scales.address,
  }
  const kinds = [paper, language].map((kind) => `kizuna-poster__sheet--${kind}`)
  return (
    <div className="kizuna-poster">
      <style>{WHOLE_PAGE}</style>
      <div className={['kizuna-poster__sheet', ...kinds].join(' ')} style={style as CSSProperties}>
        {Array.from({ length: leaves }, (_, at) => (
          <Leaf key={at} face={face} isRepeated={at > 0} />
        ))}
      </div>
    </div>
  )
}

function Leaf({ face, isRepeated }: { face: PosterFace; isRepeated: boolean }) {
  const { town, sentences, printed, qr } = face
  const [first, ...others] = sentences
  return (
    <article className="kizuna-poster__leaf" aria-hidden={isRepeated}>
      <p className="kizuna-poster__title">{town.sender}</p>
      <p className="kizuna-poster__first">
        <Words sentence={first} />
      </p>
      <svg
        className="kizuna-poster__qr"
        role="img"
        aria-label="登録ページの QR コード"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
      >
        <rect width={qr.size} height={qr.size} fill="#ffffff" />
        <path fill="#000000" d={qr.path} />
      </svg>
      <div className="kizuna-poster__others">
        {others.map((sentence, at) => (
          <p key={at}>
            <Words sentence={sentence} />
          </p>
        ))}
      </div>
      <p className="kizuna-poster__address">{printed}</p>
      <p className="kizuna-poster__town">{town.name}</p>
    </article>
  )
}

/** A sentence by what stands between its spaces: plain Japanese is parted there, never within a reading. */
function Words({ sentence }: { sentence: string }) {
  return sentence.split(' ').map((word, at) => (
    <Fragment key={at}>
      {at > 0 && ' '}
      <span className="kizuna-poster__word">{word}</span>
    </Fragment>
  ))
}
