/** What of an archive the CMS gives, wherever it is asked from. */
export interface CmsPart {
  /** Paths of its files. */
  paths: () => Promise<string[]>
  /** What one of them holds, in pieces; throws where there is no such file. */
  content: (path: string) => AsyncIterable<string | Uint8Array>
}
