import type { ImportProblem } from '../../src/table/sheet'

import { importedChildren, type ImportedChild, type ImportedReader } from './importedReader'
import type { Child } from './reader'
import { judgeChild, type ChildVerdict } from './sameChild'

const HOW_TO_MARK =
  'ふたごなら「ふたご」の列に「ふたご」、きょうだいなどの別の子なら「別の子」と書いてください。'

/** Rows of one reader whose dates contradict each other: nobody knows which one is right. *Pure.* */
export function contradictions(reader: ImportedReader): ImportProblem[] {
  const children = importedChildren(reader)
  return children.flatMap((child, place) => {
    const earlier = children.slice(0, place).map(asStored)
    const verdict = judgeChild(earlier, {
      ...child.dates,
      relation: reader.first.relation,
      saidAt: null,
      ...(child.isApart && { answer: 'another' }),
    })
    const message = contradiction(verdict, child)
    return message === null ? [] : [{ line: child.first.line, column: 'date', message }]
  })
}

/** Rows that are taken for one child, and marks that nothing goes with: told, not refused. *Pure.* */
export function doubles(reader: ImportedReader): ImportProblem[] {
  const children = importedChildren(reader)
  return children.flatMap(({ first: { line, twins }, rows, count }) => {
    if (rows.length > count) {
      const lines = rows.map((row) => row.line).join('・')
      const message = `${lines} 行目は、連絡先も日付も同じです。${count} 人の子として数えます。ふたごなら、どの行の「ふたご」の列にも「ふたご」と書いてください。`
      return [{ line, column: 'date', message }]
    }
    if (twins !== 'twin' || reader.rows.length > 1) return []
    const message =
      '「ふたご」とありますが、同じ連絡先の行がほかにありません。1 人の子として数えます。もう 1 人の行を加えるか、印を消してください。'
    return [{ line, column: 'twins', message }]
  })
}

/** What is said of a row whose child is near one that was registered before; it is not added. *Pure.* */
export function nearStored(verdict: ChildVerdict): string | null {
  switch (verdict.kind) {
    case 'born':
      return '出産予定日で登録されている子の誕生日と読めます。誕生日は読者が自分で知らせるので、この行は加えません。別の子なら「ふたご」の列に「別の子」と書いてください。'
    case 'corrected':
    case 'askCorrection':
      return `同じ連絡先に、日付の近い子がもう登録されています。この行は加えません。${HOW_TO_MARK}`
    case 'refused':
      return '同じ連絡先に登録されている出産予定日と合わない誕生日です。この行は加えません。日付を確かめ、別の子なら「ふたご」の列に「別の子」と書いてください。'
    default:
      return null
  }
}

function contradiction(verdict: ChildVerdict, { first }: ImportedChild): string | null {
  if (!('child' in verdict)) return null
  const { _id: line } = verdict.child
  switch (verdict.kind) {
    case 'born':
      return `${line} 行目と同じ連絡先で、その出産予定日の子の誕生日と読めます。同じ子なら誕生日の行だけにし、別の子なら「ふたご」の列に「別の子」と書いてください。`
    case 'corrected':
    case 'askCorrection':
      return `${line} 行目と同じ連絡先で、日付が近すぎます。同じ子なら、正しい日付の行だけにしてください。${HOW_TO_MARK}`
    case 'refused':
      return `${line} 行目と同じ連絡先で、その出産予定日と合わない誕生日です。日付を確かめ、別の子なら「ふたご」の列に「別の子」と書いてください。`
    case 'same':
    case 'askTwin':
    case 'ended':
      throw new Error(`Row ${first.line} has a date of its own`)
  }
}

/** A child of the file as the rule of children wants it, its line in place of an id. */
function asStored({ dates, first: { line, municipality }, isApart }: ImportedChild): Child {
  const at = new Date(0)
  return {
    _id: String(line),
    municipality,
    readers: [],
    ...dates,
    isApart,
    status: 'active',
    createdAt: at,
    changedAt: at,
  }
}
