import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** One demo log-in of the sample content. */
export interface SampleUser {
  email: string
  name: string
  roles: string[]
  disciplines?: string[]
  /** Six-digit code. */
  municipality?: string
}

/** One LINE account of the sandbox; `key` is what municipalities refer to. */
export interface SampleLineAccount {
  key: string
  name: string
  provider: string
  kind: 'dedicated' | 'official'
  channelId: string
  /** Of the LINE Login channel; absent: LINE is not asked who opens a link. */
  loginChannelId?: string
  basicId: string
}

/** A municipality as the CMS stores it, with codes and keys in place of ids. */
export interface SampleMunicipality {
  code: string
  name: string
  lineAccount: string | null
  series: { series: string }[]
  areas: string[]
  [setting: string]: unknown
}

/** Reads one JSON file of the sample content. */
export async function readSampleJson<T>(name: string): Promise<T> {
  return JSON.parse(await readSampleText(`${name}.json`)) as T
}

/** Reads one file of the sample content. */
export function readSampleText(name: string): Promise<string> {
  return readFile(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
}
