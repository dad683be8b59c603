import type { Config, SanitizedConfig } from 'payload'

import { resealLineSecrets } from '../../collections/lineSecrets'
import { ConfigError } from '../config/config'
import { resealFactors } from '../people/secondFactor/resealing'
import { keyFaultSentences, type KeyFault } from '../secret/keyFaults'
import type { KeyRing } from '../secret/seal'

type OnInit = NonNullable<Config['onInit']>

/**
 * At the start: what an older key sealed is sealed anew, and a key that is missing or another one ends it.
 *
 * @throws ConfigError with a sentence for each key by which something is sealed that does not open.
 */
export function resealOnInit(onInit: Config['onInit'], ring: KeyRing | null): OnInit {
  return async (payload) => {
    await onInit?.(payload)
    if (ring === null) return
    const secrets = await resealLineSecrets(payload, ring)
    const factors = await resealFactors(payload, ring)
    const faults = [
      ...secrets.map((key) => faultOf(ring, key, 'LINE の秘密')),
      ...factors.map((key) => faultOf(ring, key, '二段階認証の鍵')),
    ]
    if (faults.length > 0) throw new ConfigError(keyFaultSentences(faults))
  }
}

function faultOf(ring: KeyRing, key: string, what: string): KeyFault {
  return { kind: ring.keys.has(key) ? 'wrong' : 'missing', key, what }
}

/**
 * Lets a wrong setting that the start finds end the program with its sentence and code 1, as it ends the
 * others: Next would answer every request with an error. Changes the built config.
 */
export function withEndOnWrongSetting(
  config: SanitizedConfig,
  end: (sentence: string) => void = endProgram,
): SanitizedConfig {
  const { onInit } = config
  config.onInit = async (payload) => {
    try {
      await onInit?.(payload)
    } catch (error) {
      if (error instanceof ConfigError) end(error.message)
      throw error
    }
  }
  return config
}

function endProgram(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
