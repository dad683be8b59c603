import type { AdminViewServerProps, PayloadRequest } from 'payload'

import { hasRole, MUNICIPAL, TEAM } from '../../people/roles'
import { findingWords, type LinkPart } from '../../links/finding'
import { findLinks, type LinkUse, type ListedLink } from '../../links/findLinks'
import { dayLabel } from '../../stage/japaneseDate'
import { PageFrame } from '../pages/pageFrame'
import { Pager } from '../pages/pager'
import { lastPage, pageWithin } from '../pages/pageWithin'
import { settingsOf } from '../pages/settingsOf'
import { LookAgainButton } from './lookAgainButton'
import './links.css'

const PEOPLE = [...TEAM, ...MUNICIPAL]

/** Addresses on one page. */
const PAGE_SIZE = 50

/** 「リンクの確かめ」: where a link in what families get now leads to nothing. */
export function LinksPage(view: AdminViewServerProps) {
  const { req } = view.initPageResult
  return (
    <PageFrame
      view={view}
      title="リンクの確かめ"
      description="家族に届いている文のリンクを、1 日に 1 回、夜のうちに開いて確かめています。開けないものがあれば、ここに並びます。"
      roles={PEOPLE}
    >
      {hasRole(req.user, ...PEOPLE) && <Body req={req} asked={view.searchParams?.page} />}
    </PageFrame>
  )
}

const PARTS: readonly { part: LinkPart; heading: string; note: string }[] = [
  { part: 'broken', heading: '直すリンク', note: '' },
  {
    part: 'example',
    heading: '見本用のアドレスのままのリンク',
    note: '見本を直して使うときに、ほんもののページのアドレスに置き換えてください。',
  },
  {
    part: 'closed',
    heading: '人が開いて確かめるリンク',
    note: '機械では確かめられなかったページです。開ければ、そのままで大丈夫です。',
  },
]

async function Body({ req, asked }: { req: PayloadRequest; asked: unknown }) {
  const { isLinkChecked } = settingsOf(req.payload)
  const { links, isCutOff, checkedOn } = await findLinks(req)
  if (!isLinkChecked) return <p>この管理画面では、リンクを確かめない設定になっています。</p>
  if (checkedOn === null) return <p>まだ確かめていません。今夜から、毎日確かめます。</p>
  if (isCutOff) {
    return (
      <p role="alert">
        {dayLabel(checkedOn)}
        は、どのページも開けませんでした。管理画面の機械から外(インターネット)につながるか、システム管理者に確かめてもらってください。
      </p>
    )
  }
  const inOrder = PARTS.flatMap(({ part }) => links.filter((link) => link.part === part))
  const page = pageWithin(asked, { count: links.length, size: PAGE_SIZE })
  const shown = inOrder.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  return (
    <>
      <p className="kizuna-links__count" role="status">
        {links.some(({ part }) => part === 'broken')
          ? `直すリンクが ${links.filter(({ part }) => part === 'broken').length} 件あります。`
          : '直すリンクはありません。'}
        最後に確かめた日: {dayLabel(checkedOn)}
        。アドレスは新しいタブで、原稿の題名はその原稿で開きます。
      </p>
      {PARTS.map(({ part, heading, note }) => (
        <Part
          key={part}
          req={req}
          heading={heading}
          note={note}
          links={shown.filter((link) => link.part === part)}
        />
      ))}
      <Pager
        page={page}
        last={lastPage(links.length, PAGE_SIZE)}
        size={`${PAGE_SIZE} 件`}
        addressOf={(other) => `?page=${other}`}
      />
    </>
  )
}

interface PartProps {
  req: PayloadRequest
  heading: string
  note: string
  links: readonly ListedLink[]
}

function Part({ req, heading, note, links }: PartProps) {
  if (links.length === 0) return null
  return (
    <section>
      <h2>{heading}</h2>
      {note && <p>{note}</p>}
      <ul className="kizuna-links__list">
        {links.map((link) => (
          <li key={link.address} className="kizuna-links__item">
            <Link req={req} link={link} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Link({ req, link }: { req: PayloadRequest; link: ListedLink }) {
  const { address, failingSince, part, uses } = link
  return (
    <>
      <p className="kizuna-links__address">
        <a href={address} target="_blank" rel="noreferrer noopener">
          {decoded(address)}
        </a>
      </p>
      {part !== 'example' && (
        <p>
          {findingWords(link)}
          {failingSince && <> {dayLabel(failingSince)}から。</>}
        </p>
      )}
      <ul className="kizuna-links__uses" aria-label="このリンクがあるところ">
        {uses.map((use) => (
          <li key={`${use.collection}:${use.document}`}>
            <a href={pathOf(req, use)}>{use.title}</a>
          </li>
        ))}
      </ul>
      {part !== 'example' && (
        <LookAgainButton address={address} label={`「${decoded(address)}」`} />
      )}
    </>
  )
}

function pathOf({ payload }: PayloadRequest, { collection, document }: LinkUse): string {
  return `${payload.config.routes.admin}/collections/${collection}/${document}`
}

/** As people read it: Japanese names in letters. */
function decoded(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}
