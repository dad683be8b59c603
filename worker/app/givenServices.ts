import { bouncesOf } from '../../src/config/bounces'
import { systemNow } from '../../src/config/clock'
import { dkimKeyOf, parseDeliveryConfig, portsOf } from '../../src/config/config'
import { mailLimitsOf } from '../../src/config/mailLimits'
import { onCallOf } from '../../src/config/onCall'

/**
 * The settings of the delivery half from the environment alone; it keeps the real time.
 *
 * @throws ConfigError with a line for each setting that is missing or wrong.
 */
export async function openGivenServices(env: Readonly<Record<string, string | undefined>>) {
  const config = parseDeliveryConfig(env)
  return {
    settings: {
      deliveryDatabaseUrl: config.DELIVERY_DATABASE_URL,
      cmsUrl: config.CMS_URL,
      cmsApiKey: config.CMS_API_KEY,
      keys: config.KIZUNA_KEYS,
      lineApiUrl: config.LINE_API_URL,
      smtpUrl: config.SMTP_URL,
      dkim: dkimKeyOf(config),
      bounces: bouncesOf(config),
      mailLimits: mailLimitsOf(config),
      onCall: onCallOf(config),
      publicUrl: config.PUBLIC_URL,
      webPort: portsOf(config).web,
      trustProxy: config.TRUST_PROXY,
      isSandbox: false,
      keptDays: config.KIZUNA_KEEP_DAYS,
      practiceClock: null,
    },
    now: systemNow,
    stop: async () => undefined,
  }
}
