import { createHash } from 'node:crypto'

import { z } from 'zod'

import { ConfigError, isSandbox, portsOf, type Config } from '../config/config'

const port = z.number().int().positive()

/** What a start notes of itself in its data folder. */
export const placesSchema = z.object({
  ports: z.object({ cms: port, web: port, sandbox: port }),
  cmsUrl: z.string(),
  publicUrl: z.string(),
  isSandbox: z.boolean(),
  /** Digest that tells its database from others. */
  databaseId: z.string(),
})

/** Where the programs of an installation are found. */
export type Places = z.infer<typeof placesSchema>

/** Where the programs are by the settings alone. *Pure.* */
export function placesOf(config: Config): Places {
  const ports = portsOf(config)
  return {
    ports,
    cmsUrl: config.CMS_URL ?? origin(ports.cms),
    publicUrl: config.PUBLIC_URL ?? origin(ports.web),
    isSandbox: isSandbox(config),
    databaseId: databaseIdOf(config),
  }
}

/**
 * Where they are for a program that comes up while an `npm start` has the data folder. With the same
 * database it stands beside it: what it calls and links to are the programs that run, whatever it was
 * told of ports, and it listens where it was told. With a database of its own it is another
 * installation. *Pure.*
 *
 * @throws ConfigError when it would send by other means than they do, or miss their database.
 */
export function placesBeside(running: Places, config: Config): Places {
  if (config.DATABASE_URL !== null && databaseIdOf(config) !== running.databaseId) {
    return placesOf(config)
  }
  const problems = differences(running, config)
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return {
    ...running,
    ports: { ...portsOf(config, running.ports), sandbox: running.ports.sandbox },
    cmsUrl: config.CMS_URL ?? running.cmsUrl,
    publicUrl: config.PUBLIC_URL ?? running.publicUrl,
  }
}

function differences(running: Places, config: Config): string[] {
  const { KIZUNA_DATA_DIR: dataDir } = config
  const problems: string[] = []
  if (running.isSandbox && !isSandbox(config)) {
    problems.push(
      `データのフォルダー ${dataDir} で動いている kizuna は、練習用の LINE とメールを使っています。見本の読者に本物の LINE やメールを送らないように、止めました。LINE_API_URL と SMTP_URL を外すか、別のフォルダーを KIZUNA_DATA_DIR に設定してください。`,
    )
  }
  if (!running.isSandbox && isSandbox(config)) {
    problems.push(
      `データのフォルダー ${dataDir} で動いている kizuna は、本物の LINE かメールにつながっていますが、ここでは LINE_API_URL も SMTP_URL も設定されていません。動いている kizuna と同じ設定で、もう一度実行してください。`,
    )
  }
  if (running.databaseId !== databaseIdOf(config)) {
    problems.push(
      `データのフォルダー ${dataDir} で動いている kizuna は、DATABASE_URL のデータベースを使っていますが、ここでは設定されていません。同じ DATABASE_URL を設定して、もう一度実行してください。`,
    )
  }
  return problems
}

/** Digest of a database's address; where the embedded one listens does not make it another. *Pure.* */
export function databaseIdOf({ DATABASE_URL }: Pick<Config, 'DATABASE_URL'>): string {
  return createHash('sha256')
    .update(DATABASE_URL ?? 'embedded')
    .digest('hex')
}

function origin(port: number): string {
  return `http://localhost:${port}`
}
