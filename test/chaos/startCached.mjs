// `node startCached.mjs PROGRAM …` starts a bundled program with the code that V8 kept of an earlier
// start: compiling is most of what a short life costs. Each start that comes to its end keeps what it
// has compiled.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

process.argv.splice(1, 1) // the program sees the arguments it would see without this one
const path = process.argv[1]
const kept = `${path}.code`
const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'utf8')}\n})`,
  { filename: path, ...(existsSync(kept) && { cachedData: readFileSync(kept) }) },
)
const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path))
process.on('exit', () => {
  const fresh = `${kept}.${process.pid}`
  writeFileSync(fresh, script.createCachedData())
  renameSync(fresh, kept) // another one may be reading it
})
