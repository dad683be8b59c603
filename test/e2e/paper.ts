import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** A sheet of A4 in CSS pixels, of which an inch has 96. */
const A4 = { width: 794, height: 1123 }
const PIXELS_AN_INCH = 300

/** A page as a printer of 300 dots an inch puts it on A4: in its grounds and colours, and in black alone. */
export async function printed(page: Page): Promise<{ colour: Buffer; black: Buffer }> {
  const client = await page.context().newCDPSession(page)
  await page.emulateMedia({ media: 'print' })
  const deviceScaleFactor = PIXELS_AN_INCH / 96
  await client.send('Emulation.setDeviceMetricsOverride', {
    ...A4,
    deviceScaleFactor,
    mobile: false,
  })
  await page.evaluate(() => document.fonts.ready)
  const { data } = await client.send('Page.captureScreenshot', { format: 'png' })
  await client.detach()
  await page.emulateMedia({ media: 'screen' })
  const colour = Buffer.from(data, 'base64')
  return { colour, black: await sharp(colour).greyscale().threshold(128).png().toBuffer() }
}
