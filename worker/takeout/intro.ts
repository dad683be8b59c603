import type { TakeoutManifest } from '../../src/archive/manifest'
import { japaneseMoment } from '../../src/stage/japaneseDate'
import { PAYLOAD_TABLE, tablePath, TAKEN_TABLES } from './tables'

/** Where an archive explains itself. */
export const INTRO_PATH = 'はじめに.txt'

/** Where an archive explains the fields of the delivery half's files. */
export const DELIVERY_FIELDS_PATH = 'delivery/fields.csv'

/** What whoever opens an archive reads first. *Pure.* */
export function introOf({
  municipality: { code, name },
  takenAt,
  isFinal,
}: Omit<TakeoutManifest, 'files'>): string {
  const tables = [...TAKEN_TABLES, PAYLOAD_TABLE].map(
    (table) => `  ${tablePath(table)}  ${table.title}`,
  )
  return [
    `${name}(${code})のデータ 一式`,
    `${japaneseMoment(new Date(takenAt))} の時点`,
    '',
    isFinal
      ? 'この自治体の配信を止めてから持ち出したものです。ほかの kizuna に持ち込めます。'
      : 'この自治体の配信か LINE アカウントの引っ越しが続いている間の写しです。読むことはできますが、ほかの kizuna には持ち込めません(同じ文が二度届くことになるからです)。持ち込むときは、配信をお休みにし、どちらも終わってから、もう一度持ち出してください。',
    '',
    '■ 取り扱い',
    '読者の連絡先と、お子さんの日付が入っています。個人情報として保管し、要らなくなったら消してください。',
    '',
    '■ 中身',
    ...tables,
    '  cms/  自治体原稿と前の版・承認・コメント・確定版、設定、きっかけ、分母、月と日の数字、アンケートと結果、交付金の報告、読者の声(文のあるもの)、緊急のお知らせ、職員の氏名、画像',
    '  delivery/fields.csv、cms/fields.csv  ファイルごとの項目の意味(表計算ソフトで開けます)',
    '  manifest.json  ファイルの一覧と行の数',
    '.ndjson は、1 行に 1 件の JSON(UTF-8)です。日時は {"$date": "…"}(MongoDB Extended JSON)か ISO 8601 で、協定世界時です。',
    '',
    '■ 入っていないもの',
    'LINE アカウントの鍵、このしくみの鍵、監修チームの原稿、終わっていないアンケートの答え。前の連絡先は、鍵で隠した形でしか残っていないので、持ち出せません。',
    '',
    '■ 持ち込み方',
    '移った先で npm run --silent kizuna -- import municipality このファイル とし、開くための言葉を入れます。読者には何も送られず、配信は止まったままです。LINE アカウントを登録し、自治体原稿をあらためて監修に出してから、配信を始めます。配信の記録もそのまま移るので、もう届いた文は二度届きません。',
    '',
  ].join('\r\n')
}
