import { fileURLToPath } from 'node:url'

import { expect, test } from '@jest/globals'
import ts from 'typescript'

test('our LINE messages are messages of the vendor’s SDK, by its own types', () => {
  const path = fileURLToPath(new URL('lineSdk.ts', import.meta.url))
  const program = ts.createProgram([path], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  })
  const source = program.getSourceFile(path)
  const found = ts
    .getPreEmitDiagnostics(program, source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  expect(source).toBeDefined()
  expect(found).toEqual([])
}, 60_000)
