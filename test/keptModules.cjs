/* eslint-disable @typescript-eslint/no-require-imports -- Jest requires its runtime */
const asyncHooks = require('node:async_hooks')
const { isBuiltin } = require('node:module')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { compileFunction, SyntheticModule } = require('node:vm')

const { default: Runtime } = require('jest-runtime')

const OneStore = require('./oneStore.cjs')

/** Neither the tests nor `payload.config.ts`, which reads the environment of its process. */
const KEPT = ['src', 'collections', 'worker'].map(
  (folder) => `${pathToFileURL(join(__dirname, '..', folder))}/`,
)
const isKept = (url) => KEPT.some((folder) => url.startsWith(folder))
const isPackage = (name) => !/^(?:[./#]|data:|file:|@jest\/)/.test(name) && !isBuiltin(name)

/** What the test files of this worker have loaded: packages by name, the product's files by URL. */
const packages = new Map()
const product = new Map()
let importInCurrent

/**
 * Jest's runtime evaluates everything anew for each test file: Payload, mongoose and the plugin cost
 * three seconds each time. This one keeps packages and product for the worker's next file, as in the
 * long-lived processes they are written for; the tests' own files are new in each. So that what is
 * kept fits, all of it runs in the realm of the process (`oneRealm.mjs`), and Node loads the packages.
 */
module.exports = class KeptModules extends Runtime {
  constructor(...given) {
    super(...given)
    const { esmLoader, executor } = this
    esmLoader.getContext = () => undefined
    executor.compile = (source, filename) =>
      compileFunction(source, executor.injectedModuleParameters, { filename })

    const resolveModule = esmLoader.resolveModule.bind(esmLoader)
    esmLoader.resolveModule = (name, ...rest) =>
      isPackage(name) ? packageOf(name) : resolveModule(name, ...rest)

    importInCurrent = esmLoader.dynamicImport
    esmLoader.dynamicImport = (...asked) => importInCurrent(...asked)
    for (const [url, module] of product) this.#modules.set(url, module)
  }

  get #modules() {
    return this.registries.getActiveEsmRegistry()
  }

  /** Jest's own modules, which are new in each file. */
  requireInternalModule(...asked) {
    const { AsyncLocalStorage } = asyncHooks
    asyncHooks.AsyncLocalStorage = OneStore
    try {
      return super.requireInternalModule(...asked)
    } finally {
      asyncHooks.AsyncLocalStorage = AsyncLocalStorage
    }
  }

  /** With a module in another's place nothing kept is of use, nor what is loaded after it to others. */
  setModuleMock(...given) {
    for (const url of product.keys()) this.#modules.delete(url)
    this.keep = () => undefined
    super.setModuleMock(...given)
  }

  keep() {
    for (const [url, module] of this.#modules) {
      if (isKept(url) && module.status === 'evaluated') product.set(url, module)
    }
  }

  teardown() {
    this.keep()
    super.teardown()
  }
}

function packageOf(name) {
  if (!packages.has(name)) packages.set(name, wrap(name))
  return packages.get(name)
}

/** A package that names no exports (Next) leaves the ending of its files to whoever bundles it. */
async function load(name) {
  try {
    return await import(name)
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return import(pathToFileURL(require.resolve(name)))
  }
}

async function wrap(name) {
  const exported = await load(name)
  const names = Object.keys(exported)
  const module = new SyntheticModule(names, () => {
    for (const one of names) module.setExport(one, exported[one])
  })
  await module.link(() => undefined)
  await module.evaluate()
  return module
}
