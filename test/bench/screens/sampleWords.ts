import { readSampleText } from '../../../src/sample/sampleData'
import { csvRecords } from '../../../src/table/csvRecords'

/** What a text is called and says. */
export interface Words {
  name: string
  text: string
}

/** Names and words of the sample's texts, in the order of its files. */
export async function readSampleWords(): Promise<{ manuscripts: Words[]; addOns: Words[] }> {
  return {
    manuscripts: await wordsOf('manuscripts.csv', 'subject', 'body'),
    addOns: await wordsOf('addons.csv', 'title', 'text'),
  }
}

async function wordsOf(file: string, name: string, text: string): Promise<Words[]> {
  const records = csvRecords(await readSampleText(file), ',')
  if (!Array.isArray(records)) throw new Error(`${file}: ${records.message}`)
  const [head, ...rows] = records.map(({ cells }) => cells)
  const place = (column: string) => head?.indexOf(column) ?? -1
  return rows
    .map((cells) => ({ name: cells[place(name)] ?? '', text: cells[place(text)] ?? '' }))
    .filter((words) => words.name !== '' && words.text !== '')
}
