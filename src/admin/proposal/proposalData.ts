/** What a contributor types. */
export interface ProposalForm {
  kind: 'book' | 'group'
  title: string
  author: string
  publisher: string
  description: string
  place: string
  schedule: string
  url: string
  /** Years and months of age, as typed. */
  years: string
  months: string
}

/** An empty form. */
export const EMPTY_PROPOSAL: ProposalForm = {
  kind: 'book',
  title: '',
  author: '',
  publisher: '',
  description: '',
  place: '',
  schedule: '',
  url: '',
  years: '',
  months: '',
}

/** A cover a contributor brings, and what the library asks of a picture. */
export interface ProposedCover {
  file: File
  /** As typed; empty: what the title says. */
  alt: string
  source: string
  rights: string
}

/** What is still missing of a cover, in sentences; nothing without one. *Pure.* */
export function missingInCover(cover: Omit<ProposedCover, 'file'> | null): string[] {
  if (!cover) return []
  return [
    ...(cover.source.trim() ? [] : ['表紙の出典を入力してください(例: ○○出版)。']),
    ...(cover.rights ? [] : ['表紙の画像を使ってよい理由を選んでください。']),
  ]
}

/** What stands for a cover where it is not seen. *Pure.* */
export function coverAlt(title: string, { alt }: Pick<ProposedCover, 'alt'>): string {
  return alt.trim() || `絵本「${title.trim()}」の表紙`
}

/** What is still missing before it can be proposed, in sentences. *Pure.* */
export function missingIn({ kind, title, description, years, months }: ProposalForm): string[] {
  const name = kind === 'book' ? '絵本の題名' : '団体・ひろばの名前'
  const age = ageOf({ years, months })
  return [
    ...(title.trim() ? [] : [`${name}を入力してください。`]),
    ...(description.trim() ? [] : ['紹介文を入力してください(2〜3 文で)。']),
    ...(age >= 1 && age <= 120
      ? []
      : ['どの月齢のお子さん向けか、1か月から10歳までで入力してください(例: 0 歳 4 か月)。']),
  ]
}

/** A picture that is in the library already, and its words in this text. */
export interface PlacedCover {
  picture: string
  pictureAlt: string
}

/** The add-on that a proposal begins as; `topics` are those the policy knows. *Pure.* */
export function proposalData(
  form: ProposalForm,
  topics: readonly string[],
  cover: PlacedCover | null = null,
) {
  const age = ageOf(form)
  const topic = form.kind === 'book' ? 'book' : 'local'
  return {
    title: form.kind === 'book' ? `絵本「${form.title.trim()}」` : form.title.trim(),
    from: `month${age}`,
    to: `month${age + 1}`,
    isEndIncluded: false,
    timing: 'once',
    monthRule: 'friendly',
    order: 100,
    topics: topics.includes(topic) ? [topic] : [],
    blocks: [form.kind === 'book' ? { ...book(form), ...cover } : group(form)],
  }
}

/** Age in months. */
function ageOf({ years, months }: Pick<ProposalForm, 'years' | 'months'>): number {
  return Number(years || 0) * 12 + Number(months || 0)
}

function book({ title, author, publisher, description, url }: ProposalForm) {
  return { blockType: 'book', title, author, publisher, description, url: url.trim() }
}

function group({ title, description, place, schedule, url }: ProposalForm) {
  const contact = '{{電話}}' // the municipality answers: no private numbers in a text
  const rest = { place, schedule, contact, url: url.trim() }
  return { blockType: 'group', name: title, description, ...rest }
}
