import type { Words } from '../standard'

/** The number that a reader shows at the town's counter. */
export const counter: Words['counter'] = {
  title: '役所(やくしょ)で 見(み)せる 番号(ばんごう)',
  about:
    '役所(やくしょ)の 人(ひと)に 番号(ばんごう)を 見(み)せてください。役所(やくしょ)の 人(ひと)が、登録(とうろく)を 変(か)えたり、お知(し)らせを 止(と)めたり できます。番号(ばんごう)を 見(み)せるまで、役所(やくしょ)の 人(ひと)は 見(み)ることが できません。',
  make: '番号(ばんごう)を 出(だ)す',
  again: '新(あたら)しい 番号(ばんごう)を 出(だ)す',
  once: '10分(ぷん)の 間(あいだ)、1回(かい)だけ 使(つか)えます。',
}
