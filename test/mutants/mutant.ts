/** A small edit of delivery's core, or of the review's rules, that breaks a promise: some test has to notice. */
export interface Mutant {
  file: string
  /** Text of the file, which holds it once. */
  find: string
  put: string
  /** What would happen to families. */
  breaks: string
  /** Parts of the paths of the tests that are run for it: of `test` from `src/` on, else of `test/worker`. */
  tests: string[]
}

type Edit = Pick<Mutant, 'find' | 'put' | 'breaks'> & { tests?: string[] }

/** Edits of one file of the worker, most of which the same tests notice. */
export function of(file: string, tests: string[], edits: Edit[]): Mutant[] {
  return ofFile(`worker/${file}.ts`, tests, edits)
}

/** Edits of any file. */
export function ofFile(file: string, tests: string[], edits: Edit[]): Mutant[] {
  return edits.map((edit) => ({ tests, ...edit, file }))
}

/** The part of a path that jest is asked for. *Pure.* */
export function testsOf(path: string): string {
  return path.startsWith('src/') ? `test/${path}` : `test/worker/${path}`
}
