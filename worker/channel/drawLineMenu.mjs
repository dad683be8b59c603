// `npm run line-menu`: draws worker/channel/lineMenu.png, which is committed, from the SVG beside it;
// it needs the Japanese letters of fonts-noto-cjk. 16 colours are enough, and keep it far below 1 MB.
import { fileURLToPath } from 'node:url'

import sharp from 'sharp'

const at = (name) => fileURLToPath(new URL(name, import.meta.url))

await sharp(at('./lineMenu.svg'))
  .png({ palette: true, colours: 16, compressionLevel: 9 })
  .toFile(at('./lineMenu.png'))
